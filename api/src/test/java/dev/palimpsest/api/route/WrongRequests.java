package dev.palimpsest.api.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Requests made of openapi.yaml that are wrong in one way each, and the same again for the same
/// seed.
final class WrongRequests {

    /// In which way a request is wrong.
    enum Kind {
        VALUE,
        BROKEN_TEXT,
        EMPTY,
        MEDIA_TYPE,
        METHOD,
        PATH,
        QUERY,
        AUTHORIZATION,
        HEADER
    }

    private static final List<String> ODD_PARTS =
            List.of(
                    "%00",
                    "%ff%fe",
                    "..%2f..",
                    "%2e%2e",
                    "a%2Fb",
                    "%20",
                    "%F0%9F%98%80",
                    "%E2%80%AE",
                    ";x=y",
                    "%ED%A0%80",
                    "%zz",
                    "%",
                    "'",
                    "%22",
                    "%3Cscript%3E",
                    "*",
                    "-",
                    "0",
                    "A",
                    "00000000-0000-0000-0000-000000000000",
                    "g0000000-0000-0000-0000-000000000000",
                    "%E0%80%AF",
                    "a".repeat(64),
                    "a".repeat(201),
                    "a".repeat(6_000),
                    "nobody",
                    "");

    private static final List<String> ODD_VALUES =
            List.of(
                    "",
                    "%00",
                    "%",
                    "%zz",
                    "%ff",
                    "%ED%A0%80",
                    "0",
                    "-1",
                    "1001",
                    "99999999999",
                    "1.5",
                    "1e3",
                    "0x10",
                    "true",
                    "TRUE",
                    "yes",
                    "null",
                    "2020-01-01",
                    "2020-13-01T00:00:00Z",
                    "-9999-01-01T00:00:00Z",
                    "9999-12-31T23:59:59.999999Z",
                    "%2B999999999-12-31T23:59:59Z",
                    "%F0%9F%98%80",
                    "%E2%80%AE",
                    "a".repeat(3_000),
                    "AAAA",
                    "AAAAAAA%3D",
                    "____",
                    "{}",
                    "%7B%22a%22%3A1%7D",
                    "%5B%5B%5B",
                    "'",
                    "csv",
                    "embedded",
                    "%20",
                    "a%0d%0aX-Evil:1");

    private static final List<String> TYPES =
            List.of(
                    "",
                    "text/plain",
                    "application/xml",
                    "application/json; charset=utf-16",
                    "application/json; charset=\"",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/problem+json",
                    "application/octet-stream",
                    "application/x-ndjson",
                    "json",
                    ";",
                    "application/json;charset=no-such",
                    "a".repeat(2_000));

    private final DescribedApi api = new DescribedApi();
    private final List<DescribedApi.Operation> operations;
    private final Map<String, String> known;
    private final String key;
    private final String otherKey;

    /// @param known a good value for each parameter of a path
    /// @param key one that may do everything
    /// @param otherKey one of another space
    WrongRequests(Map<String, String> known, String key, String otherKey) {
        this.known = known;
        this.key = key;
        this.otherKey = otherKey;
        this.operations =
                api.operations().stream()
                        .map(name -> name.split(" "))
                        .map(parts -> api.find(parts[0], parts[1]).orElseThrow())
                        .toList();
    }

    /// A request, and what is wrong with it.
    ///
    /// @param operation what it is meant for
    /// @param body as its bytes are, one character each
    record Wrong(
            Kind kind,
            DescribedApi.Operation operation,
            String method,
            String target,
            Map<String, String> headers,
            String body) {

        String text() {
            var text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
            headers.forEach(
                    (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
            return text.append("\r\n").append(body).toString();
        }

        String bodyText() {
            return new String(body.getBytes(ISO_8859_1), UTF_8);
        }
    }

    /// The request of that number.
    Wrong of(long seed, int number) {
        var random = new Random(seed * 1_000_003 + number);
        var operation = operations.get(random.nextInt(operations.size()));
        var wrong = new WrongValues(api::resolved, random);
        var content = operation.node().path("requestBody").path("content");
        boolean hasBody = !content.isEmpty();
        var kind = wrong.any(List.of(Kind.values()));
        if (hasBody ? random.nextInt(3) > 0 : !isOfAny(kind)) {
            kind = hasBody ? Kind.VALUE : wrong.any(List.of(Kind.PATH, Kind.QUERY));
        }
        return new Making(random, wrong, operation, content).of(kind);
    }

    private static boolean isOfAny(Kind kind) {
        return switch (kind) {
            case METHOD, PATH, QUERY, AUTHORIZATION, HEADER -> true;
            default -> false;
        };
    }

    /// One request being made.
    private final class Making {

        private final Random random;
        private final WrongValues wrong;
        private final DescribedApi.Operation operation;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final JsonNode content;
        private final String type;
        private String method;

        Making(
                Random random,
                WrongValues wrong,
                DescribedApi.Operation operation,
                JsonNode content) {
            this.random = random;
            this.wrong = wrong;
            this.operation = operation;
            this.content = content;
            this.method = operation.method();
            List<String> types = new ArrayList<>();
            content.fieldNames().forEachRemaining(types::add);
            this.type = types.isEmpty() ? "" : wrong.any(types);
            headers.put("Host", "localhost");
            headers.put("Connection", "close");
            headers.put("Authorization", "Bearer " + key);
            if (!type.isEmpty()) {
                headers.put("Content-Type", type);
            }
        }

        Wrong of(Kind kind) {
            String body = content.isEmpty() ? "" : good();
            var path = path(kind == Kind.PATH);
            var query = kind == Kind.QUERY ? "?" + query() : "";
            switch (kind) {
                case VALUE -> body = wrongValue();
                case BROKEN_TEXT -> body = broken(body);
                case EMPTY -> body = "";
                case MEDIA_TYPE -> headers.put("Content-Type", wrong.any(TYPES));
                case METHOD ->
                        method =
                                wrong.any(
                                        List.of(
                                                "GET", "PUT", "POST", "DELETE", "PATCH", "HEAD",
                                                "OPTIONS", "TRACE", "BREW", "get"));
                case AUTHORIZATION -> headers.put("Authorization", authorization());
                case HEADER -> header();
                default -> {}
            }
            if (!body.isEmpty() || !content.isEmpty()) {
                headers.put("Content-Length", Integer.toString(body.length()));
            }
            return new Wrong(kind, operation, method, path + query, headers, body);
        }

        private String path(boolean odd) {
            var parts = new ArrayList<>(List.of(operation.path().split("/", -1)));
            List<Integer> named = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).startsWith("{")) {
                    named.add(i);
                    var name = parts.get(i).substring(1, parts.get(i).length() - 1);
                    parts.set(i, known.getOrDefault(name, "unknown"));
                }
            }
            if (odd) {
                int at =
                        named.isEmpty() || random.nextInt(8) == 0
                                ? random.nextInt(1, parts.size())
                                : wrong.any(named);
                parts.set(at, wrong.any(ODD_PARTS));
            }
            return String.join("/", parts);
        }

