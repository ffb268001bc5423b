package dev.palimpsest.api.route;

import dev.palimpsest.api.access.Guard;
import dev.palimpsest.api.access.Pace;
import dev.palimpsest.api.mcp.McpDoor;
import dev.palimpsest.api.mcp.memory.MemoryServer;
import dev.palimpsest.ingest.source.ItemParser;
import dev.palimpsest.ingest.source.TimeOrderedIds;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP server, open from [#start] until [#close].
public final class HttpDoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);

    private final Javalin server;
    private final Gatekeeper gatekeeper;
    private final List<McpDoor> agents;

    private HttpDoor(Javalin server, Gatekeeper gatekeeper, List<McpDoor> agents) {
        this.server = server;
        this.gatekeeper = gatekeeper;
        this.agents = agents;
    }

    /// Opens the door. Where nobody is asked for a key, only loopback may be listened on.
    ///
    /// @throws IllegalArgumentException if the host is no loopback address, and no key is required
    /// @throws IllegalStateException if a route says nowhere what it needs of a key
    /// @throws PortTaken if somebody else listens there
    public static HttpDoor start(Doors doors, HttpSettings settings) {
        if (!settings.requireKeys()) {
            requireLoopback(settings.host());
        }
        var gatekeeper = new Gatekeeper(settings.answersTo());
        var guard = new Guard(doors.keys(), settings.requireKeys(), settings.tokens());
        var pace = new Pace(settings.requestsPerMinute(), System::nanoTime);
        var doorkeeper = new Doorkeeper(guard, pace, doors.audit());
        var memoryServer = new MemoryServer(doors.ledger(), doors.feed(), doors.writes());
        var agents =
                List.of(
                        new McpDoor(
                                McpDoor.everything(stores(doors)), doors.audit(), doors.meters()),
                        new McpDoor(memoryServer.profile(), doors.audit(), doors.meters()));
        var server =
                Javalin.create(config -> {
                    configure(config, settings);
                    config.jetty.modifyServletContextHandler(handler ->
                            agents.forEach(
                                    door -> McpMount.on(handler, door, gatekeeper, doorkeeper)));
                    config.routes.before(gatekeeper::admit);
                    config.routes.beforeMatched(doorkeeper::admit);
                    config.routes.after(doorkeeper::record);
                    addRoutes(config, doors, memoryServer);
                });
        try {
            var door = new HttpDoor(server, gatekeeper, agents);
            RouteNeeds.requireAll(door.routes());
            server.start();
            return door;
        } catch (JavalinBindException e) {
            agents.forEach(McpDoor::close);
            throw new PortTaken(settings, e);
        } catch (RuntimeException e) {
            agents.forEach(McpDoor::close);
            throw e;
        }
    }

    private static McpDoor.Stores stores(Doors doors) {
        return new McpDoor.Stores(
                doors.ledger(),
                doors.writes(),
                doors.imports(),
                doors.reader(),
                doors.contexts(),
                doors.clock());
    }

    /// The port listened on.
    public int port() {
        return server.port();
    }

    /// What is served, such as `GET /v1/spaces/{space}`.
    Set<String> routes() {
        var routes = new TreeSet<String>();
        for (var handler : server.unsafe.internalRouter.allHttpHandlers()) {
            if (handler.endpoint.method.isHttpMethod()) {
                routes.add(handler.endpoint.method.name() + " " + handler.endpoint.path);
            }
        }
        return routes;
    }

    /// Turns away new requests, lets those under way end, and stops.
    @Override
    public void close() {
        try {
            if (!gatekeeper.close(Limits.LONGEST_GOODBYE)) {
                LOG.warn("requests were still under way after {}", Limits.LONGEST_GOODBYE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        agents.forEach(McpDoor::close);
        server.stop();
    }

    /// Somebody else listens where the door should be.
    public static final class PortTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PortTaken(HttpSettings settings, Throwable cause) {
            super("port " + settings.port() + " of " + settings.host() + " is taken", cause);
        }
    }

    private static void requireLoopback(String host) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new IllegalArgumentException(
                        "host must be a loopback address such as 127.0.0.1 where nobody is asked"
                                + " for a key: "
                                + host);
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host is not known: " + host, e);
        }
    }

    private static void configure(JavalinConfig config, HttpSettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.modifyServer(jetty -> jetty.setErrorHandler(new UnroutedProblems()));
        config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(Limits.LARGEST_HEAD);
            http.setSendServerVersion(false);
            http.setSendDateHeader(true);
        });
        settings.tls()
                .ifPresent(tls ->
                        config.jetty.addConnector(
                                (jetty, http) -> connector(jetty, http, settings, tls)));
    }

    /// Which names the server is called by is looked at by the gatekeeper, whatever the
    /// certificate.
    private static Connector connector(
            Server jetty,
            HttpConfiguration http,
            HttpSettings settings,
            SslContextFactory.Server tls) {
        http.addCustomizer(new SecureRequestCustomizer(false));
        var connector =
                new ServerConnector(
                        jetty,
                        new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()),
                        new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        return connector;
    }

    private static void addRoutes(JavalinConfig config, Doors doors, MemoryServer memoryServer) {
        var routes = config.routes;
        var ids = new TimeOrderedIds(doors.clock(), new SecureRandom());
        var everyday = ItemParser.forWrites(ids);
        var writes = new Writes(doors.writes());
        var lines = new NdjsonWrites(everyday, ItemParser.forImports(ids), writes);
        var health = new HealthRoutes(doors.readiness(), doors.meters());
        routes.before(ctx -> ctx.header("X-Content-Type-Options", "nosniff"));
        routes.after("/v1/spaces/*", new FutureNote(doors.clock())::add);
        new SpaceRoutes(doors.ledger(), doors.writes()).addTo(routes);
        new RegistryRoutes(doors.ledger(), writes).addTo(routes);
        new ItemRoutes(everyday, writes, lines).addTo(routes);
        new ForgetRoutes(doors.ledger(), doors.writes(), doors.tombstones(), doors.imports())
                .addTo(routes);
        new FeatureRoutes(writes).addTo(routes);
        new ImportRoutes(doors.ledger(), doors.imports()).addTo(routes);
        new EntityRoutes(doors.ledger()).addTo(routes);
        new FactRoutes(doors.ledger(), writes).addTo(routes);
        new MemoryRoutes(doors.ledger()).addTo(routes);
        new RetrieveRoutes(doors.reader()).addTo(routes);
        new CountRoutes(doors.counter()).addTo(routes);
        new ContextRoutes(doors.contexts()).addTo(routes);
        new GremlinRoutes(doors.gremlin()).addTo(routes);
        new UpkeepRoutes(doors.upkeep()).addTo(routes);
        new BackupRoutes(doors.backup(), memoryServer).addTo(routes);
        new RestoreRoutes(doors.backup(), doors.imports()).addTo(routes);
        new KeyRoutes(doors.keys(), doors.ledger()).addTo(routes);
        new AuditRoutes(doors.audit().log(), doors.ledger()).addTo(routes);
        new DocumentRoutes(OpenApi.read()).addTo(routes);
        health.addTo(routes);
        Problems.addTo(routes);
        config.requestLogger.http(health::count);
    }
}
