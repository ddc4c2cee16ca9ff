/** What every HTTP surface shares: problem documents, strict JSON, public ids. Knows nothing about messages. */
package dev.sluice.engine.http;
