package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.RowId;
import dev.palimpsest.time.Moments;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// How the graph of one space lies in a file: its registered predicates, the names its arcs use,
/// and its arcs in the order they were taken in, some 50 bytes each. What was dropped is not
/// written.
final class GraphFormat {

    // What is as usual is said by a bit, and not written.
    private static final int HAS_OBJECT = 1;
    private static final int VALID_IS_OPEN = 1 << 1;
    private static final int VALID_IS_SURE = 1 << 2;
    private static final int NOT_CLOSED = 1 << 3;
    private static final int CERTAIN = 1 << 4;
    private static final int HAS_DELAY = 1 << 5;

    private static final int BATCH = 10_000;

    private GraphFormat() {}

    static void write(SpaceGraph graph, DataOutputStream out) throws IOException {
        try {
            graph.read(held -> {
                try {
                    writeHeld(held, out);
                    return held;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void writeHeld(SpaceGraph graph, DataOutputStream out) throws IOException {
        var registered = graph.predicates().registered();
        out.writeInt(registered.size());
        for (var predicate : registered) {
            write(predicate, out);
        }
        out.writeInt(graph.predicates().size());
        for (int number = 0; number < graph.predicates().size(); number++) {
            out.writeUTF(graph.predicates().name(number).value());
        }
        var versions = graph.versions();
        out.writeInt(versions.live());
        for (int version = 0; version < versions.size(); version++) {
            if (!versions.isDropped(version)) {
                write(graph.arc(version), graph.predicate(version), out);
            }
        }
    }

    static SpaceGraph read(DataInputStream in) throws IOException {
        List<Predicate> registered = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            registered.add(predicate(in));
        }
        List<PredicateName> names = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.add(new PredicateName(in.readUTF()));
        }
        var graph = new SpaceGraph();
        graph.apply(registered, List.of());
        for (int left = in.readInt(); left > 0; left -= BATCH) {
            List<Arc> arcs = new ArrayList<>(BATCH);
            for (int i = 0; i < Math.min(left, BATCH); i++) {
                arcs.add(arc(in, names));
            }
            graph.apply(List.of(), arcs);
        }
        return graph;
    }

    private static void write(Predicate predicate, DataOutputStream out) throws IOException {
        out.writeUTF(predicate.name().value());
        out.writeBoolean(predicate.functional());
        out.writeBoolean(predicate.causal());
        out.writeBoolean(predicate.symmetric());
        out.writeUTF(predicate.inverse().map(PredicateName::value).orElse(""));
        out.writeUTF(predicate.object().map(ObjectKind::name).orElse(""));
    }

    private static Predicate predicate(DataInputStream in) throws IOException {
        return new Predicate(
                new PredicateName(in.readUTF()),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                Optional.of(in.readUTF()).filter(name -> !name.isEmpty()).map(PredicateName::new),
                Optional.of(in.readUTF()).filter(name -> !name.isEmpty()).map(ObjectKind::valueOf));
    }

    private static void write(Arc arc, int predicate, DataOutputStream out) throws IOException {
        boolean open = arc.validUntil() == Moments.OPEN;
        boolean sure = arc.validSureUntil() == arc.validUntil();
        boolean closed = arc.untilPosition() != Moments.OPEN;
        boolean certain = arc.chance() == 1;
        out.writeByte(
                (arc.object().isPresent() ? HAS_OBJECT : 0)
                        | (open ? VALID_IS_OPEN : 0)
                        | (sure ? VALID_IS_SURE : 0)
                        | (closed ? 0 : NOT_CLOSED)
                        | (certain ? CERTAIN : 0)
                        | (arc.delay().isPresent() ? HAS_DELAY : 0));
        out.writeLong(arc.row().value().getMostSignificantBits());
        out.writeLong(arc.row().value().getLeastSignificantBits());
        out.writeLong(arc.subject());
        out.writeInt(predicate);
        out.writeLong(arc.fromPosition());
        out.writeLong(arc.validFrom());
        if (!open) {
            out.writeLong(arc.validUntil());
        }
        if (!sure) {
            out.writeLong(arc.validSureUntil());
        }
        if (closed) {
            out.writeLong(arc.untilPosition());
        }
        if (arc.object().isPresent()) {
            out.writeLong(arc.object().getAsLong());
        }
        if (!certain) {
            out.writeDouble(arc.chance());
        }
        if (arc.delay().isPresent()) {
            out.writeLong(arc.delay().get().mean());
            out.writeLong(arc.delay().get().deviation());
        }
    }

    private static Arc arc(DataInputStream in, List<PredicateName> names) throws IOException {
        int has = in.readUnsignedByte();
        var row = new RowId(new UUID(in.readLong(), in.readLong()));
        long subject = in.readLong();
        var predicate = names.get(in.readInt());
        long fromPosition = in.readLong();
        long validFrom = in.readLong();
        long validUntil = (has & VALID_IS_OPEN) != 0 ? Moments.OPEN : in.readLong();
        long sureUntil = (has & VALID_IS_SURE) != 0 ? validUntil : in.readLong();
        return new Arc(
                row,
                validFrom,
                sureUntil,
                validUntil,
                fromPosition,
                (has & NOT_CLOSED) != 0 ? Moments.OPEN : in.readLong(),
                subject,
                (has & HAS_OBJECT) != 0 ? OptionalLong.of(in.readLong()) : OptionalLong.empty(),
                predicate,
                (has & CERTAIN) != 0 ? 1 : in.readDouble(),
                (has & HAS_DELAY) != 0
                        ? Optional.of(new Delays.Stretch(in.readLong(), in.readLong()))
                        : Optional.empty());
    }
}
