package dev.palimpsest.graph.janus;

import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.SpaceId;
import java.util.List;
import java.util.Set;

/// What things are called in the graph. All spaces share its names, so a predicate's own name goes
/// to whichever kind of value came first; another kind, or another space's, gets a longer one.
final class GraphNames {

    static final String SPACE = "space";
    static final String ENTITY = "entity";
    static final String MEMORY = "memory";
    static final String OCCURRED = "occurred";
    static final String KIND = "kind";

    static final String FACT = "fact";
    static final String VERSION = "version";
    static final String VALID_FROM = "validFrom";
    static final String VALID_UNTIL = "validUntil";
    static final String UNKNOWN_END = "unknownEnd";
    static final String FROM_POSITION = "fromPosition";
    static final String UNTIL_POSITION = "untilPosition";
    static final String RECORDED_FROM = "recordedFrom";
    static final String RECORDED_UNTIL = "recordedUntil";
    static final String CONFIDENCE = "confidence";
    static final String STRENGTH = "strength";
    static final String DELAY = "delay";
    static final String DELAY_DEVIATION = "delayDeviation";
    static final String STATEMENT = "statement";
    static final String EXACT = "exact";

    static final String EPOCH = "epoch";
    static final String POSITION = "position";
    static final String HIGHEST = "highest";
    static final String LAYOUT = "layout";

    static final String MENTIONS = "mentions";
    static final String MEMORY_LABEL = "Memory";
    static final String CHECKPOINT_LABEL = "Checkpoint";

    /// Keys of ours; a predicate of such a name is kept under a longer one.
    static final Set<String> BOOKKEEPING =
            Set.of(
                    SPACE,
                    ENTITY,
                    MEMORY,
                    OCCURRED,
                    KIND,
                    FACT,
                    VERSION,
                    VALID_FROM,
                    VALID_UNTIL,
                    UNKNOWN_END,
                    FROM_POSITION,
                    UNTIL_POSITION,
                    RECORDED_FROM,
                    RECORDED_UNTIL,
                    CONFIDENCE,
                    STRENGTH,
                    DELAY,
                    DELAY_DEVIATION,
                    STATEMENT,
                    EXACT,
                    EPOCH,
                    POSITION,
                    HIGHEST,
                    LAYOUT);

    /// Names JanusGraph keeps for itself.
    private static final Set<String> PROTECTED =
            Set.of("id", "label", "key", "value", "vertex", "edge", "element", "property");

    private static final String SEPARATOR = "__";
    private static final String OWN_TYPE = "__entity";

    private GraphNames() {}

    /// The names a predicate may have in the graph, in the order they are tried. Only the first can
    /// be met in more than one space, and none can be met for two predicates of one space.
    static List<String> candidates(SpaceId space, String predicate, Shape shape) {
        String own = predicate + SEPARATOR + space;
        String ofShape = predicate + ":" + shape.word() + SEPARATOR + space;
        return mayBeBare(predicate) ? List.of(predicate, own, ofShape) : List.of(own, ofShape);
    }

    /// The predicate a name of the graph stands for in `space`.
    static String predicate(SpaceId space, String name) {
        String suffix = SEPARATOR + space;
        if (!name.endsWith(suffix)) {
            return name;
        }
        String stem = name.substring(0, name.length() - suffix.length());
        int colon = stem.indexOf(':');
        return colon < 0 ? stem : stem.substring(0, colon);
    }

    static String label(EntityType type) {
        return label(type.value());
    }

    /// The labels under which a caller's word for a type, or for memories, may be found.
    static List<String> labels(String word) {
        return word.equals(MEMORY_LABEL) ? List.of(word, label(word)) : List.of(label(word));
    }

    private static String label(String name) {
        boolean taken =
                name.equals(MEMORY_LABEL)
                        || name.equals(CHECKPOINT_LABEL)
                        || PROTECTED.contains(name)
                        || name.endsWith(OWN_TYPE);
        return taken ? name + OWN_TYPE : name;
    }

    /// The type a label stands for; of the label of memories, that label.
    static String type(String label) {
        return label.endsWith(OWN_TYPE)
                ? label.substring(0, label.length() - OWN_TYPE.length())
                : label;
    }

    private static boolean mayBeBare(String predicate) {
        return !BOOKKEEPING.contains(predicate)
                && !PROTECTED.contains(predicate)
                && !predicate.contains(SEPARATOR);
    }
}
