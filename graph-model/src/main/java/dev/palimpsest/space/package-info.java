/// Points, regions and distances on the Earth. Knows nothing of facts.
@NullMarked
package dev.palimpsest.space;

import org.jspecify.annotations.NullMarked;
