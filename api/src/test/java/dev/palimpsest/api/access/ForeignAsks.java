package dev.palimpsest.api.access;

import dev.palimpsest.api.access.TwoSpaces.Sort;
import java.util.ArrayList;
import java.util.List;

/// What can be asked with an id of another space: of every route, tool and kind of Gremlin.
final class ForeignAsks {

    private static final String MINE = "/v1/spaces/space-okapi";

    /// Written to, so that what is read stays as it is.
    static final String SPARE = "/v1/spaces/spare";

    /// What is asked with an id at `ID`.
    ///
    /// @param fits the sort it is meant for
    /// @param how `GET`, `POST`, ...; `MCP` or `MEM` for a tool, whose name is the path; `SESSION`
    /// @param alike whether every id that names nothing is answered alike
    record Ask(Sort fits, String how, String path, String body, boolean alike) {}

    private ForeignAsks() {}

    static List<Ask> all() {
        List<Ask> all = new ArrayList<>();
        routes(all);
        questions(all);
        tools(all);
        gremlin(all);
        writes(all);
        return List.copyOf(all);
    }

    private static void add(List<Ask> all, Sort fits, String how, String path, String body) {
        all.add(new Ask(fits, how, path, body, true));
    }

    private static void routes(List<Ask> all) {
        for (var path :
                List.of(
                        "",
                        "/entities",
                        "/predicates",
                        "/sources",
                        "/imports",
                        "/forgotten",
                        "/export",
                        "/entities/e-okapi-1",
                        "/memories/m-okapi-1",
                        "/facts/00000000-0000-5000-8000-000000000000")) {
            add(all, Sort.SPACE, "GET", "/v1/spaces/ID" + path, "");
        }
        for (var path :
                List.of(
                        "/retrieve",
                        "/count",
                        "/context",
                        "/gremlin",
                        "/entities",
                        "/forget",
                        "/imports")) {
            add(all, Sort.SPACE, "POST", "/v1/spaces/ID" + path, "{\"reason\": \"x\"}");
        }
        for (var path :
                List.of(
                        "",
                        "/facts",
                        "/history",
                        "/neighbours",
                        "/facts?at=2026-01-01T00:00:00Z")) {
            add(all, Sort.ENTITY, "GET", MINE + "/entities/ID" + path, "");
        }
        add(all, Sort.MEMORY, "GET", MINE + "/memories/ID", "");
        add(all, Sort.SOURCE, "GET", MINE + "/sources/ID", "");
        add(all, Sort.WORD, "GET", MINE + "/predicates/ID", "");
        for (var query :
                List.of(
                        "/entities?type=ID",
                        "/entities?name=ID",
                        "/entities/e-okapi-1/facts?predicate=ID",
                        "/entities/e-okapi-1/history?predicate=ID",
                        "/entities/e-okapi-1/neighbours?predicate=ID")) {
            add(all, Sort.WORD, "GET", MINE + query, "");
        }
        add(all, Sort.FACT, "GET", MINE + "/facts/ID", "");
        add(all, Sort.FACT, "GET", MINE + "/facts/ID/history", "");
        add(all, Sort.IMPORT, "GET", MINE + "/imports/ID", "");
        add(all, Sort.IMPORT, "GET", MINE + "/imports/ID/rejected", "");
        add(all, Sort.IMPORT, "DELETE", MINE + "/imports/ID", "");
        add(all, Sort.KEY, "DELETE", "/v1/keys/ID", "");
        for (var list :
                List.of(
                        "/predicates",
                        "/sources",
                        "/entities",
                        "/imports",
                        "/forgotten",
                        "/entities/e-okapi-1/facts",
                        "/entities/e-okapi-1/history",
                        "/entities/e-okapi-1/neighbours")) {
            add(all, Sort.CURSOR, "GET", MINE + list + "?limit=1&cursor=ID", "");
        }
        add(all, Sort.CURSOR, "GET", "/v1/spaces?cursor=ID", "");
    }

