/// Finds the memories that hold the evidence for a question in words: by words and words of like
/// meaning in a memory and around it in its session, by its meaning, by who speaks, and by what the
/// memories found first mention. Knows the indexes it asks, and nothing of how an answer is made of
/// what it finds.
@NullMarked
package dev.palimpsest.query.recall;

import org.jspecify.annotations.NullMarked;
