/// How good a row is that was found, dimension by dimension, and in which order hits come. Works on
/// rows and numbers it is given: reads no store and no index.
@NullMarked
package dev.palimpsest.query.rank;

import org.jspecify.annotations.NullMarked;
