package dev.sluice.engine.config;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that an operator can set, checked as a whole by {@link EngineConfigFile}; {@code sluice.example.yaml} documents each key. Units are in the names.
 * Prints itself without secrets.
 *
 * @param dataDirectory where the embedded stores and keys live; held by one process at a time
 */
public record EngineConfig(
        Node node,
        Http http,
        Listener metrics,
        Admin admin,
        Path dataDirectory,
        Postgres postgres,
        Redis redis,
        Platforms platforms,
        Sending sending,
        Leases leases,
        Ingestion ingestion,
        Retention retention,
        Security security,
        Limits limits) {

    /**
     * This process.
     *
     * @param name for people: logs, metrics, lane status
     * @param roles what it does
     * @param egressId names the public address its calls come from; nodes behind one address share one limit
     * @param stopMillis how long a stop waits for each part, and how long a start may take to give up when it is asked to stop
     */
    public record Node(String name, List<NodeRole> roles, String egressId, long stopMillis) {
        /** Whether this process has the role. */
        public boolean has(NodeRole role) {
            return roles.contains(role);
        }
    }

    /** An address to listen on; port 0 takes a free one. */
    public record Listener(String host, int port) {}

    /**
     * The send API.
     *
     * @param bodyBytes of a request; more is 413
     * @param idleMillis silence after which a connection is closed
     * @param requestMillis for a whole request to arrive, however slowly it drips; more is 408
     * @param connections open at a time; further ones are closed at once
     * @param connectionsPerAddress the same for one client address
     * @param requestsPerTenant of one tenant in work at a time, besides sends and people files; some more wait for half of the idle time, then it is 429
     */
    public record Http(
            Listener listener,
            int bodyBytes,
            int idleMillis,
            long requestMillis,
            int connections,
            int connectionsPerAddress,
            int requestsPerTenant) {}

    /** The people's side. */
    public record Admin(boolean enabled, Listener listener) {}

    /**
     * The truth.
     *
     * @param server empty: an embedded one
     * @param poolSize connections of this node
     * @param poolWaiting callers that wait for one; further ones fail at once
     * @param migrate whether start-up brings the schema up to date; otherwise it refuses an old one
     */
    public record Postgres(
            Optional<PgConnectOptions> server,
            int poolSize,
            int poolWaiting,
            long connectTimeoutMillis,
            long statementTimeoutMillis,
            long answerTimeoutMillis,
            boolean migrate) {
        @Override
        public String toString() {
            String where = server.map(at -> at.getHost() + ":" + at.getPort() + "/" + at.getDatabase())
                    .orElse("embedded");
            return "Postgres[%s, poolSize=%d]".formatted(where, poolSize);
        }
    }

    /**
     * The gates.
     *
     * @param uri empty: an embedded one
     */
    public record Redis(Optional<String> uri, int connectTimeoutMillis, long commandTimeoutMillis, String keyPrefix) {
        @Override
        public String toString() {
            String where = uri.map(URI::create)
                    .map(at -> at.getHost() + ":" + at.getPort())
                    .orElse("embedded");
            return "Redis[%s, keyPrefix=%s]".formatted(where, keyPrefix);
        }
    }

    /**
     * Where the platforms are.
     *
     * @param robotPeoplePerCall people in one robot call; DingTalk's page says 20 and 100
     * @param receiptAfterMillis how long after a work notice its result is first asked for
     * @param msgUuidMillis age of a group robot's message up to which its {@code msgUuid} is relied on
     */
    public record Platforms(
            String dingTalkOapiBaseUrl,
            String dingTalkApiBaseUrl,
            int robotPeoplePerCall,
            int robotParamBytes,
            long receiptAfterMillis,
            long msgUuidMillis) {}

    /**
     * Calls to the platforms. The first three are part of the proof that no limit is passed, so all nodes share their values.
     *
     * @param callDeadlineMillis until a call's answer must be there
     * @param latenessMillis the longest that a request may still arrive after its deadline
     * @param grantAgeMillis the oldest that a granted slot may be when its call leaves
     * @param callsInFlight of this node
     * @param callsInFlightPerLane of one lane
     * @param connectionsPerHost of each sending event loop; calls beyond wait for one as long as their grant lasts
     * @param attempts of one delivery before it fails
     */
    public record Sending(
            long connectTimeoutMillis,
            long callDeadlineMillis,
            long latenessMillis,
            long grantAgeMillis,
            int callsInFlight,
            int callsInFlightPerLane,
            int connectionsPerHost,
            int attempts,
            long retryBaseMillis,
            long retryCapMillis) {}

    /**
     * Who owns what.
     *
     * @param nodeLeaseMillis after which a silent node's lanes are others'; it stops calling by itself a call deadline earlier
     * @param renewMillis between renewals
     */
    public record Leases(long nodeLeaseMillis, long renewMillis) {}

    /**
     * Acceptance.
     *
     * @param rowsPerCommit deliveries in one commit
     * @param rowsQueued deliveries that wait for a commit; further ones are 503
     * @param tenantPercent share of that queue, of the places for people files and of the bytes of bodies for one tenant; more is 429
     * @param recordMillis how long a commit is tried before its requests are answered 503
     * @param uploads people files that one instance of the send API reads at a time; more are 503
     * @param uploadStallMillis waiting for a people file that brings next to nothing, or little while somebody finds no place; more ends the upload, which can go on later
     */
    public record Ingestion(
            int rowsPerCommit,
            int rowsQueued,
            int tenantPercent,
            long recordMillis,
            int uploads,
            long uploadStallMillis) {}

    /**
     * How long what happened is kept.
     *
     * @param months whole months behind the current one; 0 keeps all
     */
    public record Retention(int months) {}

    /**
     * Keys.
     *
     * @param masterKeyFile seals the platforms' credentials; every node needs the same
     * @param createMasterKey whether a missing file is made: with an embedded Postgres only
     */
    public record Security(Path masterKeyFile, boolean createMasterKey) {}

    /**
     * Readings of what the platforms do not publish; the defaults are the strict ones.
     *
     * @param peoplePerMinuteScope whose work notices count together
     * @param meteredOnError whether a call that the platform refuses with an error counts against the month
     */
    public record Limits(PeopleScope peoplePerMinuteScope, boolean meteredOnError) {
        /** Whose people a minute are counted together. */
        public enum PeopleScope {
            APP,
            ORGANISATION
        }
    }
}
