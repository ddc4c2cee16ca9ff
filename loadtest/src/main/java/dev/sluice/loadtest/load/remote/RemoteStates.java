package dev.sluice.loadtest.load.remote;

import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.verdict.SubmissionReading;
import java.util.List;
import java.util.Optional;

/**
 * What an engine elsewhere said at the end of a run.
 *
 * @param readings of those of which it said something
 * @param unread of which nobody knows what became: it was asked as long as it may take and did not tell
 * @param absence since when it did not; empty when nothing is unread
 */
public record RemoteStates(
        List<SubmissionReading> readings, List<Sent> unread, Optional<RemoteEngine.Absence> absence) {
    public RemoteStates {
        readings = List.copyOf(readings);
        unread = List.copyOf(unread);
    }

    /** People in what was not read. */
    public long unreadPeople() {
        return unread.stream().mapToLong(Sent::people).sum();
    }
}
