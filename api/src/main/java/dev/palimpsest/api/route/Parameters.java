package dev.palimpsest.api.route;

import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.time.Moments;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;

/// What the path and the query string of a request say. What is not known is refused.
final class Parameters {

    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";

    private final Context ctx;
    private final Fields values;

    private Parameters(Context ctx, Fields values) {
        this.ctx = ctx;
        this.values = values;
    }

    /// @throws InvalidField if the query string is not percent-encoded UTF-8, or has a parameter
    ///   that is not `known`, or one twice
    static Parameters of(Context ctx, String... known) {
        var names = Set.of(known);
        var values = decoded(ctx.queryString());
        for (var given : values) {
            if (!names.contains(given.getName())) {
                throw new InvalidField(given.getName(), "is no parameter here; " + choice(names));
            }
            if (given.hasMultipleValues()) {
                throw new InvalidField(given.getName(), "must be given once");
            }
        }
        return new Parameters(ctx, values);
    }

    /// Javalin's own decoding takes a query string that cannot be decoded for an empty one.
    private static Fields decoded(@Nullable String query) {
        var values = new Fields();
        if (query != null) {
            try {
                UrlEncoded.decodeUtf8To(query, 0, query.length(), values::add);
            } catch (IllegalArgumentException _) {
                throw new InvalidField(
                        "", "the query string is not percent-encoded UTF-8; a percent sign is %25");
            }
        }
        return values;
    }

    private static String choice(Set<String> names) {
        return names.isEmpty()
                ? "there are none"
                : "known are " + String.join(", ", names.stream().sorted().toList());
    }

    SpaceId space() {
        return path("space", SpaceId::new);
    }

    /// The part of the path named `name`, made into what it names.
    <T> T path(String name, Function<String, T> make) {
        return Shapes.made(name, () -> make.apply(ctx.pathParam(name)));
    }

    Optional<String> text(String name) {
        var text = Optional.ofNullable(values.getValue(name));
        if (text.map(words -> words.indexOf('\0') >= 0).orElse(false)) {
            throw new InvalidField(name, "must not hold the character U+0000");
        }
        return text;
    }

    /// The parameter named `name`, made into what it means.
    <T> Optional<T> query(String name, Function<String, T> make) {
        return text(name).map(text -> Shapes.made(name, () -> make.apply(text)));
    }

    Optional<Instant> moment(String name) {
        return query(name, Parameters::toMoment);
    }

    boolean flag(String name) {
        return query(name, Parameters::toFlag).orElse(false);
    }

    <E extends Enum<E>> E oneOf(String name, List<E> choices, E usual) {
        return query(
                        name,
                        text ->
                                choices.stream()
                                        .filter(one -> one.name().equalsIgnoreCase(text))
                                        .findFirst()
                                        .orElseThrow(() -> noneOf(choices, text)))
                .orElse(usual);
    }

    PageRequest page() {
        int size = query(LIMIT, Parameters::toNumber).orElse(Limits.USUAL_PAGE);
        var after = query(CURSOR, cursor -> Cursors.key(ctx.path(), cursor));
        return Shapes.made(LIMIT, () -> new PageRequest(size, after));
    }

    private static IllegalArgumentException noneOf(List<? extends Enum<?>> choices, String text) {
        var names = choices.stream().map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
        return new IllegalArgumentException(
                "must be one of " + String.join(", ", names) + ": " + text);
    }

    private static int toNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number: " + text, e);
        }
    }

    private static boolean toFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false: " + text);
        };
    }

    /// A `+` that was not escaped arrives as a space.
    static Instant toMoment(String text) {
        try {
            return Moments.require(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "must be a moment such as 2018-02-06T15:50:42Z: " + text, e);
        }
    }
}
