package dev.sluice.loadtest.evidence;

import dev.sluice.loadtest.verdict.Snapshot.AddressCalls;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.settings.Limits;
import java.time.Duration;

/** The calls of the address that made most, beside what the platform allows. */
public final class BusiestAddress {
    private BusiestAddress() {}

    /** From the whole ledger: all tenants, and calls for tokens and receipts too. */
    public static AddressCalls of(Simulator simulator) {
        Limits.Ip ip = simulator.limits().current().ip();
        long most = simulator.ledger().worstWindowOfAddress(Duration.ofMillis(ip.windowMillis()));
        return new AddressCalls(most, ip.enforced() ? ip.calls() : 0, ip.windowMillis());
    }
}
