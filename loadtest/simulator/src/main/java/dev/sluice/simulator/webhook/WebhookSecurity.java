package dev.sluice.simulator.webhook;

import dev.sluice.simulator.directory.WebhookRobot;
import dev.sluice.simulator.http.Call;
import dev.sluice.simulator.http.VisibleText;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The three security settings of a robot (customize-robot-security-settings, 2026-07-22). */
final class WebhookSecurity {
    private WebhookSecurity() {}

    /** What is wrong with a call, in the platform's words; null if nothing. */
    static String fault(Call call, WebhookRobot robot, JsonObject content, long skewMillis) {
        if (!robot.secret().isEmpty()) {
            String fault = signatureFault(call, robot.secret(), skewMillis);
            if (fault != null) {
                return fault;
            }
        }
        if (!robot.ipAllowlist().isEmpty()
                && robot.ipAllowlist().stream().noneMatch(range -> range.contains(call.address()))) {
            return "ip " + call.address() + " not in whitelist";
        }
        boolean hasKeyword = robot.keywords().isEmpty() || VisibleText.containsAny(content, robot.keywords());
        return hasKeyword ? null : "keywords not in content";
    }

    private static String signatureFault(Call call, String secret, long skewMillis) {
        String timestamp = call.queryParam("timestamp");
        long millis;
        try {
            millis = timestamp == null ? Long.MIN_VALUE / 2 : Long.parseLong(timestamp);
        } catch (NumberFormatException notNumeric) {
            return "invalid timestamp";
        }
        if (Math.abs(call.wallMillis() - millis) > skewMillis) {
            return "invalid timestamp";
        }
        String sign = call.queryParam("sign");
        byte[] expected = sign(secret, timestamp).getBytes(StandardCharsets.UTF_8);
        boolean matches = sign != null && MessageDigest.isEqual(expected, sign.getBytes(StandardCharsets.UTF_8));
        return matches ? null : "sign not match";
    }

    /** base64(HMAC-SHA256(secret, timestamp + newline + secret)). */
    static String sign(String secret, String timestamp) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal((timestamp + "\n" + secret).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", impossible);
        }
    }
}
