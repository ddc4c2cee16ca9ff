package dev.sluice.loadtest.plan;

import dev.sluice.loadtest.chart.Label;

/** What the reader of a plan must know beside its numbers. Pure. */
public sealed interface Remark {
    /** One line. */
    Label words();

    /** The scenario has faults, and a plan knows none. */
    record WithoutFaults() implements Remark {
        @Override
        public Label words() {
            return new Label(
                    "The faults of this scenario have no part in a plan: it goes on as if nothing went wrong. ./sluice load shows what they do.",
                    "推算不含场景中的故障，一切按正常情况计算；故障的影响请用 ./sluice load 实测。");
        }
    }

    /** The scenario looks for a rate, which no plan does. */
    record WithoutSearch() implements Remark {
        @Override
        public Label words() {
            return new Label(
                    "The search of this scenario has no part in a plan: its loads are planned at the rates that they name. ./sluice load looks for the highest.",
                    "推算不含场景中的 search：各负载按其所写的速率推算；最高速率请用 ./sluice load 查找。");
        }
    }

    /** The scenario has a platform with other limits than its tiers say, and a plan goes by the tiers. */
    record WithoutPlatformLimits() implements Remark {
        @Override
        public Label words() {
            return new Label(
                    "The platformLimits of this scenario have no part in a plan: it goes by the limits of the tiers, as the engine does. ./sluice load shows what such a platform does.",
                    "推算不含场景中的 platformLimits：与引擎一样按套餐的限制计算；这样的平台有何影响请用 ./sluice load 实测。");
        }
    }

    /**
     * Somebody waits so long that the plan does not see them go.
     *
     * @param days that it looks ahead
     */
    record CutShort(int days) implements Remark {
        @Override
        public Label words() {
            return new Label(
                            "A plan looks %d days ahead: whoever has not gone by then is counted as still waiting.",
                            "推算只覆盖 %d 天：届时尚未发送的人员计为仍在等待。")
                    .formatted(days);
        }
    }

    /** Some people of the scenario are unknown to the platform, which tells that only when it is asked to send. */
    record WithUnknown() implements Remark {
        @Override
        public Label words() {
            return new Label(
                    "People whom the platform does not know are planned like all others: they travel in calls, and are counted as sent.",
                    "平台不认识的人员与其他人同样推算：仍占用调用，并计为已发送。");
        }
    }

    /**
     * Some deadlines cannot be kept by the limits alone: the engine refuses such a request, and the start of such a campaign.
     *
     * @param people in them
     */
    record WithRefused(long people) implements Remark {
        @Override
        public Label words() {
            return new Label(
                            "%,d people are refused, and counted as too late: even an idle channel could not send to all of their request or campaign within its deliverBy. Give it more time or fewer people.",
                            "%,d 人会被直接拒绝，计为超时：即使通道空闲，也无法在 deliverBy 之前发完其所在的请求或群发。请放宽时限或减少人数。")
                    .formatted(people);
        }
    }

    /**
     * Nobody insisted on the changes that one would ask about, and there is too much to run again for each.
     *
     * @param most calls, and apps, of a plan that has them unasked
     */
    record WithoutWhatIfs(long most) implements Remark {
        @Override
        public Label words() {
            return new Label(
                            "More than %,d calls or apps, with the calls for whoever is not sent to: what would change it is left out, since each change takes a run of its own. Add --what-if to have it.",
                            "调用或应用超过 %,d 个（含未发送人员所需的调用）：每项改变都要另算一遍，因此未列出改变后的结果。如有需要，请加 --what-if。")
                    .formatted(most);
        }
    }
}
