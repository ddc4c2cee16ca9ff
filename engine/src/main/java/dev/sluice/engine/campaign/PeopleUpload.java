package dev.sluice.engine.campaign;

import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.model.SubmissionState;
import dev.sluice.engine.request.EnvelopeDecoder;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upload of a people file, on a thread that may block. While one chunk is being committed the next is read, and no more than that is in memory. Every chunk
 * is durable with the number of rows that it ends at, so an upload that breaks off goes on from there.
 */
final class PeopleUpload {
    /** People in one campaign. The filter of duplicates is made for so many. */
    static final int MOST_ROWS = 10_000_000;

    /** A tenth costs throughput; ten times as many cost memory and a long transaction. No row that is kept has more than 200 characters: a megabyte or two. */
    private static final int CHUNK_ROWS = 5_000;

    /** Of those who are stored, read at once. */
    private static final int REREAD_ROWS = 50_000;

    private static final long COMMIT_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(PeopleUpload.class);

    private final CampaignStore store;
    private final EnvelopeDecoder envelopes;
    private final long tenantId;
    private final long campaignId;
    private final IntConsumer rowsStored;
    private final SeenPeople seen = new SeenPeople();
    private UploadProgress progress;
    private UnaryOperator<String> rule = recipient -> null;
    private Future<Boolean> committing = Future.succeededFuture(true);
    private int storedBefore;
    private boolean isLong;
    private volatile boolean ended;

    PeopleUpload(
            CampaignStore store, EnvelopeDecoder envelopes, long tenantId, long campaignId, IntConsumer rowsStored) {
        this.store = store;
        this.envelopes = envelopes;
        this.tenantId = tenantId;
        this.campaignId = campaignId;
        this.rowsStored = rowsStored;
    }

    /**
     * Stores what is new in the file.
     *
     * @param rowsBefore rows of the whole file that precede the first one of this source
     * @return how far the file is then
     */
    UploadProgress store(PeopleSource source, int rowsBefore) throws IOException {
        begin(rowsBefore);
        try {
            return read(source, rowsBefore);
        } finally {
            ended = true;
        }
    }

    private UploadProgress read(PeopleSource source, int rowsBefore) throws IOException {
        int number = rowsBefore;
        PeopleChunk chunk = new PeopleChunk(progress.rowsReceived());
        try {
            for (PeopleSource.Cell cell = source.next(); cell != null; cell = source.next()) {
                if (number >= MOST_ROWS) {
                    throw new ProblemException(
                            ProblemType.TOO_LARGE, "A campaign has at most " + MOST_ROWS + " rows; start another one.");
                }
                if (number >= chunk.firstRow()) {
                    chunk.add(row(number, rowsBefore == 0 ? cell.line() : null, cell), seen);
                }
                number++;
                if (chunk.rows() == CHUNK_ROWS) {
                    commit(chunk);
                    chunk = new PeopleChunk(number);
                    turnsOutLong();
                }
            }
        } catch (BrokenUpload broken) {
            // What came before is whole and worth keeping: the client has less to send again.
            commit(chunk);
            settle();
            throw broken.at(number, progress.rowsReceived());
        }
        commit(chunk);
        settle();
        return progress;
    }

    private void begin(int rowsBefore) {
        progress = await(store.progress(tenantId, campaignId)).orElseThrow(() -> ProblemException.notFound("campaign"));
        if (progress.state() != SubmissionState.DRAFT) {
            throw closed(progress.state());
        }
        if (rowsBefore > progress.rowsReceived()) {
            throw new ProblemException(
                    ProblemType.UPLOAD_GAP,
                    "%d rows are stored; send the file from row %d on (fromRow=%d)."
                            .formatted(progress.rowsReceived(), progress.rowsReceived(), progress.rowsReceived()));
        }
        rule = envelopes.recipientRule(progress.channelId());
        storedBefore = progress.total();
        if (storedBefore == 0) {
            seen.toldAll();
        }
    }

    /**
     * Those who were stored before are read while the file goes on, since millions take longer than a connection may be silent; until then, and where it fails,
     * everybody is looked up. So is everybody in a short file: else each upload of a row would cost as much as all who stand there.
     */
    private void turnsOutLong() {
        if (!isLong && storedBefore > 0) {
            Thread.ofVirtual().name("people-remember").start(this::remember);
        }
        isLong = true;
    }

    /** Fills the filter with them: after a break it knows what it knew before. */
    private void remember() {
        try {
            for (int ordinal = 0; ordinal < storedBefore && !ended; ) {
                List<String> page = await(store.people(tenantId, campaignId, ordinal, REREAD_ROWS));
                page.forEach(seen::add);
                ordinal += Math.max(page.size(), 1);
            }
            seen.toldAll();
        } catch (RuntimeException unanswered) {
            LOG.debug("Those who stand in a campaign could not be read: {}", unanswered.toString());
        }
    }

    private PeopleRow row(int number, Integer line, PeopleSource.Cell cell) {
        String recipient = cell.text().strip();
        String verdict = cell.fault() != null ? cell.fault() : rule.apply(recipient);
        return verdict == null
                ? new PeopleRow(number, line, recipient, null)
                : PeopleRow.rejected(number, line, recipient, verdict);
    }

    /** Waits for the chunk before, looks up who may stand in it, and lets this one go. */
    private void commit(PeopleChunk chunk) {
        settle();
        if (chunk.rows() == 0) {
            return;
        }
        String[] candidates = chunk.candidates();
        Set<String> known = candidates.length == 0 ? Set.of() : await(store.known(tenantId, campaignId, candidates));
        chunk.markKnown(known);
        UploadProgress before = progress;
        progress = before.plus(chunk);
        committing =
                store.append(tenantId, campaignId, before, chunk).onSuccess(done -> rowsStored.accept(chunk.rows()));
    }

    private void settle() {
        if (!await(committing)) {
            throw new ProblemException(
                    ProblemType.STATE_CONFLICT,
                    "Somebody else uploads to this campaign, or it was started or cancelled.");
        }
    }

    private static ProblemException closed(SubmissionState state) {
        return new ProblemException(
                ProblemType.STATE_CONFLICT,
                "The campaign is " + state.name().toLowerCase(Locale.ROOT) + "; people are taken while it is a draft.");
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(COMMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "The database does not answer. Ask how far the file is, and go on from there.",
                    5);
        }
    }
}
