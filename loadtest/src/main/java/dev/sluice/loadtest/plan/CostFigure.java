package dev.sluice.loadtest.plan;

/** What the planner knows of a machine. */
public enum CostFigure {
    /** What the engine and its stores add to the time that a call holds its slots. */
    CALL_OVERHEAD_MILLIS("callOverheadMillis"),
    /** Processor time of a call, whatever it carries: engine, Postgres and Redis together. A question for a receipt is reckoned as one; it was not measured apart. */
    CALL_CPU_MICROS("callCpuMicros"),
    /** Processor time of a delivery from acceptance to settled. */
    DELIVERY_CPU_MICROS("deliveryCpuMicros"),
    /** Bytes of Postgres, tables and indexes. */
    DELIVERY_BYTES("deliveryBytes"),
    CALL_BYTES("callBytes"),
    /** Bytes written ahead. */
    DELIVERY_WAL_BYTES("deliveryWalBytes"),
    CALL_WAL_BYTES("callWalBytes"),
    /** Processors of the machine that all of this was measured on. */
    CORES_OF_A_NODE("coresOfANode");

    private final String key;

    CostFigure(String key) {
        this.key = key;
    }

    /** Its name in the file. */
    String key() {
        return key;
    }
}
