/// A large made world to measure with: documents mixed by a seed from real texts, places and times,
/// and questions about them whose hard part lets a wanted share of them pass. The same numbers give
/// the same world. Knows the doors it is written through, nothing of how the store works inside.
@NullMarked
package dev.palimpsest.datasets.made;

import org.jspecify.annotations.NullMarked;
