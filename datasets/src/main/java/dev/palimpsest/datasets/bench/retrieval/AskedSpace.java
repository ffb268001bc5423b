package dev.palimpsest.datasets.bench.retrieval;

import dev.palimpsest.model.Memory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A space to fill with memories and to ask questions whose evidence is known.
///
/// @param name of the space
/// @param group what it is reported under
/// @param topics what memories are about: entities with their names
/// @param unknown evidence that names no memory: wrong in the data, and left out
public record AskedSpace(
        String name,
        String group,
        List<Memory> memories,
        Map<String, String> topics,
        List<Asked> questions,
        int unknown) {

    public AskedSpace {
        memories = List.copyOf(memories);
        topics = Map.copyOf(topics);
        questions = List.copyOf(questions);
    }

    /// A question.
    ///
    /// @param category what sort of question it is
    /// @param evidence the ids of the memories that answer it together
    /// @param asked when it was asked, if that is told
    /// @param answers any of these is right; empty if none is told
    public record Asked(
            String text,
            String category,
            Set<String> evidence,
            Optional<Instant> asked,
            List<String> answers) {
        public Asked {
            evidence = Set.copyOf(evidence);
            answers = List.copyOf(answers);
        }
    }

    /// The memories before and after one in its session, and itself between them.
    public List<Memory> around(int index) {
        var session = memories.get(index).session();
        int from = index > 0 && isIn(session, index - 1) ? index - 1 : index;
        int to = index + 1 < memories.size() && isIn(session, index + 1) ? index + 1 : index;
        return memories.subList(from, to + 1);
    }

    private boolean isIn(Optional<String> session, int index) {
        return session.isPresent() && memories.get(index).session().equals(session);
    }

    /// Every memory by its id.
    public Map<String, Memory> byId() {
        var byId = new HashMap<String, Memory>();
        memories.forEach(memory -> byId.put(memory.id().value(), memory));
        return byId;
    }
}
