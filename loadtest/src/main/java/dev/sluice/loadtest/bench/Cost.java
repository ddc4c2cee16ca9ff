package dev.sluice.loadtest.bench;

/**
 * What a call and a delivery cost, from two runs with different batches: a run's cost for a delivery is that of the delivery and its share of a call.
 *
 * @param perDelivery of a delivery, without its call
 * @param perCall of a call, without its people
 */
record Cost(double perDelivery, double perCall) {
    /**
     * Takes them apart.
     *
     * @param single cost of a delivery that travels alone
     * @param batched cost of one that travels with others
     * @param batch people in a call then
     */
    static Cost of(double single, double batched, int batch) {
        double perCall = (single - batched) * batch / (batch - 1);
        return new Cost(single - perCall, perCall);
    }
}
