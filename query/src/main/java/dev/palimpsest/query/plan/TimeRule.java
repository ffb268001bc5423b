package dev.palimpsest.query.plan;

import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.question.Kind;

/// `when.at` and `when.during`, and what holds where neither is asked: facts hold now or are about
/// an event.
///
/// The last may let through a fact about what is an event at another position only; whoever reads
/// the row again must look.
final class TimeRule implements Rule {

    private final View view;

    TimeRule(View view) {
        this.view = view;
    }

    @Override
    public Filter filter(Kind kind) {
        var time = view.time();
        if (!time.isUsual()) {
            return time.ofRowItself();
        }
        return switch (kind) {
            case ENTITY, MEMORY -> Filter.ANYTHING;
            case FACT ->
                    Filter.any(
                            new Filter.HoldsAt(time.now(), false),
                            new Filter.Nodes(Filter.Role.SELF, view.perhapsEvents()));
        };
    }
}
