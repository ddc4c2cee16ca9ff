/** A running node: its stores, its parts in order, its end. */
package dev.sluice.engine.node;
