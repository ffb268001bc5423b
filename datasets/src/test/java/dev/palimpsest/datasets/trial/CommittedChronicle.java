package dev.palimpsest.datasets.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.query.run.Chronicle;
import dev.palimpsest.query.run.RandomWorld;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// A chronicle in one space of the whole store: the real committer writes it into PostgreSQL, with
/// rivals, support and remainders as they come. Read by id alone, without any index.
final class CommittedChronicle implements Chronicle {

    /// A retraction is of a portion of valid time, or of what everyone says, once in so many.
    private static final int SOMETIMES = 3;

    private final TrialHouse house;
    private final SpaceId space;
    private final List<Statement> said = new ArrayList<>();
    private final List<Stamp> stamps = new ArrayList<>();
    private final List<MemoryId> memories = new ArrayList<>();
    private Optional<Collection<RowId>> versions = Optional.empty();

    CommittedChronicle(TrialHouse house, SpaceId space) {
        this.house = house;
        this.space = space;
        house.door().makeSpace(new Space(space, false));
    }

    @Override
    public SpaceId space() {
        return space;
    }

    @Override
    public void register(Predicate predicate) {
        assertThat(write(new Action.RegisterPredicate(predicate)))
                .isInstanceOf(Outcome.Defined.class);
    }

    @Override
    public void say(
            EntityId subject,
            PredicateName predicate,
            Value object,
            Interval valid,
            SourceId source,
            Qualifiers qualifiers) {
        var statement =
                new Statement(
                        subject,
                        predicate,
                        object,
                        valid,
                        source,
                        qualifiers,
                        Optional.empty(),
                        Statement.Replaces.OVERLAP);
        said.add(statement);
        assertThat(write(new Action.AssertFact(statement)))
                .isInstanceOfAny(Outcome.Written.class, Outcome.Unchanged.class);
    }

    @Override
    public void takeBack(Random random) {
        if (said.isEmpty()) {
            return;
        }
        var wrong = said.remove(random.nextInt(said.size()));
        boolean isPortion = random.nextInt(SOMETIMES) == 0;
        boolean isEveryones = random.nextInt(SOMETIMES) == 0;
        var from = RandomWorld.NOW.minusSeconds(random.nextInt(50) * 86_400L);
        var retraction =
                new Retraction(
                        FactId.of(space, wrong.subject(), wrong.predicate(), wrong.object()),
                        isPortion ? Optional.of(Interval.since(from)) : Optional.empty(),
                        isEveryones ? Optional.empty() : Optional.of(wrong.source()),
                        "found to be wrong");
        // It may have been taken back, or said otherwise, before: then nothing is left to retract.
        var _ = write(new Action.RetractFact(retraction));
    }

    @Override
    public void keep(Memory memory) {
        memories.add(memory.id());
        assertThat(write(new Action.KeepMemory(memory))).isInstanceOf(Outcome.Written.class);
    }

    /// When something was written: with a clock that stands still, writes are a microsecond apart.
    @Override
    public Instant knownAt(Random random) {
        return stamps.get(random.nextInt(stamps.size())).at();
    }

    @Override
    public Ledger ledger() {
        return house.ledger();
    }

    @Override
    public Collection<RowId> rows(Position at) {
        var rows = new HashSet<>(versions());
        for (var entity : RandomWorld.entities()) {
            ledger().entity(space, entity, at).ifPresent(profile -> rows.add(profile.id()));
        }
        return rows;
    }

    /// The last write that was known at a moment, by what the committer answered.
    Position positionAt(Instant moment) {
        return stamps.stream()
                .filter(stamp -> !stamp.at().isAfter(moment))
                .map(Stamp::position)
                .max(Position::compareTo)
                .orElse(Position.START);
    }

    /// Every version of a fact there ever was, and every memory; asked when nothing is written any
    /// more.
    private Collection<RowId> versions() {
        if (versions.isEmpty()) {
            Set<RowId> found = new HashSet<>();
            var head = ledger().head().position();
            RandomWorld.entities().forEach(entity -> addVersions(entity, head, found));
            for (var memory : memories) {
                found.add(ledger().memory(space, memory, head).map(Row.OfMemory::id).orElseThrow());
            }
            versions = Optional.of(found);
        }
        return versions.get();
    }

    private void addVersions(EntityId entity, Position head, Set<RowId> found) {
        Optional<String> after = Optional.empty();
        do {
            var page =
                    ledger().history(
                                    space,
                                    entity,
                                    Optional.empty(),
                                    head,
                                    new PageRequest(Ledger.LONGEST_PAGE, after));
            page.elements().stream().map(FactVersion::id).forEach(found::add);
            after = page.next();
        } while (after.isPresent());
    }

    private Outcome write(Action action) {
        var request =
                new WriteRequest(space, List.of(WriteItem.now(action)), false, Optional.empty());
        var outcome = house.door().submit(request).join().outcomes().getFirst();
        if (outcome instanceof Outcome.Written(String _, Stamp stamp)) {
            stamps.add(stamp);
        }
        return outcome;
    }
}
