package dev.palimpsest.api.client;

import dev.palimpsest.api.tls.PinnedTrust;
import dev.palimpsest.api.wire.AuditBody;
import dev.palimpsest.api.wire.FindingBody;
import dev.palimpsest.api.wire.KeyBody;
import dev.palimpsest.api.wire.NewKeyBody;
import dev.palimpsest.api.wire.ProjectionBody;
import dev.palimpsest.api.wire.ProjectionsBody;
import dev.palimpsest.api.wire.ReadinessBody;
import dev.palimpsest.api.wire.SpaceBody;
import dev.palimpsest.api.wire.TakenInBody;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// Talks to one server: what concerns the whole store is asked here, what concerns one space of its
/// [SpaceClient]. Answers are the records that the server writes. Safe for use by many threads.
///
/// Each method throws [ProblemException] if the server does not do what it is asked, or does not
/// answer. Of an answer that says more than is known here, the rest is left out.
public final class Client implements AutoCloseable {

    /// Where the audit log is.
    public static final String AUDIT = "/v1/audit";

    private static final String KEYS = "/v1/keys";
    private static final String PROJECTIONS = "/v1/projections";

    /// The body of what is asked by its path alone.
    private static final Map<String, String> NOTHING = Map.of();

    private final JsonHttp http;

    /// @param base such as `http://127.0.0.1:7400`
    public Client(URI base) {
        this(base, Optional.empty());
    }

    /// @param key to be shown with every request
    public Client(URI base, Optional<String> key) {
        this(new JsonHttp(base, key, Optional.empty()));
    }

    /// Talks to a server that shows one of the certificates in a file, and to no other.
    ///
    /// @param base such as `https://127.0.0.1:7400`
    /// @param certificates PEM
    public static Client overTls(URI base, Optional<String> key, Path certificates) {
        return new Client(new JsonHttp(base, key, Optional.of(PinnedTrust.context(certificates))));
    }

    private Client(JsonHttp http) {
        this.http = http;
    }

    /// The door for what has no method here, and for whoever wants an answer as it was sent.
    public JsonHttp http() {
        return http;
    }

    public URI base() {
        return http.base();
    }

    /// What it shows with every request, to be shown by others who ask the same server.
    public Optional<String> authorization() {
        return http.authorization();
    }

    /// Whom it trusts over TLS, for the same.
    public Optional<SSLContext> tls() {
        return http.tls();
    }

    /// Has `listener` told, line by line, why a request has to be made again and again.
    public void whenWaiting(Consumer<String> listener) {
        http.whenWaiting(listener);
    }

    /// The space of that name, there or not.
    public SpaceClient space(String id) {
        return new SpaceClient(http, id);
    }

    /// Those that may be read.
    public Stream<SpaceBody> spaces() {
        return http.list("/v1/spaces", SpaceBody.class);
    }

    /// Whether the server can answer, part by part; status 503 while it cannot.
    public ReadinessBody readiness() {
        return http.get("/health/ready", ReadinessBody.class);
    }

    /// Makes a key; its text is in this answer and in no other.
    public KeyBody makeKey(NewKeyBody key) {
        return http.post(KEYS, key, KeyBody.class);
    }

    /// All that were ever made.
    public Stream<KeyBody> keys() {
        return http.list(KEYS, KeyBody.class);
    }

    /// From now on it lets nobody in.
    public KeyBody revokeKey(String id) {
        return http.delete(KEYS + "/" + segment(id), KeyBody.class);
    }

    /// The rows of the audit log, the oldest first.
    public Stream<AuditBody> audit() {
        return http.list(AUDIT, AuditBody.class);
    }

    /// Works out the hash of every row of the audit log anew.
    public AuditBody.VerifiedBody verifyAudit() {
        return http.post(AUDIT + "/verify", NOTHING, AuditBody.VerifiedBody.class);
    }

    public List<ProjectionBody> projections() {
        return http.get(PROJECTIONS, ProjectionsBody.class).items();
    }

    /// Compares a projection with the ledger, row by row.
    public FindingBody verify(String projection) {
        return http.post(
                PROJECTIONS + "/" + segment(projection) + "/verify", NOTHING, FindingBody.class);
    }

    /// Begins to make a projection anew; [#projections] tells when it follows again.
    ///
    /// @return how all of them are
    public List<ProjectionBody> rebuild(String projection) {
        return http.post(
                        PROJECTIONS + "/" + segment(projection) + "/rebuild",
                        NOTHING,
                        ProjectionsBody.class)
                .items();
    }

    /// Gets the whole ledger into a file.
    public void backup(Path file) throws IOException {
        http.download("/v1/backup", file);
    }

    /// Takes in a space that was exported, under the name it has.
    public TakenInBody takeIn(Path archive) {
        return http.postFile("/v1/restore", archive, TakenInBody.class);
    }

    /// `text` as one segment of a path, or a value of a query.
    public static String segment(String text) {
        return JsonHttp.segment(text);
    }

    @Override
    public void close() {
        http.close();
    }
}
