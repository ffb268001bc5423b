package dev.palimpsest.api.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// How what is logged is written.
public enum LogFormat {
    /// For people: moment, level, who says it and what; what went wrong in lines below.
    TEXT {
        @Override
        String write(Entry entry) {
            var head =
                    "%s %s %s - %s"
                            .formatted(
                                    LOCAL.format(entry.moment.truncatedTo(ChronoUnit.MILLIS)),
                                    entry.level,
                                    entry.logger.substring(entry.logger.lastIndexOf('.') + 1),
                                    entry.message);
            return entry.failure.map(trace -> head + System.lineSeparator() + trace).orElse(head);
        }
    },

    /// For machines: an object a line, of `time`, `level`, `logger`, `message` and `failure`.
    JSON {
        @Override
        String write(Entry entry) {
            var line = MAPPER.createObjectNode();
            line.put("time", entry.moment.truncatedTo(ChronoUnit.MICROS).toString());
            line.put("level", entry.level.name().toLowerCase(Locale.ROOT));
            line.put("logger", entry.logger);
            line.put("message", entry.message);
            entry.failure.ifPresent(trace -> line.put("failure", trace));
            try {
                return MAPPER.writeValueAsString(line);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("texts make no JSON", e);
            }
        }
    };

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(ZoneId.systemDefault());

    /// @param failure a stack trace
    record Entry(
            Instant moment, Level level, String logger, String message, Optional<String> failure) {}

    /// Whoever logs does so in this format from now on.
    public void use() {
        Log.format = this;
    }

    /// @throws IllegalArgumentException if there is none of that name
    public static LogFormat parse(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException("must be text or json: " + word);
        };
    }

    /// The line, or lines, without secrets.
    String line(
            Instant moment,
            Level level,
            String logger,
            String message,
            @Nullable Throwable failure) {
        var trace = Optional.ofNullable(failure).map(LogFormat::traced).map(Masked::of);
        return write(new Entry(moment, level, logger, Masked.of(message), trace));
    }

    abstract String write(Entry entry);

    private static String traced(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString().strip();
    }
}