    private static void questions(List<Ask> all) {
        for (var why :
                List.of(
                        "{\"causesOf\": \"ID\"}",
                        "{\"effectsOf\": \"ID\", \"hops\": 6}",
                        "{\"between\": {\"cause\": \"e-okapi-1\", \"effect\": \"ID\"}}",
                        "{\"between\": {\"cause\": \"ID\", \"effect\": \"e-okapi-1\"}}")) {
            add(
                    all,
                    Sort.ENTITY,
                    "POST",
                    MINE + "/retrieve",
                    "{\"explain\": true, \"why\": " + why + "}");
            add(
                    all,
                    Sort.ENTITY,
                    "POST",
                    MINE + "/count",
                    "{\"by\": \"type\", \"why\": " + why + "}");
        }
        add(
                all,
                Sort.ENTITY,
                "POST",
                MINE + "/retrieve",
                "{\"explain\": true, \"where\": {\"hops\": {\"from\": \"ID\", \"hops\": 6}}}");
        add(
                all,
                Sort.SOURCE,
                "POST",
                MINE + "/retrieve",
                "{\"explain\": true, \"who\": {\"sources\": [\"ID\"]}}");
        add(
                all,
                Sort.SOURCE,
                "POST",
                MINE + "/count",
                "{\"by\": \"day\", \"who\": {\"sources\": [\"ID\", \"src-okapi-1\"]}}");
        add(
                all,
                Sort.WORD,
                "POST",
                MINE + "/retrieve",
                "{\"explain\": true, \"what\": {\"types\": [\"ID\"]}}");
        add(
                all,
                Sort.WORD,
                "POST",
                MINE + "/retrieve",
                "{\"what\": {\"quantities\": [{\"predicate\": \"ID\", \"atLeast\": 0}]}}");
        add(
                all,
                Sort.WORD,
                "POST",
                MINE + "/count",
                "{\"by\": \"predicate\", \"what\": {\"types\": [\"ID\", \"Typeokapi\"]}}");
        for (var sort : List.of(Sort.ENTITY, Sort.MEMORY, Sort.WORD)) {
            var text =
                    "{\"limit\": 100, \"explain\": true, \"what\": {\"text\": \"who is ID under the tree\"}}";
            all.add(new Ask(sort, "POST", MINE + "/retrieve", text, false));
            all.add(
                    new Ask(
                            sort,
                            "POST",
                            MINE + "/context",
                            "{\"facts\": true, \"what\": {\"text\": \"quagga ID sleeps\"}}",
                            false));
        }
    }

    private static void tools(List<Ask> all) {
        for (var tool :
                List.of(
                        "ask",
                        "context",
                        "entity",
                        "history",
                        "causes",
                        "remember",
                        "correct",
                        "retract",
                        "forget")) {
            add(all, Sort.SPACE, "MCP", tool, "{\"space\": \"ID\", \"text\": \"x\"}");
        }
        all.add(new Ask(Sort.CURSOR, "MCP", "spaces", "{\"after\": \"ID\"}", false));
        all.add(new Ask(Sort.SPACE, "MCP", "spaces", "{\"after\": \"ID\"}", false));
        var mine = "{\"space\": \"space-okapi\", ";
        add(all, Sort.ENTITY, "MCP", "entity", mine + "\"id\": \"ID\"}");
        add(
                all,
                Sort.WORD,
                "MCP",
                "entity",
                mine + "\"id\": \"e-okapi-1\", \"predicate\": \"ID\"}");
        add(all, Sort.FACT, "MCP", "entity", mine + "\"id\": \"e-okapi-1\", \"after\": \"ID\"}");
        add(all, Sort.CURSOR, "MCP", "entity", mine + "\"id\": \"e-okapi-1\", \"after\": \"ID\"}");
        add(all, Sort.ENTITY, "MCP", "history", mine + "\"entity\": \"ID\"}");
        add(all, Sort.FACT, "MCP", "history", mine + "\"fact\": \"ID\"}");
        add(all, Sort.ENTITY, "MCP", "causes", mine + "\"of\": \"ID\"}");
        add(all, Sort.ENTITY, "MCP", "causes", mine + "\"of\": \"e-okapi-1\", \"from\": \"ID\"}");
        add(all, Sort.SOURCE, "MCP", "ask", mine + "\"sources\": [\"ID\"]}");
        add(
                all,
                Sort.ENTITY,
                "MCP",
                "ask",
                mine + "\"connectedTo\": {\"from\": \"ID\", \"hops\": 6}}");
        add(
                all,
                Sort.FACT,
                "MCP",
                "correct",
                mine + "\"fact\": \"ID\", \"value\": 1, \"reason\": \"x\"}");
        add(
                all,
                Sort.FACT,
                "MCP",
                "retract",
                mine + "\"fact\": \"ID\", \"everyone\": true, \"reason\": \"x\"}");
        for (var kind : List.of("entity", "memory", "source")) {
            add(
                    all,
                    Sort.ENTITY,
                    "MCP",
                    "forget",
                    mine + "\"" + kind + "\": \"ID\", \"reason\": \"x\", \"dryRun\": true}");
        }
        add(all, Sort.ENTITY, "MEM", "open_nodes", "{\"names\": [\"ID\"]}");
        add(all, Sort.WORD, "MEM", "search_nodes", "{\"query\": \"ID\"}");
        add(all, Sort.SPACE, "MEM", "read_graph", "{\"space\": \"ID\"}");
        add(all, Sort.SPACE, "MEM", "search_nodes", "{\"space\": \"ID\", \"query\": \"a\"}");
        add(
                all,
                Sort.ENTITY,
                "MEM",
                "add_observations",
                "{\"observations\": [{\"entityName\": \"ID\", \"contents\": [\"x\"]}]}");
        add(all, Sort.ENTITY, "MEM", "delete_entities", "{\"entityNames\": [\"ID\"]}");
        add(all, Sort.SESSION, "SESSION", "/mcp", "");
    }

