package dev.sluice.loadtest.report.data;

/**
 * That an engine elsewhere did not say in the end what became of everybody.
 *
 * @param second since the start of the load, from which on it was asked in vain
 * @param status of its last answer, such as 401; 0: no answer came, 200: it was not what the API promises
 * @param unknownPeople accepted people whose last state nobody knows
 * @param people all who were accepted
 */
public record EngineAway(double second, int status, long unknownPeople, long people) {}
