/** DingTalk's three ways to send: what they accept, how a call is written, and what every answer means. */
package dev.sluice.engine.channel.dingtalk;
