package dev.sluice.engine.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine's loopback address. */
public final class LoopbackPort {
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 100;
    private static final String EXPECTED = "+OK\r\n+PONG";

    private LoopbackPort() {}

    /**
     * A port that nobody listens on now. Somebody may take it before the caller does; then the caller's start fails and says so. Rare, since it lies below the
     * range (32768 and up on Linux) from which outgoing connections get theirs in passing.
     */
    public static int free() throws IOException {
        return free(1).getFirst();
    }

    /** As many such ports, no two alike: each is held until all are found. */
    public static List<Integer> free(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            while (held.size() < count) {
                held.add(hold());
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private static ServerSocket hold() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (BindException taken) {
                // another one
            }
        }
        throw new IOException("no free port from " + LOWEST + " to " + HIGHEST + " found");
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
