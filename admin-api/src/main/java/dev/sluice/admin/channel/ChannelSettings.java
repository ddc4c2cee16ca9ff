package dev.sluice.admin.channel;

import dev.sluice.admin.http.Fields;
import dev.sluice.engine.time.EngineClock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * Settings of a channel as a request gives them; null means: as it is (or the usual value of a new one).
 *
 * @param onDoubt hold or retry
 * @param receipts all, sample or none
 * @param receiptSamplePercent 1 to 100
 * @param reservePercent 0 to 50
 * @param setsQuietHours whether the quiet hours are given, if only to end them
 * @param quietFrom null with {@code setsQuietHours}: none any more
 * @param quietUntil as {@code quietFrom}
 * @param quietZone never null
 * @param setsPeoplePerCall whether the batch size is given, if only to go back to the platform's
 * @param peoplePerCall null with {@code setsPeoplePerCall}: the platform's maximum
 */
record ChannelSettings(
        String onDoubt,
        String receipts,
        Long receiptSamplePercent,
        Long reservePercent,
        boolean setsQuietHours,
        LocalTime quietFrom,
        LocalTime quietUntil,
        ZoneId quietZone,
        boolean setsPeoplePerCall,
        Long peoplePerCall) {
    private static final int MOST_PEOPLE_PER_CALL = 5_000;

    static ChannelSettings read(Fields body) {
        String onDoubt = body.wordIfAny("onDoubt", List.of("hold", "retry"));
        String receipts = body.wordIfAny("receipts", List.of("all", "sample", "none"));
        Long sample = body.numberIfAny("receiptSamplePercent", 1, 100);
        Long reserve = body.numberIfAny("reservePercent", 0, 50);
        boolean setsQuiet = body.has("quietHours");
        Fields quiet = body.object("quietHours");
        LocalTime from = null;
        LocalTime until = null;
        ZoneId zone = null;
        if (!quiet.names().isEmpty()) {
            from = quiet.timeOfDay("from");
            until = quiet.timeOfDay("until");
            zone = quiet.zoneIfAny("zone");
            if (from != null && from.equals(until)) {
                quiet.fault("until", "Must differ from the beginning; pause the channel to hold everything back.");
            }
        }
        return new ChannelSettings(
                onDoubt,
                receipts,
                sample,
                reserve,
                setsQuiet,
                from,
                until,
                zone == null ? EngineClock.PLATFORM_ZONE : zone,
                body.has("peoplePerCall"),
                body.numberIfAny("peoplePerCall", 1, MOST_PEOPLE_PER_CALL));
    }
}