    private static void gremlin(List<Ask> all) {
        for (var text :
                List.of(
                        "g.V('ID')",
                        "g.V('ID').both().both()",
                        "g.E('ID')",
                        "g.V('e-okapi-1').both().hasId('ID')",
                        "g.inject('ID').as('x').V().where(id().is('ID'))",
                        "g.V().has('name', 'ID').valueMap()")) {
            gremlin(all, Sort.ENTITY, text);
        }
        for (var text :
                List.of(
                        "g.V().hasLabel('ID')",
                        "g.V().out('ID')",
                        "g.V().values('ID')",
                        "g.V().has('ID', gt(0))",
                        "g.V().order().by('ID')",
                        "g.V().group().by('ID')",
                        "g.V().properties('ID').properties()",
                        "g.E().hasLabel('ID').path()",
                        "g.V('e-okapi-1').repeat(both('ID')).times(3).path()",
                        "g.V().valueMap('ID', 'shared')",
                        "g.V().hasNot('ID').count()",
                        "g.V().has('shared', 4)",
                        "g.V().properties().key().dedup()",
                        "g.V().label().dedup()",
                        "g.E().label().dedup()")) {
            gremlin(all, Sort.WORD, text);
        }
        gremlin(all, Sort.FACT, "g.E().has('fact', 'ID')");
        gremlin(all, Sort.FACT, "g.V().properties().hasId('ID')");
        gremlin(all, Sort.SPACE, "g.V().has('space', 'ID')");
        gremlin(all, Sort.SPACE, "g.V().has('space', neq('ID')).count()");
    }

    private static void gremlin(List<Ask> all, Sort fits, String text) {
        add(all, fits, "POST", MINE + "/gremlin", "{\"gremlin\": \"" + text + "\"}");
    }

    private static void writes(List<Ask> all) {
        add(
                all,
                Sort.FACT,
                "POST",
                SPARE + "/facts/ID/retract",
                "{\"everyone\": true, \"reason\": \"x\"}");
        add(
                all,
                Sort.FACT,
                "POST",
                SPARE + "/facts/ID/correct",
                "{\"reason\": \"x\", \"fact\": {\"subject\": \"own\", \"predicate\": \"p\", \"object\": {\"number\": 1}, \"source\": \"s\"}}");
        add(
                all,
                Sort.ENTITY,
                "POST",
                SPARE + "/entities",
                "{\"id\": \"ID\", \"type\": \"T\", \"source\": \"s\"}");
        add(
                all,
                Sort.MEMORY,
                "POST",
                SPARE + "/memories",
                "{\"id\": \"ID\", \"text\": \"other\", \"source\": \"s\"}");
        add(all, Sort.SOURCE, "PUT", SPARE + "/sources/ID", "{\"kind\": \"x\"}");
        add(all, Sort.WORD, "PUT", SPARE + "/predicates/ID", "{\"object\": \"boolean\"}");
        add(
                all,
                Sort.MEMORY,
                "POST",
                SPARE + "/facts",
                "{\"subject\": \"own\", \"predicate\": \"p\", \"object\": {\"number\": 1}, \"source\": \"s\", \"evidence\": {\"memory\": \"ID\"}}");
        add(
                all,
                Sort.REQUEST,
                "POST",
                SPARE + "/facts",
                "{\"subject\": \"own\", \"predicate\": \"p\", \"object\": {\"number\": 1}, \"source\": \"s\"}");
        add(
                all,
                Sort.ENTITY,
                "MCP",
                "remember",
                "{\"space\": \"spare\", \"facts\": [{\"subject\": \"ID\", \"predicate\": \"knows\", \"object\": \"own\"}]}");
        for (var kind : List.of("entity", "memory", "source")) {
            add(
                    all,
                    Sort.ENTITY,
                    "POST",
                    MINE + "/forget",
                    "{\"" + kind + "\": \"ID\", \"reason\": \"x\", \"dryRun\": true}");
            add(
                    all,
                    Sort.ENTITY,
                    "POST",
                    MINE + "/forget/lift",
                    "{\"" + kind + "\": \"ID\", \"reason\": \"x\"}");
        }
    }
}
