/** Redis: the pooled client, its time limit, and Lua scripts. */
package dev.sluice.engine.redis;
