/**
 * What keeps a lane from going on, and until when: a {@code Hold} is one reason, {@code LaneHolds} has them by class, {@code LaneRules} says which of them channel and
 * tenant cause, {@code Trouble} which of them an operator should hear of, {@code LanePlaces} where the lane stands in line at limits that lanes share. Nothing here
 * asks Postgres, Redis or a platform.
 */
package dev.sluice.engine.scheduling.hold;
