package dev.sluice.engine.directory;

import dev.sluice.engine.directory.ChannelEntry.QuietHours;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.model.OnDoubt;
import dev.sluice.engine.model.ReceiptPolicy;
import dev.sluice.engine.secret.AppSecrets;
import dev.sluice.engine.secret.SecretUnreadable;
import dev.sluice.engine.time.EngineClock;
import io.vertx.sqlclient.Row;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory at one moment; immutable. A channel whose row cannot be used (secrets that do not open, no limits in force) is there, but paused, with a reason
 * that says what to do: one bad row stops nobody else, and a missing limit never means "no limit".
 */
final class DirectorySnapshot {
    private static final Logger log = LoggerFactory.getLogger(DirectorySnapshot.class);

    static final DirectorySnapshot EMPTY = new DirectorySnapshot(-1, LocalDate.MIN);

    final long version;
    final LocalDate day;
    final Map<Long, ChannelEntry> byId = new HashMap<>();
    final Map<TenantAndName, ChannelEntry> byName = new HashMap<>();
    final Map<Long, List<ChannelEntry>> byApp = new HashMap<>();

    /** The key of a look-up by name. */
    record TenantAndName(long tenantId, String name) {}

    /**
     * @param fault what keeps the app from being used, "" for nothing
     * @param sealed whether its secrets do not open
     */
    private record ReadApp(AppEntry app, String fault, boolean sealed) {}

    private DirectorySnapshot(long version, LocalDate day) {
        this.version = version;
        this.day = day;
    }

    static DirectorySnapshot of(DirectoryRows rows, AppSecrets secrets) {
        DirectorySnapshot snapshot = new DirectorySnapshot(rows.version(), rows.day());
        Map<Long, ReadApp> apps = new HashMap<>();
        for (Row row : rows.channels()) {
            ReadApp app = apps.computeIfAbsent(row.getLong("app_id"), id -> readApp(row, rows.limits(), secrets));
            ChannelKind.ofWireName(row.getString("kind"))
                    .ifPresentOrElse(
                            kind -> snapshot.add(channel(row, kind, app)),
                            () -> log.warn(
                                    "channel {} is of kind {}, which this build does not know: it stays unserved",
                                    row.getLong("id"),
                                    row.getString("kind")));
        }
        logSealed(apps.values());
        return snapshot;
    }

    /** One line for all: with a wrong master key it is every one of thousands, and each of their channels says so too. */
    private static void logSealed(Collection<ReadApp> apps) {
        List<ReadApp> sealed = apps.stream().filter(ReadApp::sealed).toList();
        if (!sealed.isEmpty()) {
            log.error(
                    "The secrets of {} of {} apps do not open, such as those of app {}: give the node the right master key, or enter the secrets anew.",
                    sealed.size(),
                    apps.size(),
                    sealed.get(0).app().id());
        }
    }

    private void add(ChannelEntry channel) {
        byId.put(channel.id(), channel);
        byName.put(new TenantAndName(channel.tenantId(), channel.name()), channel);
        byApp.computeIfAbsent(channel.app().id(), id -> new ArrayList<>()).add(channel);
    }

    private static ReadApp readApp(Row row, Map<String, Map<String, Long>> limits, AppSecrets secrets) {
        long id = row.getLong("app_id");
        long tenantId = row.getLong("tenant_id");
        String fault = "";
        boolean sealed = false;
        Map<String, String> opened = Map.of();
        try {
            opened = secrets.open(tenantId, id, row.getBuffer("secrets_cipher").getBytes());
        } catch (SecretUnreadable unreadable) {
            fault = "The secrets of app " + id + " do not open (" + unreadable.getMessage()
                    + "): give the node the right master key, or enter the secrets anew.";
            sealed = true;
        }
        String profile = row.getString("profile");
        if (profile == null || !(limits.containsKey(profile) || profile.equals(Limits.UNLIMITED_PROFILE))) {
            fault = "No limit profile is in force for organisation " + row.getLong("organisation_id")
                    + (profile == null ? "" : " (it names " + profile + ", which has no limits yet)")
                    + ": give it one that is.";
        }
        OrganisationEntry organisation = new OrganisationEntry(
                row.getLong("organisation_id"),
                tenantId,
                row.getString("platform"),
                row.getString("corp_id"),
                profile == null ? "" : profile,
                new Limits(limits.getOrDefault(profile, Map.of())));
        Long agentId = row.getLong("agent_id");
        String robotCode = row.getString("robot_code");
        AppEntry app = new AppEntry(
                id,
                tenantId,
                organisation,
                row.getString("app_key"),
                agentId == null ? 0 : agentId,
                robotCode == null ? "" : robotCode,
                opened);
        return new ReadApp(app, fault, sealed);
    }

    private static ChannelEntry channel(Row row, ChannelKind kind, ReadApp app) {
        boolean pausedByPeople = row.getString("state").equals("paused");
        String reason = row.getString("pause_reason");
        Integer peoplePerCall = row.getInteger("people_per_call");
        return new ChannelEntry(
                row.getLong("id"),
                row.getLong("tenant_id"),
                row.getString("tenant_state").equals("active"),
                row.getInteger("tenant_weight"),
                row.getString("name"),
                kind,
                app.app(),
                pausedByPeople || !app.fault().isEmpty(),
                pausedByPeople ? (reason == null ? "Paused." : reason) : app.fault(),
                OnDoubt.valueOf(row.getString("on_doubt").toUpperCase(Locale.ROOT)),
                ReceiptPolicy.valueOf(row.getString("receipts").toUpperCase(Locale.ROOT)),
                row.getInteger("receipt_sample_percent"),
                row.getInteger("reserve_percent"),
                quietHours(row),
                peoplePerCall == null ? OptionalInt.empty() : OptionalInt.of(peoplePerCall));
    }

    private static QuietHours quietHours(Row row) {
        if (row.getLocalTime("quiet_from") == null) {
            return null;
        }
        return new QuietHours(row.getLocalTime("quiet_from"), row.getLocalTime("quiet_until"), zone(row));
    }

    private static ZoneId zone(Row row) {
        try {
            return ZoneId.of(row.getString("quiet_zone"));
        } catch (DateTimeException unknown) {
            log.warn(
                    "channel {} counts quiet hours in the unknown zone {}: the platform's is used",
                    row.getLong("id"),
                    row.getString("quiet_zone"));
            return EngineClock.PLATFORM_ZONE;
        }
    }
}
