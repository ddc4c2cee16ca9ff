package dev.sluice.simulator;

import dev.sluice.simulator.ledger.LedgerMode;
import dev.sluice.simulator.settings.LimitSettings;

/**
 * How to start a simulator.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 takes a free one
 * @param limits the limits to begin with; the simulator changes this object when told to
 * @param ledgerMode how much the ledger keeps
 * @param seed of everything random: tokens, for one
 */
public record SimulatorOptions(String host, int port, LimitSettings limits, LedgerMode ledgerMode, long seed) {
    /** Loopback, a free port, documented limits, a full ledger. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions("127.0.0.1", 0, LimitSettings.defaults(), LedgerMode.FULL, 1);
    }

    public SimulatorOptions withLimits(LimitSettings newLimits) {
        return new SimulatorOptions(host, port, newLimits, ledgerMode, seed);
    }

    public SimulatorOptions withLedgerMode(LedgerMode newMode) {
        return new SimulatorOptions(host, port, limits, newMode, seed);
    }

    public SimulatorOptions withSeed(long newSeed) {
        return new SimulatorOptions(host, port, limits, ledgerMode, newSeed);
    }
}
