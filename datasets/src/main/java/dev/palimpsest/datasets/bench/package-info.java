/// The benchmarks: what questions and writes cost on this machine, measured through the HTTP door
/// on real data. Knows the doors and the data, nothing of how the store works inside, and judges
/// nothing: it prints figures with what they depend on.
@NullMarked
package dev.palimpsest.datasets.bench;

import org.jspecify.annotations.NullMarked;
