/// The commands people type, and how their answers look on a terminal. They reach the store through
/// a `Session` only, as any client does, and know nothing of what lies behind it.
@NullMarked
package dev.palimpsest.api.command;

import org.jspecify.annotations.NullMarked;
