package dev.palimpsest.query.index.adjacency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.cause.CausalReach;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.ledger.InMemoryLedger;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CausalHubTest {

    private static final SpaceId SPACE = new SpaceId("hub");
    private static final SourceId SOURCE = new SourceId("us");
    private static final PredicateName LED_TO = new PredicateName("ledTo");

    private final Adjacency adjacency = new Adjacency();

    @Test
    void aHubOfAHundredThousandEffectsIsCutShortAndSaysSo() {
        var causal =
                new Row.OfPredicate(
                        SPACE,
                        new Predicate(
                                LED_TO,
                                false,
                                true,
                                false,
                                Optional.empty(),
                                Optional.of(ObjectKind.ENTITY)));
        var rows = new ArrayList<Row>(List.of(causal));
        int effects = 100_000;
        for (int effect = 2; effect < effects + 2; effect++) {
            rows.add(row(effect - 1, 1, effect));
        }
        adjacency.apply(rows, new Checkpoint(InMemoryLedger.EPOCH, new Position(effects)));
        var ends = ChainEnds.fromCause(1, 6);
        var found = adjacency.onChains(SPACE, ends, new Position(effects), true);
        assertThat(found.truncated()).isTrue();
        assertThat(found.nodes()).hasSize(CausalReach.MOST_REACHED);
    }

    /// A causal fact between two nodes, recorded at a position.
    private static Row row(long position, long subject, long object) {
        var stamp = new Stamp(new Position(position), Scribe.recordedAt(new Position(position)));
        var value = new Value.Entity(new EntityId("e" + object));
        var name = new EntityId("e" + subject);
        var version =
                new FactVersion(
                        RowId.of(stamp, 0),
                        FactId.of(SPACE, name, LED_TO, value),
                        name,
                        LED_TO,
                        value,
                        Interval.ALWAYS,
                        Qualifiers.NONE,
                        Recorded.since(stamp));
        return new Row.OfFact(SPACE, version, subject, OptionalLong.of(object), Set.of(SOURCE));
    }
}
