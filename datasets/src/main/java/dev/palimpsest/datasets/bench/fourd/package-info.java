/// Questions with one known answer, made by rule from the week of earthquakes, and what is counted
/// of the answers to them. Knows the catalogue, never the store: who is right is decided here.
@NullMarked
package dev.palimpsest.datasets.bench.fourd;

import org.jspecify.annotations.NullMarked;
