/** HTML and SVG as a tree: whatever is put in comes out escaped. */
package dev.sluice.loadtest.markup;
