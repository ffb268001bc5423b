package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.ProblemBody;
import dev.palimpsest.api.wire.ProblemKind;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/// Lets in what may come in: requests that call the server by one of its names, that no foreign web
/// page sent, and not too many at once.
///
/// A web page can make a browser post to loopback. It cannot set a JSON content type without asking
/// first (which nobody answers), cannot hide its origin, and one that points its own name here (DNS
/// rebinding) names a foreign host.
final class Gatekeeper {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Set<String> hosts;
    private final Semaphore free = new Semaphore(Limits.MOST_REQUESTS);
    private volatile boolean closing;

    Gatekeeper(Set<String> hosts) {
        this.hosts = hosts;
    }

    /// Before a request is handled. It counts until all of the answer is sent, or its sender is
    /// gone.
    void admit(Context ctx) {
        admit(ctx.req());
    }

    /// Likewise, for what is no route.
    void admit(HttpServletRequest request) {
        requireHost(request);
        requireOrigin(request);
        if (closing || !free.tryAcquire()) {
            var problem =
                    closing
                            ? ProblemBody.of(ProblemKind.UNAVAILABLE, "the server is stopping")
                            : ProblemBody.of(
                                    ProblemKind.OVERLOADED,
                                    "more than "
                                            + Limits.MOST_REQUESTS
                                            + " requests are under way; try again a little later");
            throw new ProblemException(problem, Optional.of(RETRY));
        }
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(request), _ -> free.release());
    }

    /// Turns away what comes from now on and waits for what is under way.
    ///
    /// @return whether all of it ended in time
    boolean close(Duration atMost) throws InterruptedException {
        closing = true;
        return free.tryAcquire(Limits.MOST_REQUESTS, atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// For what is read for long: from any page of this server or none, and never from a foreign
    /// one.
    void requireOurs(HttpServletRequest request) {
        requireHost(request);
        requireOwnOrigin(request);
    }

    private void requireHost(HttpServletRequest request) {
        var host = request.getHeader("Host");
        if (host == null || !hosts.contains(withoutPort(host))) {
            throw ProblemException.of(
                    ProblemKind.FOREIGN_HOST,
                    "the Host header must be one of "
                            + String.join(", ", hosts)
                            + ", with any port: "
                            + host);
        }
    }

    private static void requireOrigin(HttpServletRequest request) {
        if (!isRead(request)) {
            requireOwnOrigin(request);
        }
    }

    private static void requireOwnOrigin(HttpServletRequest request) {
        var origin = request.getHeader("Origin");
        if (origin == null) {
            return;
        }
        var host = String.valueOf(request.getHeader("Host"));
        if (!origin.equalsIgnoreCase("http://" + host)
                && !origin.equalsIgnoreCase("https://" + host)) {
            throw ProblemException.of(
                    ProblemKind.FOREIGN_ORIGIN,
                    "only pages of this server itself may send this; the page came from " + origin);
        }
    }

    private static boolean isRead(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default -> false;
        };
    }

    private static String withoutPort(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        var name = end > 0 ? host.substring(0, end) : host;
        return name.toLowerCase(Locale.ROOT);
    }
}
