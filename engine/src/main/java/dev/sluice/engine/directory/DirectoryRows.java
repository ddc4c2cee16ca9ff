package dev.sluice.engine.directory;

import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The tables of the people's side as one consistent read saw them.
 *
 * @param version the change counter of that read
 * @param day the platform's day whose limits are in {@code limits}
 * @param limits values in force on that day, by profile, then by name
 * @param channels one row a channel, with its app, organisation and tenant
 */
record DirectoryRows(long version, LocalDate day, Map<String, Map<String, Long>> limits, List<Row> channels) {}
