package dev.sluice.engine.scheduling;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Shares a node's calls in flight between tenants: while there is room everybody goes; when it is full, whoever waits gets the next free place in weighted
 * round robin, so that a tenant with ten thousand busy lanes does not slow one with a single lane. Confined to one event loop.
 */
public final class TenantTurns {
    private static final class Line {
        final long tenantId;
        final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        int weight = 1;
        int credit;
        /** Its turn is being called; it has its place in the rotation until that is over. */
        boolean hasTurn;

        Line(long tenantId) {
            this.tenantId = tenantId;
        }
    }

    private final int places;
    private final Map<Long, Line> lines = new HashMap<>();
    /** Tenants with somebody waiting, the next one first. */
    private final ArrayDeque<Line> rotation = new ArrayDeque<>();

    private int taken;

    private boolean serving;

    /**
     * @param places most calls in flight
     */
    public TenantTurns(int places) {
        this.places = places;
    }

    /** Takes a place if one is free and nobody waits for it. */
    public boolean tryTake() {
        if (taken < places && rotation.isEmpty()) {
            taken++;
            return true;
        }
        return false;
    }

    /** Calls {@code turn} when a place is the tenant's; the place is taken by then. */
    public void await(long tenantId, int weight, Runnable turn) {
        Line line = lines.computeIfAbsent(tenantId, Line::new);
        line.weight = weight;
        if (line.waiting.isEmpty() && !line.hasTurn) {
            line.credit = weight;
            rotation.addLast(line);
        }
        line.waiting.addLast(turn);
        serve();
    }

    /** Gives a place back. */
    public void giveBack() {
        taken--;
        serve();
    }

    /** Places in use. */
    public int taken() {
        return taken;
    }

    /** A turn that gives its place back at once comes back here while it is served: the loop goes on with the next one, however many wait. */
    private void serve() {
        if (serving) {
            return;
        }
        serving = true;
        try {
            while (taken < places && !rotation.isEmpty()) {
                serveNext();
            }
        } finally {
            serving = false;
        }
    }

    /** Whoever waits again in its turn, as a lane does that has more to send, goes on with the rest of its credit. */
    private void serveNext() {
        Line line = rotation.peekFirst();
        line.credit--;
        taken++;
        line.hasTurn = true;
        try {
            line.waiting.pollFirst().run();
        } finally {
            line.hasTurn = false;
            goOn(line);
        }
    }

    private void goOn(Line line) {
        if (line.waiting.isEmpty()) {
            rotation.pollFirst();
            lines.remove(line.tenantId);
        } else if (line.credit <= 0) {
            line.credit = line.weight;
            rotation.addLast(rotation.pollFirst());
        }
    }
}
