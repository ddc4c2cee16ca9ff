package dev.sluice.engine.http;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON pointer to the field, such as {@code /recipients/17}; {@code header:Idempotency-Key} or {@code query:limit} outside the body
 * @param detail what to do about it, without the value itself
 */
public record Fault(String pointer, String detail) {}
