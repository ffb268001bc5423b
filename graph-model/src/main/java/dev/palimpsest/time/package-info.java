/// The two time axes: valid intervals, recorded intervals, positions and bookmarks. Knows no clock:
/// time comes in.
@NullMarked
package dev.palimpsest.time;

import org.jspecify.annotations.NullMarked;
