package dev.sluice.loadtest.bench.meter;

/**
 * What was used between two readings. Processor times are in seconds.
 *
 * @param engineSeconds everything in this process but the simulator and the clients: event loops, garbage collection, compilation
 * @param simulatorSeconds the simulator's event loop
 * @param clientSeconds clients, bare pieces and the waiting main thread
 * @param postgresSeconds all processes of the server
 * @param redisSeconds the server
 * @param walBytes written ahead
 * @param tableBytes tables and indexes
 * @param engineBytes allocated on the heap by the engine's threads
 * @param redisCommands commands, those that scripts run included
 */
public record Spent(
        double engineSeconds,
        double simulatorSeconds,
        double clientSeconds,
        double postgresSeconds,
        double redisSeconds,
        double walBytes,
        double tableBytes,
        double engineBytes,
        double redisCommands) {

    /** What was used since an earlier reading. */
    public Spent since(Spent before) {
        return new Spent(
                engineSeconds - before.engineSeconds,
                simulatorSeconds - before.simulatorSeconds,
                clientSeconds - before.clientSeconds,
                postgresSeconds - before.postgresSeconds,
                redisSeconds - before.redisSeconds,
                walBytes - before.walBytes,
                tableBytes - before.tableBytes,
                engineBytes - before.engineBytes,
                redisCommands - before.redisCommands);
    }

    /** Engine and stores together: what a delivery costs its operator. */
    public double operatorSeconds() {
        return engineSeconds + postgresSeconds + redisSeconds;
    }
}
