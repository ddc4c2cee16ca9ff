package dev.sluice.engine.model;

import java.util.Locale;
import java.util.Optional;

/** The ways to send that this build knows. */
public enum ChannelKind {
    /** Work notices (工作通知) of an internal app. */
    DINGTALK_WORK,
    /** One-to-one messages of an enterprise robot. */
    DINGTALK_ROBOT,
    /** A custom robot in a group, addressed by its webhook. */
    DINGTALK_WEBHOOK;

    /** The name used in the API and the database: lower case, hyphens. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a wire name, if there is one. */
    public static Optional<ChannelKind> ofWireName(String wireName) {
        for (ChannelKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
