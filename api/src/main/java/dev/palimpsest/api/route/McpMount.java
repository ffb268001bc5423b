package dev.palimpsest.api.route;

import dev.palimpsest.api.access.Refused;
import dev.palimpsest.api.access.TooOften;
import dev.palimpsest.api.mcp.McpDoor;
import dev.palimpsest.api.wire.WireJson;
import dev.palimpsest.port.StoreException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/// Mounts the door of agents beside the routes: it streams, which routes do not.
final class McpMount {

    private McpMount() {}

    static void on(
            ServletContextHandler handler,
            McpDoor door,
            Gatekeeper gatekeeper,
            Doorkeeper doorkeeper) {
        var servlet = new ServletHolder(door.path(), door.servlet());
        servlet.setAsyncSupported(true);
        handler.addServlet(servlet, door.path());
        var filter = new FilterHolder(new Gate(gatekeeper, doorkeeper));
        filter.setAsyncSupported(true);
        handler.addFilter(filter, door.path(), EnumSet.of(DispatcherType.REQUEST));
    }

    /// What holds for routes holds here. A stream of events is read for as long as a session lives,
    /// so it does not count as under way. A session belongs to the key that began it.
    private static final class Gate extends HttpFilter {

        private static final long serialVersionUID = 1L;

        private final transient Gatekeeper gatekeeper;
        private final transient Doorkeeper doorkeeper;
        private final transient SessionOwners owners = new SessionOwners();

        Gate(Gatekeeper gatekeeper, Doorkeeper doorkeeper) {
            this.gatekeeper = gatekeeper;
            this.doorkeeper = doorkeeper;
        }

        @Override
        protected void doFilter(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            try {
                if (request.getMethod().equals("GET")) {
                    gatekeeper.requireOurs(request);
                } else {
                    gatekeeper.admit(request);
                }
                var principal = doorkeeper.identify(request);
                request.setAttribute(McpDoor.PRINCIPAL, principal);
                response.setHeader("X-Content-Type-Options", "nosniff");
                chain.doFilter(request, owners.admit(request, response, principal));
            } catch (Refused e) {
                Problems.challenge(response, e);
                doorkeeper.recordRefused(request, Problems.of(e).problem().status());
                answer(response, Problems.of(e));
            } catch (TooOften e) {
                doorkeeper.recordRefused(request, Problems.of(e).problem().status());
                answer(response, Problems.of(e));
            } catch (StoreException e) {
                answer(response, Problems.of(e));
            } catch (ProblemException e) {
                answer(response, e);
            }
        }

        private static void answer(HttpServletResponse response, ProblemException failure)
                throws IOException {
            Problems.headers(failure).forEach(response::setHeader);
            response.setStatus(failure.problem().status());
            response.setContentType(Problems.CONTENT_TYPE);
            response.getOutputStream().write(WireJson.write(failure.problem()));
        }
    }
}
