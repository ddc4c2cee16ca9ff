package dev.sluice.engine.config;

/** Which hosts are this machine itself, judged by their text: no name is looked up. */
final class Loopback {
    private Loopback() {}

    static boolean is(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}");
    }
}
