package dev.palimpsest.api.route;

import static java.util.Map.entry;

import dev.palimpsest.api.access.Need;
import dev.palimpsest.model.Scope;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What each route needs of a key. A route that is not here cannot be served.
final class RouteNeeds {

    private static final Need NOTHING = new Need.Nothing();
    private static final Need ANY_KEY = new Need.AnyKey();
    private static final Need READ = new Need.InSpace(Scope.READ);
    private static final Need WRITE = new Need.InSpace(Scope.WRITE);
    private static final Need ADMIN = new Need.InSpace(Scope.ADMIN);
    private static final Need READ_ALL = new Need.Everywhere(Scope.READ);
    private static final Need ADMIN_ALL = new Need.Everywhere(Scope.ADMIN);

    private static final String SPACE = "/v1/spaces/{space}";

    private static final Map<String, Need> OF =
            Map.ofEntries(
                    entry("GET /", NOTHING),
                    entry("GET /docs", NOTHING),
                    entry("GET /openapi.json", NOTHING),
                    entry("GET /health/live", NOTHING),
                    entry("GET /health/ready", NOTHING),
                    // how much is done, and how fast, in all spaces together
                    entry("GET /metrics", READ_ALL),
                    entry("GET /v1/projections", READ_ALL),
                    entry("POST /v1/projections/{projection}/verify", ADMIN_ALL),
                    entry("POST /v1/projections/{projection}/rebuild", ADMIN_ALL),
                    entry("GET /v1/backup", ADMIN_ALL),
                    // while a space is taken in nobody else writes
                    entry("POST /v1/restore", ADMIN_ALL),
                    entry("GET /v1/audit", ADMIN_ALL),
                    entry("POST /v1/audit/verify", ADMIN_ALL),
                    entry("GET /v1/keys", ADMIN_ALL),
                    entry("POST /v1/keys", ADMIN_ALL),
                    entry("DELETE /v1/keys/{key}", ADMIN_ALL),
                    // lists those that the key may read
                    entry("GET /v1/spaces", ANY_KEY),
                    entry("GET " + SPACE, READ),
                    // who may write in a space may make it
                    entry("PUT " + SPACE, WRITE),
                    entry("GET " + SPACE + "/predicates", READ),
                    entry("GET " + SPACE + "/predicates/{predicate}", READ),
                    entry("PUT " + SPACE + "/predicates/{predicate}", WRITE),
                    entry("GET " + SPACE + "/sources", READ),
                    entry("GET " + SPACE + "/sources/{source}", READ),
                    entry("PUT " + SPACE + "/sources/{source}", WRITE),
                    entry("GET " + SPACE + "/entities", READ),
                    entry("POST " + SPACE + "/entities", WRITE),
                    entry("GET " + SPACE + "/entities/{entity}", READ),
                    entry("GET " + SPACE + "/entities/{entity}/facts", READ),
                    entry("GET " + SPACE + "/entities/{entity}/history", READ),
                    entry("GET " + SPACE + "/entities/{entity}/neighbours", READ),
                    entry("POST " + SPACE + "/facts", WRITE),
                    entry("GET " + SPACE + "/facts/{fact}", READ),
                    entry("GET " + SPACE + "/facts/{fact}/history", READ),
                    entry("POST " + SPACE + "/facts/{fact}/retract", WRITE),
                    entry("POST " + SPACE + "/facts/{fact}/correct", WRITE),
                    entry("POST " + SPACE + "/memories", WRITE),
                    entry("GET " + SPACE + "/memories/{memory}", READ),
                    entry("POST " + SPACE + "/features", WRITE),
                    entry("POST " + SPACE + "/retrieve", READ),
                    entry("POST " + SPACE + "/count", READ),
                    entry("POST " + SPACE + "/context", READ),
                    entry("POST " + SPACE + "/gremlin", READ),
                    // whoever sends data sees what becomes of it, with no right to read the space
                    entry("POST " + SPACE + "/imports", WRITE),
                    entry("GET " + SPACE + "/imports", WRITE),
                    entry("GET " + SPACE + "/imports/{import}", WRITE),
                    entry("DELETE " + SPACE + "/imports/{import}", WRITE),
                    entry("GET " + SPACE + "/imports/{import}/rejected", WRITE),
                    // what cannot be undone, and what takes all there is out at once
                    entry("POST " + SPACE + "/forget", ADMIN),
                    entry("POST " + SPACE + "/forget/lift", ADMIN),
                    entry("GET " + SPACE + "/forgotten", ADMIN),
                    entry("GET " + SPACE + "/export", ADMIN));

    private RouteNeeds() {}

    /// @param route such as `GET /v1/spaces`
    /// @throws IllegalStateException if it says nowhere what it needs
    static Need of(String route) {
        var need = OF.get(route);
        if (need == null) {
            throw new IllegalStateException("no need of a key is declared for " + route);
        }
        return need;
    }

    /// All routes that are declared.
    static Set<String> routes() {
        return new TreeSet<>(OF.keySet());
    }

    /// @throws IllegalStateException if one of them is not declared, or one that is declared is not
    ///   there
    static void requireAll(Set<String> routes) {
        routes.forEach(RouteNeeds::of);
        if (!routes.containsAll(OF.keySet())) {
            var missing = routes();
            missing.removeAll(routes);
            throw new IllegalStateException("declared, but not served: " + missing);
        }
    }
}
