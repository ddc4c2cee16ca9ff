/**
 * What keeps a lane from going on, and until when: {@code LaneHolds} by cause and class, {@code LaneRules} what channel and app say of it, {@code LanePlaces} where it
 * stands in line at limits that lanes share. Pure.
 */
package dev.sluice.engine.scheduling.hold;
