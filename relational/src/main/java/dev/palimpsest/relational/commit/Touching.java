package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.WriteItem.Retraction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The names that a batch uses, gathered before anything is looked up.
final class Touching {

    final Set<InSpace<EntityId>> entities = new LinkedHashSet<>();
    final Set<InSpace<SourceId>> sources = new LinkedHashSet<>();
    final Set<InSpace<PredicateName>> predicates = new LinkedHashSet<>();
    final Set<InSpace<MemoryId>> memories = new LinkedHashSet<>();
    final Set<InSpace<MemoryId>> cited = new LinkedHashSet<>();
    final Set<InSpace<String>> keys = new LinkedHashSet<>();
    final List<Retraction> retractions = new ArrayList<>();
    final List<InSpace<Task.Saying>> sayings = new ArrayList<>();

    void add(int space, Pending.Write write) {
        write.request().key().ifPresent(key -> keys.add(new InSpace<>(space, key.key())));
        for (var part : Profile.PREDICATES) {
            predicates.add(new InSpace<>(space, part.name()));
        }
        for (var item : write.items()) {
            if (item.flaw().isEmpty()) {
                add(space, item.task());
            }
        }
    }

    private void add(int space, Task task) {
        switch (task) {
            case Task.Tell tell -> add(space, tell);
            case Task.Keep(var memory, _) -> {
                memories.add(new InSpace<>(space, memory.id()));
                sources.add(new InSpace<>(space, memory.source()));
                memory.mentions().forEach(entity -> entities.add(new InSpace<>(space, entity)));
            }
            case Task.Register(var predicate) ->
                    predicates.add(new InSpace<>(space, predicate.name()));
            case Task.Describe(var source) -> sources.add(new InSpace<>(space, source.id()));
        }
    }

    private void add(int space, Task.Tell tell) {
        tell.about().ifPresent(entity -> entities.add(new InSpace<>(space, entity)));
        if (tell.retraction().isPresent()) {
            var retraction = tell.retraction().get();
            retractions.add(retraction);
            retraction.source().ifPresent(source -> sources.add(new InSpace<>(space, source)));
        }
        for (var saying : tell.sayings()) {
            var statement = saying.statement();
            sayings.add(new InSpace<>(space, saying));
            entities.add(new InSpace<>(space, statement.subject()));
            predicates.add(new InSpace<>(space, statement.predicate()));
            sources.add(new InSpace<>(space, statement.source()));
            statement
                    .evidence()
                    .flatMap(Evidence::memory)
                    .ifPresent(memory -> cited.add(new InSpace<>(space, memory)));
            if (statement.object() instanceof Value.Entity(var object)) {
                entities.add(new InSpace<>(space, object));
            }
        }
    }
}
