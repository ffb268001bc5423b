/// Makes a text of memories that were found, within a number of tokens. Knows nothing of how they
/// were found.
@NullMarked
package dev.palimpsest.query.context;

import org.jspecify.annotations.NullMarked;
