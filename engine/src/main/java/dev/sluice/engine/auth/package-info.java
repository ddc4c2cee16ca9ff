/** API keys: how they look, where their hashes are, who may do what. */
package dev.sluice.engine.auth;
