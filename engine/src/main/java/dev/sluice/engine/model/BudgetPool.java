package dev.sluice.engine.model;

/**
 * Which of an organisation's monthly pools a call draws on. DingTalk counts webhook robot sends in the {@code Webhook&Stream} pool, everything else that is metered in
 * the API pool (dingtalk-application-development-platform-billing-model, 2026-05-09).
 */
public enum BudgetPool {
    API,
    WEBHOOK;

    /** The pool with one of these names. */
    public static BudgetPool ofWireName(String name) {
        return name.equals(API.wireName()) ? API : WEBHOOK;
    }

    /** The name in the database. */
    public String wireName() {
        return this == API ? "api" : "webhook";
    }

    /** The limit whose value is the pool's monthly grant. */
    public String grantLimitName() {
        return this == API ? Limits.CALLS_PER_MONTH : Limits.WEBHOOK_CALLS_PER_MONTH;
    }
}
