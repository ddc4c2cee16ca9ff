package dev.sluice.simulator.http;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.directory.Organisation;
import dev.sluice.simulator.directory.WebhookRobot;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.limit.IpGuard;
import dev.sluice.simulator.limit.MonthMeter;
import dev.sluice.simulator.limit.MonthMeter.Pool;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.settings.Limits;
import dev.sluice.simulator.token.TokenEndpoints;
import dev.sluice.simulator.token.Tokens;
import java.time.Duration;
import java.util.Map;

/**
 * The door of the platform: address, token, permission, calls per second, calls per month, in this order; then the API,
 * then the meter. Owned by the event loop.
 */
public final class Gateway {
    private final Directory directory;
    private final LimitSettings settings;
    private final MonthMeter month;
    private final Tokens tokens;
    private final TokenEndpoints tokenEndpoints;
    private final Map<Api, Endpoint> endpoints;
    private final IpGuard addresses = new IpGuard();
    private final QpsGuard qps = new QpsGuard();

    /** @param endpoints one for every API that is neither a token API nor unknown */
    public Gateway(
            Directory directory,
            LimitSettings settings,
            MonthMeter month,
            Tokens tokens,
            Map<Api, Endpoint> endpoints) {
        this.directory = directory;
        this.settings = settings;
        this.month = month;
        this.tokens = tokens;
        this.tokenEndpoints = new TokenEndpoints(directory, tokens, settings);
        this.endpoints = endpoints;
    }

    /** Key of the app that a call claims to come from, before any judgement; empty if that cannot be told. */
    public String callerKey(Call call) {
        if (call.api() == Api.GETTOKEN) {
            String key = call.queryParam("appkey");
            return key == null ? "" : key;
        }
        String token = call.accessToken();
        Tokens.Grant grant = token == null ? null : tokens.find(token);
        return grant == null ? "" : grant.appKey();
    }

    /** Notes whose call it claims to be, for one that is answered before it is judged: it came, whatever it got. */
    void noteCaller(Call call, CallDraft draft) {
        App app = directory.app(callerKey(call));
        String token = call.api() == Api.WEBHOOK_SEND ? call.queryParam("access_token") : null;
        WebhookRobot robot = token == null ? null : directory.robot(token);
        if (app != null) {
            draft.setApp(app);
        } else if (robot != null) {
            draft.setCorpId(robot.corpId());
        }
    }

    /** Judges and answers a call; the draft knows the caller, the meter and the recipients afterwards. */
    public Reply answer(Call call, CallDraft draft) {
        Limits limits = settings.current();
        Reply reply;
        try {
            reply = isBanned(call, limits) ? BanPage.of(limits.ip()) : judge(call, limits, draft);
        } catch (RefusedException refused) {
            reply = refused.reply();
        }
        draft.setOutcome(reply.outcome());
        if (reply.throttled()) {
            draft.setThrottled();
        }
        return reply;
    }

    private boolean isBanned(Call call, Limits limits) {
        Limits.Ip ip = limits.ip();
        return ip.enforced()
                && !addresses.admit(
                        call.address(),
                        call.arrivalNanos() / 1_000_000L,
                        ip.calls(),
                        ip.windowMillis(),
                        ip.banMillis());
    }

    private Reply judge(Call call, Limits limits, CallDraft draft) {
        Api api = call.api();
        boolean wrongMethod = !api.method().equals(call.method());
        if (api == Api.UNKNOWN || (wrongMethod && api.family() == Api.Family.V1)) {
            return UnknownPath.answer(call, limits.codes());
        }
        if (api == Api.WEBHOOK_SEND) {
            return endpoints.get(api).answer(call, null, draft);
        }
        if (api.isToken()) {
            App app = tokenEndpoints.credentials(call);
            draft.setApp(app);
            admit(call, app, limits, draft);
            return tokenEndpoints.issue(call, app);
        }
        App app = caller(call, limits, draft);
        if (wrongMethod) {
            return Reply.oapiError(limits.codes().getOnPost(), "请求方法错误, require POST method");
        }
        admit(call, app, limits, draft);
        return act(call, app, limits, draft);
    }

    private App caller(Call call, Limits limits, CallDraft draft) {
        String token = call.accessToken();
        if (token == null || token.isBlank()) {
            throw refused(call, Refusal.tokenMissing());
        }
        Tokens.Grant grant = tokens.find(token);
        App app = grant == null ? null : directory.app(grant.appKey());
        if (app == null) {
            throw refused(call, Refusal.tokenInvalid());
        }
        draft.setApp(app);
        if (grant.isRevoked()) {
            throw refused(call, Refusal.tokenInvalid());
        }
        if (call.wallMillis() >= grant.expiresAtMillis()) {
            throw refused(call, Refusal.tokenExpired(limits.codes().expiredToken()));
        }
        return app;
    }

    private void admit(Call call, App app, Limits limits, CallDraft draft) {
        if (!app.allowsAddress(call.address())) {
            throw refused(call, Refusal.address(call.address(), app.appKey()));
        }
        if (!app.allows(call.api().scope())) {
            throw refused(call, Refusal.permission(call.api().scope()));
        }
        Limits.Tier tier = limits.tier(directory.organisationOf(app).tier());
        Refusal tooFast = qps.admit(app.appKey(), draft, limits, tier.qps());
        if (tooFast != null) {
            throw refused(call, tooFast);
        }
    }

    private Reply act(Call call, App app, Limits limits, CallDraft draft) {
        boolean metered = !limits.month().unmetered().contains(call.api().path());
        if (metered) {
            refuseIfExhausted(call, directory.organisationOf(app), limits);
        }
        Reply reply;
        try {
            reply = endpoints.get(call.api()).answer(call, app, draft);
        } catch (RefusedException refused) {
            reply = refused.reply();
        }
        boolean counts = reply.isSuccess() || (limits.month().meterErrors() && !reply.throttled());
        if (metered && counts) {
            month.spend(app.corpId(), Pool.API, 1);
            draft.setMetered(true);
        }
        return reply;
    }

    private void refuseIfExhausted(Call call, Organisation organisation, Limits limits) {
        long quota = limits.tier(organisation.tier()).callsPerMonth();
        long graceMillis = Duration.ofHours(limits.month().graceHours()).toMillis();
        if (limits.month().enforced() && month.isExhausted(organisation.corpId(), Pool.API, quota, graceMillis)) {
            long used = month.used(organisation.corpId(), Pool.API);
            Refusal refusal = Refusal.orgBudget(used, quota, limits.codes().orgBudgetStatus());
            boolean plain =
                    call.api().family() == Api.Family.TOPAPI && !limits.codes().wrapOrgBudget();
            throw plain ? new RefusedException(refusal.plain()) : refused(call, refusal);
        }
    }

    private static RefusedException refused(Call call, Refusal refusal) {
        return new RefusedException(refusal.reply(call.api().family()));
    }

    /** Forgets windows and bans. */
    public void clear() {
        addresses.clear();
        qps.clear();
    }
}
