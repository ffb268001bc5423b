package dev.palimpsest.datasets.peers;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Question;
import java.util.List;

/// Looks up what peers are told of a question: the direction of its text, the numbers of entities.
record Translation(Embedder embedder, Ledger ledger) {

    PeerQuestion of(Question question) {
        List<EntityId> named =
                question.constraints().stream()
                        .flatMap(one -> one instanceof Why why ? why.ends().stream() : null)
                        .toList();
        return PeerQuestion.of(
                question, direction(question), ledger.nodes(question.space(), named));
    }

    /// Of the text, embedded anew.
    Direction direction(Question question) {
        return new Direction(embedder.embed(question.find(What.Text.class).orElseThrow().words()));
    }
}
