/// What a question means at one snapshot: every hard constraint resolved into a filter over rows,
/// every soft one ready to score. Looks up what a filter must know - which entities lie in a
/// region, what led to what - but reads no row and ranks nothing.
@NullMarked
package dev.palimpsest.query.plan;

import org.jspecify.annotations.NullMarked;
