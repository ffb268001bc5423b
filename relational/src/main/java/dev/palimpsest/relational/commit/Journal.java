package dev.palimpsest.relational.commit;

import java.util.ArrayList;
import java.util.List;

/// How to undo what was done to the committer's working state: an item or a whole atomic request
/// that is refused half-way leaves no trace.
final class Journal {

    private final List<Runnable> undoing = new ArrayList<>();

    void add(Runnable undo) {
        undoing.add(undo);
    }

    /// The place to go [back to][#backTo].
    int mark() {
        return undoing.size();
    }

    /// Undoes everything done since `mark`, the last first.
    void backTo(int mark) {
        while (undoing.size() > mark) {
            undoing.removeLast().run();
        }
    }
}
