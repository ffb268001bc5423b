package dev.palimpsest.ingest.source;

import dev.palimpsest.ingest.source.Incoming.Description;
import dev.palimpsest.ingest.source.ItemReader.Piece;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem.Action;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What data turn out to be when they are read, in short texts.
final class Readings {

    private Readings() {}

    static Description told(String name) {
        return new Description(Optional.empty(), name, Optional.empty(), Optional.empty(), false);
    }

    static Description told(String name, String mapping) {
        return new Description(
                Optional.empty(),
                name,
                Optional.of("s"),
                Optional.of(mapping.replace('\'', '"')),
                false);
    }

    static List<String> read(Description told, String data) throws IOException {
        return read(told, data.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> read(Description told, byte[] data) throws IOException {
        return pieces(told, new ByteArrayInputStream(data)).stream().map(Readings::shown).toList();
    }

    static List<Piece> pieces(Description told, InputStream data) throws IOException {
        var pieces = new ArrayList<Piece>();
        try (var incoming = Incoming.open(data, told)) {
            var reader = incoming.reader();
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                pieces.add(next.get());
            }
        }
        return pieces;
    }

    static Memory memory(Piece piece) {
        return ((Action.KeepMemory) ((Parsed.Item) piece.parsed()).item().action()).memory();
    }

    static String shown(Piece piece) {
        return piece.number()
                + " "
                + switch (piece.parsed()) {
                    case Parsed.Refused(var refusal) -> refusal.field() + ": " + refusal.rule();
                    case Parsed.Item(var item) ->
                            switch (item.action()) {
                                case Action.AssertFact(var statement) -> shown(statement);
                                case Action.DescribeEntity(var entity, var statements) ->
                                        entity
                                                + " "
                                                + statements.stream().map(Readings::says).toList();
                                case Action.KeepMemory(var memory) ->
                                        memory.speaker().map(name -> name + ": ").orElse("")
                                                + memory.text();
                                default -> item.toString();
                            };
                };
    }

    private static String shown(Statement statement) {
        return statement.subject() + " " + says(statement) + " said by " + statement.source();
    }

    private static String says(Statement statement) {
        return statement.predicate() + "=" + value(statement.object());
    }

    private static String value(Value value) {
        return switch (value) {
            case Value.Entity(var id) -> id.value();
            case Value.Text(var text) -> text;
            case Value.Numeric(var number) -> number.toString();
            case Value.Geo(var point) -> point.latitude() + "," + point.longitude();
            case Value.Flag _, Value.Moment _, Value.Json _ -> value.toString();
        };
    }
}
