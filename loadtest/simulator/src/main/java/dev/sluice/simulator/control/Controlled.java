package dev.sluice.simulator.control;

import dev.sluice.simulator.clock.PlatformClock;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.fault.Faults;
import dev.sluice.simulator.ledger.Ledger;
import dev.sluice.simulator.limit.MonthMeter;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.token.Tokens;

/**
 * What the control API shows and changes.
 *
 * @param directory organisations, apps, robots, people
 * @param limits the limits in force
 * @param faults scripted trouble
 * @param clock the platform's time
 * @param month monthly metered calls
 * @param tokens access tokens
 * @param ledger what arrived, and what became of it
 * @param forget forgets what happened; called on the platform's event loop
 */
public record Controlled(
        Directory directory,
        LimitSettings limits,
        Faults faults,
        PlatformClock clock,
        MonthMeter month,
        Tokens tokens,
        Ledger ledger,
        Runnable forget) {}
