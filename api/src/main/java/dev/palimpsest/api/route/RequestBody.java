package dev.palimpsest.api.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.wire.ProblemBody;
import dev.palimpsest.api.wire.ProblemKind;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.StrictJson;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The body of a request: bounded, and JSON or nothing.
final class RequestBody {

    static final String JSON = "application/json";
    static final String NDJSON = "application/x-ndjson";

    private static final Pattern CHARSET =
            Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\\s;\"]*)");

    private static final List<String> OF_FORMS =
            List.of("text/plain", "multipart/form-data", "application/x-www-form-urlencoded");

    private static final int CHUNK = 64 * 1024;

    private RequestBody() {}

    /// The one JSON value of the body.
    static JsonNode json(Context ctx, int largest) throws IOException {
        return parse(bytes(ctx, largest));
    }

    /// The bytes of a JSON body, not yet looked at.
    static byte[] bytes(Context ctx, int largest) throws IOException {
        requireType(ctx, JSON);
        if (ctx.req().getContentLengthLong() > largest) {
            throw tooLarge(ctx, largest);
        }
        byte[] bytes = ctx.req().getInputStream().readNBytes(largest + 1);
        if (bytes.length > largest) {
            throw tooLarge(ctx, largest);
        }
        return bytes;
    }

    static JsonNode parse(byte[] bytes) {
        try {
            return StrictJson.read(bytes);
        } catch (InvalidField e) {
            throw ProblemException.of(ProblemBody.of(ProblemKind.NOT_JSON, e.field(), e.rule()));
        }
    }

    static boolean isNdjson(Context ctx) {
        return NDJSON.equals(mediaType(ctx));
    }

    /// The lines of an NDJSON body, as they come.
    static InputStream lines(Context ctx) throws IOException {
        requireType(ctx, NDJSON);
        return ctx.req().getInputStream();
    }

    /// The bytes of a body of any type but those a form of a web page can send without asking.
    static UploadedData data(Context ctx, long largest) throws IOException {
        var type = mediaType(ctx);
        if (type.isEmpty() || OF_FORMS.contains(type)) {
            throw unread(
                    ctx,
                    ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type must be application/octet-stream or that of the data, but none of "
                            + String.join(", ", OF_FORMS)
                            + ": "
                            + typeSaid(ctx));
        }
        return new UploadedData(ctx, largest);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static void requireType(Context ctx, String wanted) throws IOException {
        if (!wanted.equals(mediaType(ctx))) {
            throw unread(
                    ctx,
                    ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type must be " + wanted + ": " + typeSaid(ctx));
        }
        var charset = CHARSET.matcher(String.valueOf(ctx.header("Content-Type")));
        if (charset.find() && !charset.group(1).equalsIgnoreCase("utf-8")) {
            throw unread(
                    ctx,
                    ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                    "JSON is sent in UTF-8, not in " + charset.group(1));
        }
        var encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unread(
                    ctx,
                    ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Encoding is not taken; send the body as it is: " + encoding);
        }
    }

    private static String typeSaid(Context ctx) {
        var type = ctx.header("Content-Type");
        return type == null ? "none was sent" : type;
    }

    private static String mediaType(Context ctx) {
        var type = ctx.header("Content-Type");
        if (type == null) {
            return "";
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static ProblemException tooLarge(Context ctx, int largest) throws IOException {
        return unread(
                ctx,
                ProblemKind.TOO_LARGE,
                "this body has at most " + largest + " bytes; send less at once, or NDJSON");
    }

    /// A problem with a body that is not looked at, but read to its end if that is not far: closing
    /// on bytes that were sent and not read resets the connection, and who sends first and listens
    /// then never hears the answer. Who asks before sending is told at once.
    private static ProblemException unread(Context ctx, ProblemKind kind, String detail)
            throws IOException {
        if (!asksBefore(ctx)) {
            throwAway(ctx.req().getInputStream());
        }
        return ProblemException.of(kind, detail);
    }

    /// Whether the body is sent only when it is begun to be read.
    static boolean asksBefore(Context ctx) {
        return ctx.header("Expect") != null;
    }

    /// Reads to the end, if that is not far.
    static void throwAway(InputStream in) throws IOException {
        var thrownAway = new byte[CHUNK];
        int left = Limits.MOST_THROWN_AWAY;
        int read = 0;
        while (read >= 0 && left > 0) {
            read = in.read(thrownAway, 0, Math.min(CHUNK, left));
            left -= Math.max(0, read);
        }
    }
}
