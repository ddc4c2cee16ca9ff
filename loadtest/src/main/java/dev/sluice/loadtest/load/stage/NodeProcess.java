package dev.sluice.loadtest.load.stage;

import dev.sluice.engine.embedded.Signals;
import dev.sluice.loadtest.client.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A node as {@code ./sluice serve} runs it, in a process of its own that can be killed and frozen as an operating system does it. One thread at a time. */
public final class NodeProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final long STOP_SECONDS = 30;
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(800);
    private static final int TAIL_LINES = 3;
    /** On a machine that is busy with something else, the stores may not answer the first in time. */
    private static final int MOST_STARTS = 4;
    /** Of the variables that count more to the engine than its configuration file. */
    private static final String ENGINE_VARIABLE = "SLUICE_";

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final NodePorts ports;
    private final Path log;
    private final HttpClient http;
    private final List<NodeLife> lives = new CopyOnWriteArrayList<>();

    /**
     * @param command that runs it
     * @param environment of who starts it; the node gets it without the variables that would configure an engine
     * @param ports on loopback
     * @param log gets everything that it says, over all its lives
     * @param http lent
     */
    NodeProcess(
            String name,
            List<String> command,
            Map<String, String> environment,
            NodePorts ports,
            Path log,
            HttpClient http) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.ports = ports;
        this.log = log;
        this.http = http;
    }

    /** Ports of a node. */
    record NodePorts(int http, int admin, int metrics) {}

    /** Starts it; returns before it is ready. */
    public void start() {
        try {
            lives.add(new NodeLife(builder().start()));
        } catch (IOException e) {
            throw new IllegalStateException("node " + name + " did not start: " + e.getMessage(), e);
        }
    }

    /** Where an operator has exported what a real installation needs, a node of a run must not join that installation. */
    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().keySet().removeIf(variable -> variable.startsWith(ENGINE_VARIABLE));
        return builder;
    }

    /** Waits until it takes requests. Where starting it failed, it is started again, as a supervisor does it. */
    public void awaitReady() {
        int[] starts = {1};
        boolean ready = Patience.until(START_LIMIT, () -> {
            if (life().endedByItself()) {
                if (starts[0]++ == MOST_STARTS) {
                    throw new IllegalStateException("node " + name + " ended by itself; the last it said: " + tail());
                }
                start();
            }
            return answers("/health/ready");
        });
        if (!ready) {
            throw new IllegalStateException(
                    "node " + name + " is not ready after " + START_LIMIT + "; its log: " + log);
        }
    }

    private boolean answers(String path) {
        try {
            return http.send(metrics(path), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether its process is there, frozen or not. */
    public boolean isAlive() {
        return process().isAlive();
    }

    private NodeLife life() {
        return lives.getLast();
    }

    private Process process() {
        return life().process();
    }

    /** Exit codes of the lives that neither {@link #kill} nor {@link #close} ended, in order; those that were started again are among them. */
    public List<Integer> ownEnds() {
        return lives.stream()
                .filter(NodeLife::endedByItself)
                .map(life -> life.process().exitValue())
                .toList();
    }

    /** Whether it takes requests now. */
    public boolean isReady() {
        return isAlive() && answers("/health/ready");
    }

    /** A question to its metrics port; whoever sends it does not wait long. */
    public HttpRequest metrics(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.metrics() + path))
                .timeout(ANSWER_LIMIT)
                .build();
    }

    /** Where its send API is. */
    public URI sendApi() {
        return URI.create("http://127.0.0.1:" + ports.http());
    }

    /** Where its control plane is. */
    public URI adminApi() {
        return URI.create("http://127.0.0.1:" + ports.admin());
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        life().ask();
        process().destroyForcibly().onExit().join();
    }

    /** SIGSTOP: it keeps its connections and does nothing, without noticing. */
    public void freeze() {
        Signals.send(process().toHandle(), "STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        Signals.send(process().toHandle(), "CONT");
    }

    /** Stops it in order; kills it when that takes too long. */
    @Override
    public void close() {
        if (lives.isEmpty()) {
            return;
        }
        life().ask();
        thaw();
        process().destroy();
        try {
            if (!process().waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }
}
