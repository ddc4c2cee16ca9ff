/** The control plane: who sends through what, under which limits, and what the scheduler sees. The engine runs without it; they meet in rows and signals only. */
package dev.sluice.admin;
