package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.ProblemKind;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The bytes of a body that may be long, as they come. Who asks before sending is told to send when
/// the first of them are read, and not before.
final class UploadedData extends InputStream {

    private final Context ctx;
    private final long largest;
    private Optional<InputStream> body = Optional.empty();
    private long read;

    UploadedData(Context ctx, long largest) {
        this.ctx = ctx;
        this.largest = largest;
    }

    /// @throws ProblemException if the body says so itself
    void requireNotTooLarge() {
        if (ctx.req().getContentLengthLong() > largest) {
            throw tooLarge();
        }
    }

    @Override
    public int read() throws IOException {
        int next = body().read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = body().read(into, offset, length);
        count(Math.max(0, count));
        return count;
    }

    private InputStream body() throws IOException {
        var in = body.isPresent() ? body.get() : ctx.req().getInputStream();
        body = Optional.of(in);
        return in;
    }

    private void count(int more) {
        read += more;
        if (read > largest) {
            throw tooLarge();
        }
    }

    private ProblemException tooLarge() {
        return ProblemException.of(
                ProblemKind.TOO_LARGE,
                "data have at most " + largest + " bytes; send them in parts");
    }

    /// Reads what is left, if that is not far, so that whoever sends it hears why it is refused.
    void throwAwayRest() throws IOException {
        if (body.isPresent() || !RequestBody.asksBefore(ctx)) {
            RequestBody.throwAway(body());
        }
    }
}
