package dev.sluice.engine.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Ports of this machine's loopback address. */
public final class LoopbackPort {
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final String EXPECTED = "+OK\r\n+PONG";

    private LoopbackPort() {}

    /** A port that nobody listens on now. Somebody may take it before the caller does; then the caller's start fails and says so. */
    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whether a Redis there knows the password and answers PING, which it does only when its data are loaded. */
    static boolean answersPing(int port, String password) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String commands = "AUTH " + password + "\r\nPING\r\n";
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            byte[] reply = socket.getInputStream().readNBytes(EXPECTED.length());
            return new String(reply, StandardCharsets.US_ASCII).equals(EXPECTED);
        } catch (IOException notYet) {
            return false;
        }
    }
}
