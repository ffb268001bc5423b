package dev.palimpsest.api.route;

import dev.palimpsest.api.mcp.McpDoor;
import dev.palimpsest.api.wire.WireJson;
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

    static void on(ServletContextHandler handler, McpDoor door, Gatekeeper gatekeeper) {
        var servlet = new ServletHolder("mcp", door.servlet());
        servlet.setAsyncSupported(true);
        handler.addServlet(servlet, McpDoor.PATH);
        var filter = new FilterHolder(new Gate(gatekeeper));
        filter.setAsyncSupported(true);
        handler.addFilter(filter, McpDoor.PATH, EnumSet.of(DispatcherType.REQUEST));
    }

    /// What holds for routes holds here. A stream of events is read for as long as a session lives,
    /// so it does not count as under way.
    private static final class Gate extends HttpFilter {

        private static final long serialVersionUID = 1L;

        private final transient Gatekeeper gatekeeper;

        Gate(Gatekeeper gatekeeper) {
            this.gatekeeper = gatekeeper;
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
            } catch (ProblemException e) {
                response.setStatus(e.problem().status());
                response.setContentType(Problems.CONTENT_TYPE);
                response.getOutputStream().write(WireJson.write(e.problem()));
                return;
            }
            response.setHeader("X-Content-Type-Options", "nosniff");
            chain.doFilter(request, response);
        }
    }
}
