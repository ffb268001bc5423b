/// Other stores given the same rows, the same questions and the same vectors, to compare what that
/// costs and whether they find the same. Each peer knows only the rows and questions as they are
/// written down here.
@NullMarked
package dev.palimpsest.datasets.peers;

import org.jspecify.annotations.NullMarked;
