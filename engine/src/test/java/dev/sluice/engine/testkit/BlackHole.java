package dev.sluice.engine.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server that can swallow every byte in both directions, as a dead switch does: nobody is told anything. */
public final class BlackHole {
    private final NetServer entrance;
    private final NetClient exit;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger firstWhole = new AtomicInteger();
    private volatile boolean swallows;

    /** Opens a way to a port of this machine. */
    public BlackHole(Vertx vertx, int port) {
        exit = vertx.createNetClient();
        entrance = vertx.createNetServer().connectHandler(client -> pass(client, port));
        TestWaiting.await(entrance.listen(0, "127.0.0.1"));
    }

    /** Where it begins. */
    public int port() {
        return entrance.actualPort();
    }

    /** Connections that the client has not closed. */
    public int open() {
        return open.get();
    }

    /** On all connections of now bytes disappear for ever; those that follow are whole. */
    public void loseOpenOnes() {
        firstWhole.set(numbers.get());
    }

    /** Bytes disappear from now on, or no longer. */
    public void swallow(boolean all) {
        swallows = all;
    }

    private void pass(NetSocket client, int port) {
        int number = numbers.getAndIncrement();
        open.incrementAndGet();
        client.closeHandler(closed -> open.decrementAndGet());
        client.pause();
        exit.connect(port, "127.0.0.1").onFailure(broken -> client.close()).onSuccess(server -> {
            client.closeHandler(closed -> {
                open.decrementAndGet();
                server.close();
            });
            server.closeHandler(closed -> client.close());
            client.handler(bytes -> {
                if (isWhole(number)) {
                    server.write(bytes);
                }
            });
            server.handler(bytes -> {
                if (isWhole(number)) {
                    client.write(bytes);
                }
            });
            client.resume();
        });
    }

    private boolean isWhole(int number) {
        return !swallows && number >= firstWhole.get();
    }
}
