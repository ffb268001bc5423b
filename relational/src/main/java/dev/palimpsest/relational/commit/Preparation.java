package dev.palimpsest.relational.commit;

import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import java.util.List;
import java.util.Optional;

/// Makes tasks of items on the caller's thread: whatever needs no look into the ledger is done
/// here, so that the one committer need not.
final class Preparation {

    private Preparation() {}

    static Prepared of(SpaceId space, WriteItem item) {
        return new Prepared(task(space, item.action()), item.recorded(), Flaws.in(item));
    }

    private static Task task(SpaceId space, Action action) {
        return switch (action) {
            case Action.AssertFact(var statement) -> {
                var saying = saying(space, statement);
                yield tell(saying.fact().toString(), List.of(saying));
            }
            case Action.DescribeEntity(var entity, var statements) ->
                    new Task.Tell(
                            entity.value(),
                            Optional.of(entity),
                            Optional.empty(),
                            statements.stream().map(one -> saying(space, one)).toList());
            case Action.RetractFact(var retraction) ->
                    new Task.Tell(
                            retraction.fact().toString(),
                            Optional.empty(),
                            Optional.of(retraction),
                            List.of());
            case Action.CorrectFact(var retraction, var statement) -> {
                var saying = saying(space, statement);
                yield new Task.Tell(
                        saying.fact().toString(),
                        Optional.empty(),
                        Optional.of(retraction),
                        List.of(saying));
            }
            case Action.KeepMemory(var memory) -> new Task.Keep(memory, ContentHash.of(memory));
            case Action.RegisterPredicate(var predicate) -> new Task.Register(predicate);
            case Action.DescribeSource(var source) -> new Task.Describe(source);
        };
    }

    private static Task tell(String id, List<Task.Saying> sayings) {
        return new Task.Tell(id, Optional.empty(), Optional.empty(), sayings);
    }

    private static Task.Saying saying(SpaceId space, Statement said) {
        var fact = FactId.of(space, said.subject(), said.predicate(), said.object());
        return new Task.Saying(
                new Statement(
                        said.subject(),
                        said.predicate(),
                        said.object(),
                        said.valid(),
                        said.source(),
                        asStored(said.qualifiers()),
                        said.evidence(),
                        said.replaces()),
                fact);
    }

    /// Delays lie on disk as seconds; what is said now must equal what was read from there.
    private static Qualifiers asStored(Qualifiers qualifiers) {
        return new Qualifiers(
                qualifiers.confidence(),
                qualifiers.strength(),
                qualifiers
                        .delay()
                        .map(delay ->
                                new Qualifiers.Delay(
                                        Seconds.rounded(delay.mean()),
                                        delay.deviation().map(Seconds::rounded))),
                qualifiers.statement());
    }
}
