package dev.sluice.peers;

import java.util.List;

/** A job queue that delivers one notice a job: durable when {@link #accept} returns, recorded when {@link #recorded} counts it. Blocking. */
interface Peer extends AutoCloseable {
    /** Takes jobs, one for each person, durably. */
    void accept(List<String> people);

    /** Jobs whose outcome is in Postgres, since the peer began. */
    long recorded();

    /** Looks for work, or stops looking: an idle peer must not cost the others. */
    void pause(boolean paused);

    @Override
    void close();
}
