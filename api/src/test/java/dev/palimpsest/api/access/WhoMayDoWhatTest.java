package dev.palimpsest.api.access;

import static dev.palimpsest.api.access.Asked.A;
import static dev.palimpsest.api.access.Asked.B;
import static dev.palimpsest.api.access.Asked.NOTHING;
import static dev.palimpsest.api.access.Asked.ROUTES;
import static dev.palimpsest.api.access.Asked.S;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.api.Entry;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.access.Asked.Ids;
import dev.palimpsest.api.access.Asked.Role;
import dev.palimpsest.api.access.Asked.Route;
import dev.palimpsest.api.client.ProblemException;
import dev.palimpsest.api.oidc.TestIssuer;
import dev.palimpsest.api.wire.SpaceBody;
import dev.palimpsest.model.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every role asks every route about its own space and another: what it may is answered, what it
/// may not is not, and nothing of the other space is in any answer.
class WhoMayDoWhatTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private static Path folder;

    private static final TestIssuer ISSUER = new TestIssuer();

    private static KeyedServer server;
    private static final List<Role> ROLES = new ArrayList<>();

    private static Ids a = new Ids("", "");
    private static Ids b = new Ids("", "");

    @BeforeAll
    static void open() throws InterruptedException {
        server = KeyedServer.takingTokensOf(ISSUER, folder);
        a = seed(A);
        b = seed(B);
        var mine = "space-" + A;
        var all = Scope.values();
        ROLES.add(new Role("nobody", "", ""));
        ROLES.add(new Role("reads A", server.key(mine, Scope.READ), "r"));
        ROLES.add(new Role("writes A", server.key(mine, Scope.WRITE), "w"));
        ROLES.add(new Role("admin of A", server.key(mine, Scope.ADMIN), "a"));
        ROLES.add(new Role("everything in A", server.key(mine, all), "rwa"));
        ROLES.add(new Role("reads all", server.key("*", Scope.READ), "R"));
        ROLES.add(new Role("admin of all", server.key("*", Scope.ADMIN), "A"));
        ROLES.add(new Role("approves all", server.key("*", Scope.APPROVE), "-"));
        var words = "openid palimpsest:read palimpsest:write palimpsest:admin";
        ROLES.add(new Role("token that reads A", ISSUER.token("palimpsest:read", mine), "r"));
        ROLES.add(new Role("token for A", ISSUER.token(words, List.of(mine)), "rwa"));
        ROLES.add(new Role("token of an admin", ISSUER.token("palimpsest:admin", "*"), "A"));
        ROLES.add(new Role("token of no space", ISSUER.token(words, List.of()), "-"));
        ROLES.add(new Role("token of no scope", ISSUER.token("openid", "*"), "-"));
        ROLES.add(
                new Role("token for others", ISSUER.token(claims -> claims.audience("other")), ""));
        var soon = Instant.now().plusMillis(20);
        ROLES.add(new Role("expired", server.key("*", Optional.of(soon), all), ""));
        var revoked = server.key("*", all);
        server.keys().revoke(revoked.substring(4, 12));
        ROLES.add(new Role("revoked", revoked, ""));
        var guessed = server.key("*", all);
        ROLES.add(new Role("guesses", guessed.substring(0, 13) + "A".repeat(43), ""));
        Thread.sleep(40);
    }

    @AfterAll
    static void close() {
        server.close();
        ISSUER.close();
    }

    private static Ids seed(String space) throws InterruptedException {
        var ids = new Ids(NOTHING, NOTHING);
        for (var route : ROUTES) {
            if (route.needs() == 'w'
                    && !route.path().contains(NOTHING)
                    && !route.method().equals("GET")) {
                var one = route.in(space, ids);
                server.asRoot(one.method(), one.path(), one.body());
            }
        }
        var facts =
                server.asRoot("GET", ids.in(S + "/entities/{e}/facts?predicate={p}", space), "");
        var jobs = server.asRoot("GET", ids.in(S + "/imports", space), "");
        return new Ids(
                tree(facts).at("/items/0/id").asText(), tree(jobs).at("/items/0/id").asText());
    }

    private static com.fasterxml.jackson.databind.JsonNode tree(HttpResponse<byte[]> reply) {
        try {
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void bothSpacesHoldSomething() {
        for (var route : ROUTES) {
            if (route.needs() == 'r' && route.method().equals("GET")) {
                for (var space : List.of(A, B)) {
                    var one = route.in(space, space.equals(A) ? a : b);
                    var reply = server.asRoot("GET", one.path(), "");
                    assertThat(reply.statusCode()).as(one.path()).isEqualTo(200);
                    if (!one.path().endsWith("neighbours")) {
                        assertThat(text(reply)).as(one.path()).contains(space);
                    }
                }
            }
        }
    }

    @Test
    void everyRouteIsAsked() {
        var asked = new TreeSet<String>();
        ROUTES.forEach(route -> asked.add(route.method() + " " + named(route.path())));
        assertThat(asked).hasSameSizeAs(ROUTES);
        var described = tree(server.asRoot("GET", "/openapi.json", "")).path("paths");
        var there = new TreeSet<String>();
        described
                .properties()
                .forEach(path ->
                        path.getValue()
                                .fieldNames()
                                .forEachRemaining(method -> {
                                    if (!method.equals("parameters")) {
                                        there.add(
                                                method.toUpperCase(Locale.ROOT)
                                                        + " "
                                                        + path.getKey());
                                    }
                                }));
        assertThat(asked).isEqualTo(there);
    }

    /// A path as the description has it.
    private static String named(String path) {
        return path.replaceFirst("\\?.*", "")
                .replace("{s}", "{space}")
                .replace("{e}", "{entity}")
                .replace("{m}", "{memory}")
                .replace("{p}", "{predicate}")
                .replace("{src}", "{source}")
                .replace("{f}", "{fact}")
                .replace("{i}", "{import}")
                .replace("/facts/" + NOTHING, "/facts/{fact}")
                .replace("/imports/" + NOTHING, "/imports/{import}")
                .replaceFirst("/projections/[a-z]+", "/projections/{projection}")
                .replace("aaaaaaaa", "{key}");
    }

    @Test
    void exactlyWhatARoleMayIsAnsweredAndNothingOfTheOtherSpaceIsInIt() {
        var wrong = new ArrayList<String>();
        int asked = 0;
        for (var role : ROLES) {
            for (var route : ROUTES) {
                for (var space : route.isOfSpace() ? List.of(A, B) : List.of(A)) {
                    var one = route.in(space, space.equals(A) ? a : b);
                    var reply = server.send(role.key(), one.method(), one.path(), one.body());
                    check(role, one, space, reply, wrong);
                    asked++;
                }
            }
        }
        assertThat(wrong).as("of %d", asked).isEmpty();
        assertThat(asked).isGreaterThan(900);
    }

    private static void check(
            Role role, Route route, String space, HttpResponse<byte[]> reply, List<String> wrong) {
        int status = reply.statusCode();
        boolean refused = status == 401 || status == 403;
        var what = role.name() + ": " + route.method() + " " + route.path() + " -> " + status;
        if (refused == route.isAllowed(role, space) || status >= 500) {
            wrong.add(what);
        }
        if (refused) {
            boolean isKnown = !role.allowed().isEmpty();
            if (status != (isKnown ? 403 : 401)
                    || isKnown == reply.headers().firstValue("WWW-Authenticate").isPresent()) {
                wrong.add(what + " is refused wrongly");
            }
            if (isKnown
                    && route.path().contains("/spaces/")
                    && !text(reply).contains("for space 'space-" + space + "'")) {
                wrong.add(what + " does not say which space");
            }
        }
        boolean names = route.path().contains("/space-" + B);
        var told = names ? text(reply).replace("space-" + B, "") : text(reply);
        boolean mayHear = role.mayRead(B) || role.allowed().contains("A");
        if (told.contains(B) && (refused || !mayHear)) {
            wrong.add(what + " tells of " + B + ": " + told);
        }
    }

    @Test
    void aSpaceThatIsNotThereIsRefusedAsOneThatIs() {
        var reader = ROLES.get(1);
        var there = server.send(reader.key(), "GET", "/v1/spaces/space-" + B, "");
        var missing = server.send(reader.key(), "GET", "/v1/spaces/space-zorse", "");
        assertThat(text(missing).replace("zorse", B)).isEqualTo(text(there));
        assertThat(missing.statusCode()).isEqualTo(403);
    }

    @Test
    void idsOfAnotherSpaceAreAsUnknownAsIdsOfNone() {
        var reader = ROLES.get(4);
        var none = new Ids("11111111-1111-5111-8111-111111111111", NOTHING);
        for (var route : ROUTES) {
            if (route.isOfSpace() && route.method().equals("GET") && !route.path().equals(S)) {
                var path = route.path().replace("{s}", "space-" + A);
                var foreign = server.send(reader.key(), "GET", b.in(path, B), "");
                var unknown = server.send(reader.key(), "GET", none.in(path, "zorse0"), "");
                assertThat(foreign.statusCode()).as(path).isEqualTo(unknown.statusCode());
                if (path.contains("{")) {
                    assertThat(plain(foreign)).as(path).isEqualTo(plain(unknown));
                }
            }
        }
    }

    private static String plain(HttpResponse<byte[]> reply) {
        return text(reply)
                .replace(b.fact(), "F")
                .replace(b.job(), "I")
                .replace("11111111-1111-5111-8111-111111111111", "F")
                .replace(NOTHING, "I")
                .replace(B, "X")
                .replace("zorse0", "X");
    }

    @Test
    void aCursorOfAnotherSpaceNamesNoPage() {
        var path = "/v1/spaces/space-%s/sources?limit=1";
        server.asRoot("PUT", "/v1/spaces/space-quagga/sources/more", "{\"kind\": \"sensor\"}");
        var page = tree(server.asRoot("GET", path.formatted(B), ""));
        var cursor = page.path("next").asText();
        assertThat(cursor).isNotEmpty();
        var reply =
                server.send(ROLES.get(1).key(), "GET", path.formatted(A) + "&cursor=" + cursor, "");
        assertThat(reply.statusCode()).isEqualTo(422);
    }

    @Test
    void aCommandShowsItsKeyToTheServerThatLives() {
        assertThat(spacesSeenWith(Optional.of(new Settings.Secret(ROLES.get(1).key()))))
                .containsExactly("space-" + A);
        Assertions.assertThatThrownBy(() -> spacesSeenWith(Optional.empty()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(401));
    }

    private static Set<String> spacesSeenWith(Optional<Settings.Secret> key) {
        var settings =
                new Settings(
                        folder,
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Entry.LOCAL,
                        key);
        try (var session = Session.open(settings, "ask")) {
            return session.client()
                    .spaces()
                    .map(SpaceBody::id)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// The body; of a zip all that is in it.
    private static String text(HttpResponse<byte[]> reply) {
        var type = reply.headers().firstValue("Content-Type").orElse("");
        if (!type.equals("application/zip")) {
            return new String(reply.body(), UTF_8);
        }
        try (var zip = new ZipInputStream(new ByteArrayInputStream(reply.body()))) {
            var all = new StringBuilder();
            while (zip.getNextEntry() != null) {
                all.append(new String(zip.readAllBytes(), UTF_8));
            }
            return all.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
