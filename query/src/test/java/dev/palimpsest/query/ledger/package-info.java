/// A ledger in memory that obeys the reading port, and a scribe who writes it: what the read door
/// is tried on. Everything is kept in lists and every question is a scan, so that it is easy to see
/// that it is right.
@NullMarked
package dev.palimpsest.query.ledger;

import org.jspecify.annotations.NullMarked;
