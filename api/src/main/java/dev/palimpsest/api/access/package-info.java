/// Who may come in and what for: keys, what each route and tool needs of them, and what was done
/// with them. Knows neither HTTP nor the protocol of agents.
@NullMarked
package dev.palimpsest.api.access;

import org.jspecify.annotations.NullMarked;
