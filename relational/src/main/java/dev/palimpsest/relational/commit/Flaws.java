package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.port.WriteResult.Refusal;
import dev.palimpsest.port.WriteResult.Refusal.Reason;
import dev.palimpsest.time.Moments;
import java.util.Optional;

/// What is wrong with an item whatever the ledger holds: text that PostgreSQL cannot keep, and
/// rules that the types of the model do not tell.
final class Flaws {

    private Optional<Refusal> first = Optional.empty();

    private Flaws() {}

    /// The first flaw of `item`, if it has any.
    static Optional<Refusal> in(WriteItem item) {
        var flaws = new Flaws();
        flaws.inRecorded(item);
        switch (item.action()) {
            case Action.AssertFact(var statement) -> flaws.in(statement);
            case Action.DescribeEntity(var entity, var statements) -> {
                flaws.inText("id", entity.value());
                for (var statement : statements) {
                    flaws.inDescription(statement, entity.value());
                }
            }
            case Action.RetractFact(var retraction) -> flaws.in(retraction);
            case Action.CorrectFact(var retraction, var statement) -> {
                flaws.in(retraction);
                flaws.in(statement);
            }
            case Action.KeepMemory(var memory) -> flaws.in(memory);
            case Action.RegisterPredicate _ -> {}
            case Action.DescribeSource(var source) -> {
                flaws.inText("id", source.id().value());
                flaws.inText("kind", source.kind());
                flaws.inText("description", source.description());
            }
        }
        return flaws.first;
    }

    private void inRecorded(WriteItem item) {
        var moment = item.recorded();
        if (moment.isPresent()
                && (moment.get().isBefore(Moments.BEGINNING)
                        || moment.get().isAfter(Moments.LAST))) {
            found("recorded", "must lie between the years -9999 and 9999: " + moment.get());
        }
    }

    private void in(Statement statement) {
        inText("subject", statement.subject().value());
        inText("object", statement.object().canonical());
        inText("source", statement.source().value());
        inText("statement", statement.qualifiers().statement());
        statement.evidence().ifPresent(this::in);
        if (statement.predicate().equals(Profile.TYPE)
                && statement.object() instanceof Value.Text(String type)) {
            inType(type);
        }
    }

    private void inDescription(Statement statement, String entity) {
        in(statement);
        if (!statement.subject().value().equals(entity)) {
            found(
                    "subject",
                    "a description of " + entity + " must be about it: " + statement.subject());
        }
    }

    private void in(Evidence evidence) {
        evidence.memory().ifPresent(memory -> inText("evidence.memory", memory.value()));
        inText("evidence.quote", evidence.quote());
    }

    private void in(Retraction retraction) {
        retraction.source().ifPresent(source -> inText("source", source.value()));
        inText("reason", retraction.reason());
    }

    private void in(Memory memory) {
        inText("id", memory.id().value());
        inText("text", memory.text());
        inLabel("agent", memory.agent());
        inLabel("session", memory.session());
        inLabel("speaker", memory.speaker());
        for (var mentioned : memory.mentions()) {
            inText("mentions", mentioned.value());
        }
        inText("source", memory.source().value());
        inText("metadata", memory.metadata());
    }

    private void inType(String type) {
        try {
            new EntityType(type);
        } catch (IllegalArgumentException e) {
            found("object", String.valueOf(e.getMessage()));
        }
    }

    /// A text that is looked up by: an index holds it whole.
    private void inLabel(String field, Optional<String> label) {
        inText(field, label);
        if (label.isPresent() && label.get().length() > Limits.LONGEST_LABEL) {
            found(
                    field,
                    "has at most " + Limits.LONGEST_LABEL + " characters: " + label.get().length());
        }
    }

    private void inText(String field, Optional<String> text) {
        text.ifPresent(given -> inText(field, given));
    }

    private void inText(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            found(field, "text must not hold the character U+0000");
        } else if (hasLoneSurrogate(text)) {
            found(field, "text must be Unicode, but holds half of a surrogate pair");
        }
    }

    /// Whether PostgreSQL keeps this text and gives it back as it is.
    static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && !hasLoneSurrogate(text);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return true;
            }
        }
        return false;
    }

    private void found(String field, String rule) {
        if (first.isEmpty()) {
            first = Optional.of(new Refusal(Reason.INVALID, field, rule));
        }
    }
}
