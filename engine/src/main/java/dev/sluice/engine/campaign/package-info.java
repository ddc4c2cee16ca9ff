/** Messages for many people: a people file becomes deliveries, in bounded memory, from where it broke off. */
package dev.sluice.engine.campaign;
