package dev.sluice.loadtest.load;

import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.verdict.Verdict;
import java.util.List;

/**
 * A run that is over.
 *
 * @param verdict promise by promise
 * @param bookFaults accounts that do not add up, a line each
 * @param record for the report
 */
record JudgedRun(Verdict verdict, List<String> bookFaults, RunRecord record) {}
