package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.Channels;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.receipt.ReceiptStore;
import dev.sluice.engine.recovery.DoubtStore;
import dev.sluice.engine.scheduling.lease.LeaseStore;
import dev.sluice.engine.scheduling.lease.NodeLease;
import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import dev.sluice.engine.scheduling.wake.OwnedChannels;

/**
 * What schedulers work with; one set for all instances of a node.
 *
 * @param directory tenants, channels, limits
 * @param channels adapters
 * @param lease the node's lease
 * @param leases who owns which app
 * @param doubts calls that are open or in doubt
 * @param receipts calls whose receipt is due
 * @param board where lanes say what holds them
 * @param owned which channels this node schedules
 */
record SchedulerPorts(
        Directory directory,
        Channels channels,
        NodeLease lease,
        LeaseStore leases,
        DoubtStore doubts,
        ReceiptStore receipts,
        LaneStatusBoard board,
        OwnedChannels owned) {}
