package dev.palimpsest.query.run;

import ch.hsr.geohash.GeoHash;
import dev.palimpsest.model.Profile;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.ScannedRow;
import dev.palimpsest.query.index.lucene.ScannedRow.Column;
import dev.palimpsest.query.plan.PlaceFacts;
import dev.palimpsest.query.plan.View;
import dev.palimpsest.question.Count;
import dev.palimpsest.question.Grouping;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// To which groups a row belongs.
sealed interface GroupKeys {

    /// What of a row that depends on.
    Set<Column> columns();

    /// Each key once.
    Collection<String> of(ScannedRow row);

    /// For what is counted in a view.
    static GroupKeys of(Count count, View view) {
        return switch (count.by()) {
            case Grouping.Day _ -> new ByDay();
            case Grouping.Predicate _ -> new ByPredicate();
            case Grouping.Type _ -> new ByType(ByType.types(view, count.question().kinds()));
            case Grouping.Cell(int precision) ->
                    new ByCell(ByCell.cells(view, precision), precision);
        };
    }

    record ByDay() implements GroupKeys {

        private static final long MICROS_OF_A_DAY = 86_400_000_000L;

        @Override
        public Set<Column> columns() {
            return Set.of(Column.FROM);
        }

        @Override
        public Collection<String> of(ScannedRow row) {
            return row.from().isEmpty()
                    ? List.of()
                    : List.of(
                            LocalDate.ofEpochDay(
                                            Math.floorDiv(row.from().getAsLong(), MICROS_OF_A_DAY))
                                    .toString());
        }
    }

    record ByPredicate() implements GroupKeys {

        @Override
        public Set<Column> columns() {
            return Set.of(Column.PREDICATE);
        }

        @Override
        public Collection<String> of(ScannedRow row) {
            return row.word().stream().toList();
        }
    }

    /// @param types by node
    record ByType(Map<Long, String> types) implements GroupKeys {

        /// Of all entities, if any but entities themselves are counted.
        static Map<Long, String> types(View view, Set<Kind> counted) {
            Map<Long, String> types = new HashMap<>();
            if (!counted.equals(Set.of(Kind.ENTITY))) {
                view.text()
                        .scan(
                                view.space(),
                                view.selection(new Filter.Kinds(Set.of(Kind.ENTITY))),
                                Set.of(Column.TYPE),
                                row -> row.word().ifPresent(type -> types.put(row.node(), type)));
            }
            return types;
        }

        @Override
        public Set<Column> columns() {
            return Set.of(Column.TYPE, Column.MENTIONED);
        }

        @Override
        public Collection<String> of(ScannedRow row) {
            return switch (row.kind()) {
                case ENTITY -> row.word().stream().toList();
                case FACT -> Optional.ofNullable(types.get(row.node())).stream().toList();
                case MEMORY ->
                        row.mentioned().stream()
                                .flatMap(node -> Optional.ofNullable(types.get(node)).stream())
                                .collect(Collectors.toSet());
            };
        }
    }

    /// @param cells those of each node's places
    record ByCell(Map<Long, Set<String>> cells, int precision) implements GroupKeys {

        static Map<Long, Set<String>> cells(View view, int precision) {
            Map<Long, Set<String>> cells = new HashMap<>();
            view.text()
                    .scan(
                            view.space(),
                            view.selection(new PlaceFacts(view).facts()),
                            Set.of(Column.PLACE),
                            row ->
                                    row.place()
                                            .ifPresent(place ->
                                                    cells.computeIfAbsent(
                                                                    row.node(),
                                                                    _ -> new HashSet<>(2))
                                                            .add(cell(place, precision))));
            return cells;
        }

        @Override
        public Set<Column> columns() {
            return Set.of(Column.PLACE, Column.PREDICATE, Column.OBJECT, Column.MENTIONED);
        }

        @Override
        public Collection<String> of(ScannedRow row) {
            return switch (row.kind()) {
                case ENTITY -> of(row.node());
                case FACT -> ofFact(row);
                case MEMORY ->
                        row.place().isPresent()
                                ? own(row)
                                : row.mentioned().stream()
                                        .flatMap(node -> of(node).stream())
                                        .collect(Collectors.toSet());
            };
        }

        private Collection<String> ofFact(ScannedRow row) {
            var subject = of(row.node());
            if (!subject.isEmpty() || row.word().equals(Optional.of(Profile.PLACE.value()))) {
                return subject;
            }
            return row.object().isPresent() ? of(row.object().getAsLong()) : own(row);
        }

        private Set<String> of(long node) {
            return cells.getOrDefault(node, Set.of());
        }

        private List<String> own(ScannedRow row) {
            return row.place().stream()
                    .flatMap(place -> Stream.of(cell(place, precision)))
                    .toList();
        }

        private static String cell(GeoPoint place, int precision) {
            return GeoHash.geoHashStringWithCharacterPrecision(
                    place.latitude(), place.longitude(), precision);
        }
    }
}
