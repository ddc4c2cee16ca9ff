/** The port: what a call is, which API it is for, and how an answer leaves. */
package dev.sluice.simulator.http;
