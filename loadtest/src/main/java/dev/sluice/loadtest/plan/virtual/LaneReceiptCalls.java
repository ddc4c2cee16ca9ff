package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.model.ReceiptPolicy;
import dev.sluice.engine.quota.CalendarEdge;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** Asking the platform what became of calls: each question passes gates and month like everything else. */
final class LaneReceiptCalls {
    private static final long MONTH_SPENT_MICROS = 30_000_000;
    private static final long LONGEST_BELIEF_MILLIS = 1_000;

    private final VirtualWorld world;
    private final VirtualNode node;
    private final ChannelEntry channel;
    private final Optional<ReceiptProtocol> protocol;
    private final Optional<MonthBook> book;
    private final List<SlotRequest> requests;
    /** Until when each of those that are due is worth asking, the longest due first: it asks for those behind it, whom a gate would refuse as well. */
    private final ArrayDeque<Long> due = new ArrayDeque<>(1);

    LaneReceiptCalls(
            VirtualWorld world,
            VirtualNode node,
            ChannelEntry channel,
            ChannelAdapter adapter,
            Optional<MonthBook> book) {
        this.world = world;
        this.node = node;
        this.channel = channel;
        this.protocol = channel.receipts() == ReceiptPolicy.NONE ? Optional.empty() : adapter.receipts();
        this.book = book;
        this.requests = protocol.stream()
                .flatMap(one -> one.gates(channel).stream())
                .map(gate -> SlotRequest.of(gate, 1, 0))
                .toList();
    }

    /** A call was accepted: later it is asked after, if the channel's policy says so. */
    void after(Batch batch) {
        if (protocol.isPresent() && wanted()) {
            long nowMicros = world.time().nowMicros();
            askAt(
                    nowMicros + protocol.get().firstAskAfterMillis() * 1_000,
                    nowMicros + protocol.get().answersForMillis() * 1_000);
        }
    }

    private boolean wanted() {
        return channel.receipts() == ReceiptPolicy.ALL || world.random().nextInt(100) < channel.receiptSamplePercent();
    }

    private void askAt(long micros, long lastMicros) {
        if (micros <= lastMicros) {
            world.time().at(micros, () -> {
                due.add(lastMicros);
                if (due.size() == 1) {
                    ask();
                }
            });
        }
    }

    private void ask() {
        boolean goOn = true;
        while (goOn && !due.isEmpty()) {
            goOn = askNext();
        }
    }

    /** Whether the one behind it may ask now. */
    private boolean askNext() {
        long nowMicros = world.time().nowMicros();
        if (due.getFirst() < nowMicros) {
            due.removeFirst();
            return true;
        }
        return switch (world.slots().take("r" + world.nextCallId(), requests, nowMicros)) {
            case SlotAnswer.Granted granted -> {
                granted(granted.permit(), due.removeFirst());
                yield true;
            }
            case SlotAnswer.NotBefore later -> {
                long waitMillis = Math.min(later.waitMillis(), LONGEST_BELIEF_MILLIS);
                world.time().at(nowMicros + waitMillis * 1_000, this::ask);
                yield false;
            }
            case SlotAnswer.Unavailable never -> throw new IllegalStateException(never.reason());
        };
    }

    private void granted(SlotPermit permit, long lastMicros) {
        long nowMicros = world.time().nowMicros();
        if (pay()) {
            world.call(
                    nowMicros + node.work(0, nowMicros),
                    permit.notBeforeNanos() / 1_000,
                    () -> world.witness().askedForReceipt(world.time().nowMicros()),
                    () -> world.slots().settle(permit, 0, world.time().nowMicros()));
        } else {
            world.slots().release(permit, nowMicros);
            askAt(inTheNextMonthMicros(nowMicros), lastMicros);
        }
    }

    /** The engine asks again and again; until the month ends it hears the same each time. */
    private long inTheNextMonthMicros(long nowMicros) {
        long monthEndsMicros = world.time()
                .microsOf(CalendarEdge.endOfMonth(world.time().now()).toEpochMilli());
        return nowMicros + Math.ceilDiv(monthEndsMicros - nowMicros, MONTH_SPENT_MICROS) * MONTH_SPENT_MICROS;
    }

    private boolean pay() {
        if (book.isEmpty() || !protocol.orElseThrow().metered()) {
            return true;
        }
        boolean may = book.get()
                .allows(
                        PriorityClass.BULK,
                        channel.reservePercent(),
                        world.time().now());
        if (may) {
            book.get().spend(world.time().now());
        }
        return may;
    }
}
