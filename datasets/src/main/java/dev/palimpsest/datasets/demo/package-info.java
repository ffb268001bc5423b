/// The demo: real earthquakes loaded, asked about, and the answers checked against what is known of
/// them. Speaks to the product only through its doors.
@NullMarked
package dev.palimpsest.datasets.demo;

import org.jspecify.annotations.NullMarked;
