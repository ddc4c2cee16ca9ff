/**
 * Which deliveries go next, in which call, and when. The folders decide and remember; what is here moves them. To read it as a story:
 *
 * <ol>
 *   <li>{@code Scheduling} puts a node's side together, {@code SchedulerVerticle} one instance of it; {@code lease} is the
 *       node's right to act, {@code wake} how lanes learn of work.
 *   <li>Ownership: {@code AppShare} decides which apps are ours, {@code AppOwnership} takes them, {@code AppDoubts} learns what was left open, {@code OwnedApps}
 *       makes their lanes, {@code LaneLooks} and {@code LaneRounds} keep these moving.
 *   <li>A lane: {@code Lane} asks the gates for what is most urgent in its {@code queue}, which {@code LaneFeeder} fills; {@code hold} says what holds it and where it
 *       stands in line, {@code status} what it says of itself.
 *   <li>A call: {@code Dispatch} vets, intends and sends, {@code Conclusion} settles, {@code LaneEffects} does what goes beyond the call.
 *   <li>A doubt: {@code LaneDoubts} has them, {@code doubt} decides, {@code DoubtResends} sends again.
 *   <li>A receipt: {@code ReceiptRounds} finds what is due, {@code LaneReceipts} asks.
 * </ol>
 */
package dev.sluice.engine.scheduling;
