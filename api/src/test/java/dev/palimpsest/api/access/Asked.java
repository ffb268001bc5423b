package dev.palimpsest.api.access;

import java.util.List;

/// What is asked in [WhoMayDoWhatTest]: every route, by roles, about two spaces.
final class Asked {

    static final String A = "okapi";
    static final String B = "quagga";

    private Asked() {}

    /// @param allowed what it may: `r` `w` `a` in space A, `R` `W` `A` in all
    record Role(String name, String key, String allowed) {

        boolean mayRead(String space) {
            return allowed.contains("R") || (space.equals(A) && allowed.contains("r"));
        }
    }

    /// @param needs `r` `w` `a` in its space, `R` `A` of all spaces, `k` any key, `o` nothing
    record Route(char needs, String method, String path, String body) {

        boolean isAllowed(Role role, String space) {
            return switch (needs) {
                case 'o' -> true;
                case 'k' -> !role.allowed.isEmpty();
                case 'R', 'A' -> role.allowed.indexOf(needs) >= 0;
                default ->
                        role.allowed.indexOf(Character.toUpperCase(needs)) >= 0
                                || (space.equals(A) && role.allowed.indexOf(needs) >= 0);
            };
        }

        Route in(String space, Ids ids) {
            return new Route(needs, method, ids.in(path, space), ids.in(body, space));
        }

        boolean isOfSpace() {
            return path.contains("{s}");
        }
    }

    /// What a space was seeded with, by what routes name.
    record Ids(String fact, String job) {

        String in(String text, String space) {
            return text.replace("{s}", "space-" + space)
                    .replace("{e}", "e-" + space)
                    .replace("{m}", "m-" + space)
                    .replace("{p}", "likes" + space)
                    .replace("{src}", "src-" + space)
                    .replace("{f}", fact)
                    .replace("{i}", job)
                    .replace("{x}", space);
        }
    }

    static final String S = "/v1/spaces/{s}";
    static final String NOTHING = "00000000-0000-7000-8000-000000000000";
    static final List<Route> ROUTES =
            List.of(
                    new Route('o', "GET", "/", ""),
                    new Route('o', "GET", "/docs", ""),
                    new Route('o', "GET", "/openapi.json", ""),
                    new Route('o', "GET", "/health/live", ""),
                    new Route('o', "GET", "/health/ready", ""),
                    new Route('R', "GET", "/metrics", ""),
                    new Route('R', "GET", "/v1/projections", ""),
                    new Route('A', "POST", "/v1/projections/text/verify", "{}"),
                    new Route('A', "POST", "/v1/projections/none/rebuild", "{}"),
                    new Route('A', "GET", "/v1/backup", ""),
                    new Route('A', "POST", "/v1/restore", "no archive"),
                    new Route('A', "GET", "/v1/audit", ""),
                    new Route('A', "POST", "/v1/audit/verify", "{}"),
                    new Route('A', "GET", "/v1/keys", ""),
                    new Route(
                            'A',
                            "POST",
                            "/v1/keys",
                            "{\"name\": \"n\", \"scopes\": [\"read\"], \"spaces\":"
                                    + " [\"space-okapi\"]}"),
                    new Route('A', "DELETE", "/v1/keys/aaaaaaaa", ""),
                    new Route('k', "GET", "/v1/spaces", ""),
                    new Route('r', "GET", S, ""),
                    new Route('w', "PUT", S, "{}"),
                    new Route('r', "GET", S + "/predicates", ""),
                    new Route('r', "GET", S + "/predicates/{p}", ""),
                    new Route('w', "PUT", S + "/predicates/{p}", "{}"),
                    new Route('r', "GET", S + "/sources", ""),
                    new Route('r', "GET", S + "/sources/{src}", ""),
                    new Route('w', "PUT", S + "/sources/{src}", "{\"kind\": \"sensor\"}"),
                    new Route('r', "GET", S + "/entities", ""),
                    new Route(
                            'w',
                            "POST",
                            S + "/entities",
                            "{\"id\": \"{e}\", \"type\": \"Animal\", \"name\": \"{x}\", \"source\":"
                                    + " \"{src}\"}"),
                    new Route('r', "GET", S + "/entities/{e}", ""),
                    new Route('r', "GET", S + "/entities/{e}/facts", ""),
                    new Route('r', "GET", S + "/entities/{e}/history", ""),
                    new Route('r', "GET", S + "/entities/{e}/neighbours", ""),
                    new Route(
                            'w',
                            "POST",
                            S + "/facts",
                            "{\"subject\": \"{e}\", \"predicate\": \"{p}\", \"object\":"
                                    + " {\"string\": \"{x} leaves\"}, \"valid\": {\"from\":"
                                    + " \"2020-01-01T00:00:00Z\"}, \"source\": \"{src}\"}"),
                    new Route('r', "GET", S + "/facts/{f}", ""),
                    new Route('r', "GET", S + "/facts/{f}/history", ""),
                    new Route('w', "POST", S + "/facts/" + NOTHING + "/retract", "{}"),
                    new Route('w', "POST", S + "/facts/" + NOTHING + "/correct", "{}"),
                    new Route(
                            'w',
                            "POST",
                            S + "/memories",
                            "{\"id\": \"{m}\", \"text\": \"the {x} sleeps\", \"mentions\":"
                                    + " [\"{e}\"], \"source\": \"{src}\"}"),
                    new Route('r', "GET", S + "/memories/{m}", ""),
                    new Route('w', "POST", S + "/features", "{}"),
                    new Route(
                            'r',
                            "POST",
                            S + "/retrieve",
                            "{\"what\": {\"text\": \"sleeps leaves\"}}"),
                    new Route('r', "POST", S + "/count", "{\"by\": \"predicate\"}"),
                    new Route('r', "POST", S + "/context", "{\"text\": \"who sleeps\"}"),
                    new Route('r', "POST", S + "/gremlin", "{\"gremlin\": \"g.V().valueMap()\"}"),
                    new Route('w', "POST", S + "/imports?format=ndjson", "{\"{x}\": 1}\n"),
                    new Route('w', "GET", S + "/imports", ""),
                    new Route('w', "GET", S + "/imports/{i}", ""),
                    new Route('w', "DELETE", S + "/imports/" + NOTHING, ""),
                    new Route('w', "GET", S + "/imports/{i}/rejected", ""),
                    new Route(
                            'a',
                            "POST",
                            S + "/forget",
                            "{\"entity\": \"{e}\", \"reason\": \"r\", \"dryRun\": true}"),
                    new Route(
                            'a',
                            "POST",
                            S + "/forget/lift",
                            "{\"entity\": \"nobody\", \"reason\": \"r\"}"),
                    new Route('a', "GET", S + "/forgotten", ""),
                    new Route('a', "GET", S + "/export", ""));
}
