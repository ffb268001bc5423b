/// What all who keep files need of a disk. Knows nothing of what is in them.
@NullMarked
package dev.palimpsest.disk;

import org.jspecify.annotations.NullMarked;
