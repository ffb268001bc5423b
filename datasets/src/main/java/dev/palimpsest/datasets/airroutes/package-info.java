/// Airports and the routes between them, read from a folder somebody else has: they are measured
/// with, and never shipped. Knows places and distances, nothing of how the store works.
@NullMarked
package dev.palimpsest.datasets.airroutes;

import org.jspecify.annotations.NullMarked;