        private String query() {
            List<String> names = new ArrayList<>(api.queryParameters(operation));
            names.sort(null);
            names.add("nonesuch");
            var name = wrong.any(names);
            var one = name + "=" + wrong.any(ODD_VALUES);
            return switch (random.nextInt(8)) {
                case 0 -> one + "&" + name + "=" + wrong.any(ODD_VALUES);
                case 1 -> "&&=&" + one;
                case 2 -> name;
                case 3 -> URLEncoder.encode(wrong.any(WrongValues.STRANGE_TEXTS), UTF_8) + "=1";
                default -> one;
            };
        }

        private String authorization() {
            return wrong.any(
                    List.of(
                            "",
                            "Bearer",
                            "Bearer ",
                            "Bearer x",
                            "Basic YTpi",
                            "Bearer " + key + "x",
                            key,
                            "Bearer " + key.substring(0, 13) + "A".repeat(43),
                            "Bearer pal_aaaaaaaa_" + "A".repeat(43),
                            "Bearer \u00FF\u00FE",
                            "Bearer " + "a".repeat(20_000),
                            "Bearer " + key + ", Bearer " + key,
                            isOfNoSpace() ? "" : "Bearer " + otherKey,
                            "Bearer eyJhbGciOiJub25lIn0.e30."));
        }

        /// Whether it answers whoever has a key at all, with what that key may read.
        private boolean isOfNoSpace() {
            return operation.path().equals("/v1/spaces");
        }

        private void header() {
            var name =
                    wrong.any(
                            List.of(
                                    "Idempotency-Key",
                                    "Content-Encoding",
                                    "Origin",
                                    "Host",
                                    "Accept",
                                    "Expect",
                                    "Content-Length",
                                    "Transfer-Encoding",
                                    "Range",
                                    "If-Match"));
            headers.put(
                    name,
                    wrong.any(
                            List.of(
                                    "",
                                    "x".repeat(201),
                                    "gzip",
                                    "http://evil.example",
                                    "evil.example",
                                    "100-continue",
                                    "identity",
                                    "\u00E9\u00FF",
                                    "bytes=0-1",
                                    "a b",
                                    "%00")));
        }

        private String good() {
            var one = content.path(type);
            List<JsonNode> examples = new ArrayList<>();
            one.path("examples").forEach(example -> examples.add(example.path("value")));
            examples.removeIf(example -> example.has("everything"));
            if (examples.isEmpty()) {
                return type.contains("octet")
                        ? utf8("{\"entity\": {\"id\": \"e\", \"source\": \"s\"}}\n")
                        : "{}";
            }
            var example = wrong.any(examples);
            return utf8(example.isTextual() ? example.textValue() : example.toString());
        }

        private String wrongValue() {
            var schema = content.path(type).path("schema");
            var text = new String(good().getBytes(ISO_8859_1), UTF_8);
            if (!type.equals("application/json")) { // lines
                var lines = new ArrayList<>(text.lines().toList());
                int at = random.nextInt(lines.size());
                lines.set(at, wrong.broken(ApiClient.tree(lines.get(at)), schema));
                return utf8(String.join("\n", lines));
            }
            return utf8(wrong.broken(ApiClient.tree(text), schema));
        }

        /// JSON that is none, or bytes that are no text.
        private String broken(String body) {
            int at = body.isEmpty() ? 0 : random.nextInt(body.length());
            return switch (random.nextInt(10)) {
                case 0 -> body.substring(0, at);
                case 1 -> body.substring(0, at) + (char) random.nextInt(256) + body.substring(at);
                case 2 -> body.substring(0, at) + body.substring(Math.min(at + 1, body.length()));
                case 3 -> body + body;
                case 4 -> body.replace("{", "{\"a\":1,\"a\":1,");
                case 5 -> body.replace('"', '\'');
                case 6 -> new String(body.getBytes(UTF_16), ISO_8859_1);
                case 7 -> body.replaceFirst(":", ":NaN,//\n");
                case 8 -> body.substring(0, at) + "\u00C3(\u00ED\u00A0\u0080" + body.substring(at);
                default -> "\u001f\u008b\u0008" + body;
            };
        }

        private static String utf8(String text) {
            return new String(text.getBytes(UTF_8), ISO_8859_1);
        }
    }
}
