package dev.palimpsest.datasets.demo;

import dev.palimpsest.api.wire.AnswerBody;
import dev.palimpsest.api.wire.EntityBody;
import dev.palimpsest.api.wire.HitBody;
import dev.palimpsest.api.wire.WireJson;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A question of the demo, with what makes its answer right.
///
/// @param asks the question as a seismologist would put it
/// @param json the same for `POST .../retrieve`
/// @param show how many hits people want to see of it
/// @param fault what is wrong with an answer; empty if it is right
public record DemoQuestion(
        String asks, String json, int show, Function<AnswerBody, Optional<String>> fault) {

    /// Right if exactly these are found, in any order.
    static Function<AnswerBody, Optional<String>> exactly(String... ids) {
        return answer -> {
            var found = ids(answer);
            var wanted = List.of(ids);
            return found.size() == wanted.size() && found.containsAll(wanted)
                    ? Optional.empty()
                    : Optional.of("expected " + wanted + ", found " + found);
        };
    }

    /// Right if so many are found, this one among them.
    static Function<AnswerBody, Optional<String>> with(int count, String id) {
        return answer -> {
            var found = ids(answer);
            return found.size() == count && found.contains(id)
                    ? Optional.empty()
                    : Optional.of("expected " + count + " with " + id + ", found " + found);
        };
    }

    /// Right if so many are found, this one before all others.
    static Function<AnswerBody, Optional<String>> first(int count, String id) {
        return answer -> {
            var found = ids(answer);
            return found.size() == count && found.getFirst().equals(id)
                    ? Optional.empty()
                    : Optional.of("expected " + count + ", first " + id + ", found " + found);
        };
    }

    /// Right if so many are found, this one not among them.
    static Function<AnswerBody, Optional<String>> without(int count, String id) {
        return answer -> {
            var found = ids(answer);
            return found.size() == count && !found.contains(id)
                    ? Optional.empty()
                    : Optional.of("expected " + count + " without " + id + ", found " + found);
        };
    }

    /// Right if so many are found, whichever.
    static Function<AnswerBody, Optional<String>> some(int count) {
        return answer ->
                answer.hits().size() == count
                        ? Optional.empty()
                        : Optional.of("expected " + count + ", found " + answer.hits().size());
    }

    /// Right if the name of the first, an entity, holds this.
    static Function<AnswerBody, Optional<String>> firstNamed(String part) {
        return answer -> {
            var first =
                    answer.hits().stream()
                            .limit(1)
                            .map(HitBody::entity)
                            .flatMap(Stream::ofNullable)
                            .map(EntityBody::name)
                            .flatMap(Stream::ofNullable)
                            .findFirst();
            return first.filter(name -> name.contains(part)).isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            "expected "
                                    + part
                                    + " first, found "
                                    + first.map(WireJson::text).orElse(""));
        };
    }

    /// Right if nothing is found and the answer says why.
    static Optional<String> nothingWithANote(AnswerBody answer) {
        return ids(answer).isEmpty() && answer.note() != null
                ? Optional.empty()
                : Optional.of("expected nothing and a note, found " + ids(answer));
    }

    private static List<String> ids(AnswerBody answer) {
        return answer.hits().stream().map(HitBody::id).toList();
    }
}
