package dev.palimpsest.api.route;

import dev.palimpsest.api.access.Principal;
import dev.palimpsest.api.wire.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.LinkedHashMap;
import java.util.Map;

/// Whose the sessions of agents are. Whoever names one that another began, or that nobody knows any
/// more, is told that there is none; its client then begins another.
final class SessionOwners {

    private static final String HEADER = "Mcp-Session-Id";

    /// Of more sessions, those that were used last stay.
    private static final int MOST_SESSIONS = 10_000;

    private final Map<String, String> owners =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > MOST_SESSIONS;
                }
            };

    /// @return the response to go on with: a session that begins in it belongs to `principal`,
    ///   before anybody hears of it
    /// @throws ProblemException if the request names a session that is not theirs
    HttpServletResponse admit(
            HttpServletRequest request, HttpServletResponse response, Principal principal) {
        var session = request.getHeader(HEADER);
        if (session != null && !isOwnedBy(session, principal)) {
            throw ProblemException.of(
                    ProblemKind.NOT_FOUND,
                    "this key has no session of that " + HEADER + "; begin another");
        }
        return new Watched(response, principal);
    }

    private synchronized boolean isOwnedBy(String session, Principal principal) {
        return principal.id().equals(owners.get(session));
    }

    private synchronized void begin(String session, Principal principal) {
        owners.putIfAbsent(session, principal.id());
    }

    private final class Watched extends HttpServletResponseWrapper {

        private final Principal principal;

        Watched(HttpServletResponse response, Principal principal) {
            super(response);
            this.principal = principal;
        }

        @Override
        public void setHeader(String name, String value) {
            watch(name, value);
            super.setHeader(name, value);
        }

        @Override
        public void addHeader(String name, String value) {
            watch(name, value);
            super.addHeader(name, value);
        }

        private void watch(String name, String value) {
            if (name.equalsIgnoreCase(HEADER)) {
                begin(value, principal);
            }
        }
    }
}
