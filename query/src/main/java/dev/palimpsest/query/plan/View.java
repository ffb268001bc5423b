package dev.palimpsest.query.plan;

import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.query.index.adjacency.Adjacency;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.LuceneTextIndex;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.query.index.lucene.Selection;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.util.Optional;
import java.util.Set;

/// One space as of one position, with facts as of one valid time: where the filters of a question
/// look up what they must know.
///
/// @param embedding of the words asked for; empty where none are, or for a reader to whom meanings
///   are nothing
public record View(
        SpaceId space,
        Position at,
        ValidTime time,
        LuceneTextIndex text,
        Adjacency adjacency,
        Optional<Embedding> embedding,
        Trace trace) {

    /// Whether a node is an event here: its existence has an end.
    public boolean isEvent(long node) {
        return adjacency.isEvent(space, node, at);
    }

    /// When the event took place that a node is; empty if it is none.
    public Optional<Interval> event(long node) {
        return adjacency.event(space, node, at);
    }

    /// Whether facts of that predicate were ever recorded.
    boolean isSaid(PredicateName predicate) {
        var word = new Filter.Words(Filter.Word.PREDICATE, Set.of(predicate.value()));
        return text.estimate(space, word, at) > 0;
    }

    /// Every event there is.
    public NodeSet events() {
        return NodeSet.of(perhapsEvents().stream().filter(this::isEvent).toArray());
    }

    /// Every event there is, and perhaps some that only were or will be one at another position.
    NodeSet perhapsEvents() {
        return NodeSet.of(adjacency.everEvents(space));
    }

    /// The nodes that rows which pass have in a role.
    NodeSet nodes(Filter filter, Filter.Role role) {
        return nodes(selection(filter), role);
    }

    NodeSet nodes(Selection selection, Filter.Role role) {
        return text.nodes(space, selection, role);
    }

    /// The rows of the text index that pass.
    public Selection selection(Filter filter) {
        return new Selection(filter, at, trace.deadline());
    }
}
