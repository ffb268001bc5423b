package dev.palimpsest.query.context;

import dev.palimpsest.model.Memory;
import dev.palimpsest.question.Context.Item;
import dev.palimpsest.question.Tokens;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Chooses what is told of memories, best first, until the tokens are used up, and writes it in the
/// order of time: what was said in one session on one day stands together under that day.
///
/// What says word for word the same as a better one is not told again. A memory that does not fit
/// any more is passed over; shorter ones behind it may still fit.
public final class Packing {

    private static final int NEW_LINE = 1;

    private final int most;
    private final String question;
    private final List<Chosen> chosen = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private final Set<Heading> headings = new HashSet<>();
    private int tokens;
    private int leftOut;

    /// @param order where it stands among what was recorded
    private record Chosen(Item item, long order) {}

    /// Under what a memory is told.
    private record Heading(Optional<LocalDate> day, Optional<String> session) {

        static Heading of(Memory memory) {
            return new Heading(
                    memory.occurred().map(moment -> LocalDate.ofInstant(moment, ZoneOffset.UTC)),
                    memory.session());
        }

        String line() {
            return day.map(LocalDate::toString).orElse("undated") + ":";
        }
    }

    /// @param most the tokens there are
    /// @param question by which a part of a long text is chosen
    public Packing(int most, String question) {
        this.most = most;
        this.question = question;
    }

    /// Tells a memory if there is room; offer the better first.
    ///
    /// @param order where it stands among what was recorded
    public void offer(Memory memory, double score, long order) {
        if (!told.add(plain(memory))) {
            return;
        }
        var excerpt = Excerpt.of(memory.text(), question);
        var item = new Item(memory, excerpt.quote(), excerpt.offset(), score);
        var heading = Heading.of(memory);
        int cost = Tokens.of(line(item)) + NEW_LINE;
        if (!headings.contains(heading)) {
            cost += Tokens.of(heading.line()) + NEW_LINE;
        }
        if (tokens + cost > most) {
            leftOut++;
            return;
        }
        tokens += cost;
        headings.add(heading);
        chosen.add(new Chosen(item, order));
    }

    /// How many were passed over for want of room.
    public int leftOut() {
        return leftOut;
    }

    /// What is told, in the order of time; what has no time comes last.
    public List<Item> items() {
        return inOrder().map(Chosen::item).toList();
    }

    /// The same as a text.
    public String text() {
        var text = new StringBuilder();
        Optional<Heading> last = Optional.empty();
        for (var item : items()) {
            var heading = Optional.of(Heading.of(item.memory()));
            if (!heading.equals(last)) {
                text.append(heading.get().line()).append('\n');
                last = heading;
            }
            text.append(line(item)).append('\n');
        }
        return text.toString();
    }

    /// By day and session first, so that no heading is needed twice.
    private Stream<Chosen> inOrder() {
        return chosen.stream()
                .sorted(
                        Comparator.<Chosen, Boolean>comparing(
                                        one -> one.item.memory().occurred().isEmpty())
                                .thenComparing(one ->
                                        Heading.of(one.item.memory()).day().orElse(LocalDate.MAX))
                                .thenComparing(one -> one.item.memory().session().orElse(""))
                                .thenComparing(
                                        one -> one.item.memory().occurred().orElse(Instant.MAX))
                                .thenComparingLong(Chosen::order));
    }

    private static String line(Item item) {
        var quote = item.quote().strip().replaceAll("\\s*\\n\\s*", " ");
        var before = item.offset() > 0 ? "... " : "";
        boolean goesOn = item.offset() + item.quote().length() < item.memory().text().length();
        return item.memory().speaker().map(speaker -> speaker + ": ").orElse("- ")
                + before
                + quote
                + (goesOn ? " ..." : "");
    }

    private static String plain(Memory memory) {
        return memory.speaker().orElse("")
                + '\n'
                + memory.text().strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
