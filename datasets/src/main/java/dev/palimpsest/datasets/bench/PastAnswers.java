package dev.palimpsest.datasets.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Answers about moments that are past, which no crash may change.
final class PastAnswers {

    private static final int NOT_FOUND = 404;

    private final Map<String, Map<String, JsonNode>> byMoment = new LinkedHashMap<>();
    private final List<String> entities;

    /// @param entities that are asked about
    PastAnswers(List<String> entities) {
        this.entities = entities;
    }

    /// Keeps what is answered now about a moment that is over.
    void keep(Client client, String moment) {
        byMoment.put(moment, answers(client, moment));
    }

    int count() {
        return byMoment.values().stream().mapToInt(Map::size).sum();
    }

    /// What is answered otherwise now, in words.
    List<String> changed(Client client) {
        var changed = new ArrayList<String>();
        byMoment.forEach((moment, then) -> {
            var now = answers(client, moment);
            then.forEach((asked, answer) -> {
                if (!answer.equals(now.get(asked))) {
                    changed.add(asked + " of " + moment + ": " + answer + " is " + now.get(asked));
                }
            });
        });
        return changed;
    }

    private Map<String, JsonNode> answers(Client client, String moment) {
        var answers = new LinkedHashMap<String, JsonNode>();
        for (var entity : entities) {
            answers.put("facts of " + entity, factsOf(client, entity, moment));
        }
        var count = JsonNodeFactory.instance.objectNode().put("by", "predicate");
        count.putObject("when").put("knownAt", moment);
        answers.put("facts by predicate", counted(client, count));
        return answers;
    }

    /// None, too, where the entity was not known then.
    private static JsonNode factsOf(Client client, String entity, String moment) {
        try {
            return client.http()
                    .get(BenchCrash.SPACE_PATH + "/entities/" + entity + "/facts?knownAt=" + moment)
                    .path("items");
        } catch (ProblemException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            return JsonNodeFactory.instance.arrayNode();
        }
    }

    private static JsonNode counted(Client client, ObjectNode count) {
        return client.http().post(BenchCrash.SPACE_PATH + "/count", count).path("groups");
    }
}
