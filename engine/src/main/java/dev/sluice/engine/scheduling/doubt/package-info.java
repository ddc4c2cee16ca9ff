/**
 * What is decided and recorded about a call that nobody answered: whose turn it is ({@code DoubtQueue}), the next step ({@code DoubtStep}), what a resend means
 * ({@code ResendVerdict}), what is written of all that ({@code DoubtAnswers}). Pure.
 */
package dev.sluice.engine.scheduling.doubt;
