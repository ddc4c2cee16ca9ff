package dev.sluice.simulator.http;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.ledger.CallDraft;

/** What an API does once the gateway has let a call pass. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Acts and answers.
     *
     * @param caller the app that the token belongs to; null on APIs without one
     * @param draft takes the recipients and the content hash
     * @throws RefusedException to answer with an error
     */
    Reply answer(Call call, App caller, CallDraft draft);
}
