package dev.palimpsest.api.route;

import dev.palimpsest.api.route.ApiClient.Reply;
import java.util.Map;
import java.util.TreeMap;

/// An answer as it came over the wire.
final class HttpText {

    private HttpText() {}

    /// What a server that closed the connection after its answer said.
    static Reply reply(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || end < 0) {
            throw new IllegalArgumentException("no answer of HTTP: " + text);
        }
        var lines = text.substring(0, end).split("\r\n");
        int status = Integer.parseInt(lines[0].substring(9, 12));
        if (status == 100) {
            return reply(text.substring(end + 4));
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        var type = headers.getOrDefault("Content-Type", "").replaceFirst(";.*", "");
        return new Reply(status, type, text.substring(end + 4), headers);
    }

    /// Whether a request was refused before its path was looked at, as no HTTP or one too large.
    static boolean isUnrouted(Reply reply) {
        return switch (reply.status()) {
            case 400, 431 -> !reply.headers().containsKey("X-Content-Type-Options");
            default -> false;
        };
    }
}
