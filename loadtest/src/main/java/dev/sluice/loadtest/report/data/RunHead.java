package dev.sluice.loadtest.report.data;

import java.time.Instant;
import java.util.Map;

/**
 * What was run, when, on what and how: the head of every report, without which its figures are worthless.
 *
 * @param scenario its name
 * @param descriptionEn what it is about, in English
 * @param descriptionZh the same in Chinese
 * @param startedAt when the load began
 * @param seconds how long it took, the time until everybody was settled included
 * @param machine cores, processor, system
 * @param commit of the build
 * @param command that repeats it; no key is in it
 * @param facts whatever else is worth a line, name to value, in the order of the lines
 */
public record RunHead(
        String scenario,
        String descriptionEn,
        String descriptionZh,
        Instant startedAt,
        double seconds,
        String machine,
        String commit,
        String command,
        Map<String, String> facts) {}
