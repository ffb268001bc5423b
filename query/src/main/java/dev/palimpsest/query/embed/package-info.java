/// Turns text into vectors inside this process, from a model that comes as a jar: nothing is
/// downloaded and nothing is asked of another machine. Knows text and numbers only; it must not
/// know spaces, facts, indexes or who asks.
@NullMarked
package dev.palimpsest.query.embed;

import org.jspecify.annotations.NullMarked;
