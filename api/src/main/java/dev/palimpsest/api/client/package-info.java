/// A small client of the HTTP door, for the commands and whoever embeds it. Knows paths and what
/// goes over the wire, nothing of the store behind them.
@NullMarked
package dev.palimpsest.api.client;

import org.jspecify.annotations.NullMarked;
