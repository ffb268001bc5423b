/// What the program and the libraries in it log: a line each on standard error, as text or JSON,
/// with secrets masked. It must know nothing of the store.
@NullMarked
package dev.palimpsest.api.log;

import org.jspecify.annotations.NullMarked;
