/// What keeps projections in step with the ledger, and what compares them with it. Knows
/// projections only by their port.
@NullMarked
package dev.palimpsest.query.index;

import org.jspecify.annotations.NullMarked;
