package dev.sluice.engine.channel;

/**
 * What is wrong with a content, found before it is accepted.
 *
 * @param pointer JSON pointer into the content, such as {@code /markdown/title}
 * @param detail what to do about it, one sentence that begins with a capital letter
 */
public record ContentFault(String pointer, String detail) {}
