/**
 * Which deliveries go next, in which call, and when. To read it as a story:
 *
 * <ol>
 *   <li>{@code Scheduling} puts a node's side together, {@code SchedulerVerticle} one instance of it; {@code NodeLease} and {@code HeartbeatVerticle} are the
 *       node's right to act.
 *   <li>Ownership: {@code AppShare} decides which apps are ours, {@code AppOwnership} takes them, {@code AppDoubts} learns what was left open, {@code OwnedApps}
 *       makes their lanes, {@code LaneLooks} and {@code LaneRounds} keep these moving.
 *   <li>A lane: {@code Lane} asks the gates for what is most urgent in its {@code LaneQueue}, which {@code LaneFeeder} fills and {@code LookRange}
 *       bounds; {@code LaneHolds} says what holds it, {@code LanePlaces} where it stands in line.
 *   <li>A call: {@code Dispatch} vets, intends and sends, {@code Conclusion} settles, {@code LaneEffects} does what goes beyond the call.
 *   <li>A doubt: {@code LaneDoubts} has them, {@code DoubtStep} decides, {@code DoubtResends} sends again, {@code ResendVerdict} says what that means.
 *   <li>A receipt: {@code ReceiptRounds} finds what is due, {@code LaneReceipts} asks.
 * </ol>
 */
package dev.sluice.engine.scheduling;
