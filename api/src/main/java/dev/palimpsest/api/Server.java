package dev.palimpsest.api;

import dev.palimpsest.api.oidc.OidcTokens;
import dev.palimpsest.api.route.HttpDoor;
import dev.palimpsest.api.route.HttpSettings;
import dev.palimpsest.api.tls.ServerTls;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A store that is open, with its HTTP door.
public final class Server implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration BETWEEN_BEATS = Duration.ofMillis(500);

    private final Opened opened;
    private final Palimpsest palimpsest;
    private final URI url;
    private final Thread onEnd;
    private volatile boolean ending;

    private Server(Opened opened, Palimpsest palimpsest, URI url) {
        this.opened = opened;
        this.palimpsest = palimpsest;
        this.url = url;
        this.onEnd = Thread.ofPlatform().name("close").unstarted(this::end);
        Runtime.getRuntime().addShutdownHook(onEnd);
    }

    /// Takes the data folder and opens everything in it. Projections may still have to catch up:
    /// see [#awaitReady].
    ///
    /// @param command for others who want the folder, such as `serve`
    /// @throws Failure if the folder or the port is taken, the certificate cannot be shown, or
    ///   something cannot be opened
    public static Server start(Settings settings, String command) {
        requireFree(settings);
        var opened = new Opened();
        try {
            var tls = tls(settings);
            var folder = opened.keep(DataFolder.take(settings.data(), command));
            var palimpsest = opened.keep(Palimpsest.open(folder, settings));
            var tokens = tokens(settings).map(opened::keep);
            var door = opened.keep(open(palimpsest, settings, tokens, tls));
            tls.map(opened::keep).ifPresent(shown -> shown.watch(folder::certify));
            if (Session.goesOnWithImports(command)) {
                palimpsest.doors().imports().resume();
            }
            var scheme = tls.isPresent() ? "https://" : "http://";
            var url = URI.create(scheme + inUrl(settings.host()) + ":" + door.port());
            return new Server(opened, palimpsest, announced(folder, command, url));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    public URI url() {
        return url;
    }

    public Palimpsest palimpsest() {
        return palimpsest;
    }

    /// Waits until everything that was known at the start can be found.
    ///
    /// @return false if the database ended meanwhile, or the process was told to
    public boolean awaitReady() {
        while (isLiving()) {
            if (palimpsest.readiness().isReady()) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    /// Serves until the process is told to end.
    ///
    /// @throws Failure if the database ends first
    public void serve() throws InterruptedException {
        while (isLiving()) {
            Thread.sleep(BETWEEN_BEATS);
        }
        if (ending) {
            return;
        }
        throw Failure.asked(
                "the database ended by itself; nothing that was acknowledged is lost: start again."
                        + " Its log is "
                        + palimpsest.databaseLog());
    }

    private boolean isLiving() {
        return !ending && palimpsest.isAlive();
    }

    /// Closes everything, the last opened first. After a signal that has begun already.
    @Override
    public void close() {
        opened.close();
        if (ending) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onEnd);
        } catch (IllegalStateException e) {
            LOG.debug("the process ends just now, and the hook finds nothing left to close", e);
        }
    }

    private void end() {
        ending = true;
        opened.close();
    }

    /// Only a server tells others where it is; what a command opens for itself is its own.
    private static URI announced(DataFolder folder, String command, URI url) {
        if (Session.isServer(command)) {
            folder.announce(url);
        }
        return url;
    }

    private static Optional<ServerTls> tls(Settings settings) {
        return settings.entry().tls().map(files -> ServerTls.of(files, InstantSource.system()));
    }

    private static Optional<OidcTokens> tokens(Settings settings) {
        return settings.entry()
                .issuer()
                .map(issuer -> new OidcTokens(issuer, InstantSource.system()));
    }

    private static HttpDoor open(
            Palimpsest palimpsest,
            Settings settings,
            Optional<OidcTokens> tokens,
            Optional<ServerTls> tls) {
        var names = new HashSet<>(settings.entry().hostNames());
        tls.ifPresent(shown -> names.addAll(shown.names()));
        try {
            return HttpDoor.start(
                    palimpsest.doors(),
                    new HttpSettings(
                            settings.host(),
                            settings.port(),
                            names,
                            settings.entry().requireKeys(),
                            tokens.map(one -> one),
                            settings.entry().requestsPerMinute(),
                            tls.map(ServerTls::factory)));
        } catch (HttpDoor.PortTaken e) {
            throw portTaken(settings, e);
        }
    }

    /// Looks before everything is opened: a port that is taken is said at once.
    private static void requireFree(Settings settings) {
        if (settings.port() == 0) {
            return;
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
        } catch (BindException e) {
            throw String.valueOf(e.getMessage()).contains("Permission denied")
                    ? notAllowed(settings, e)
                    : portTaken(settings, e);
        } catch (IOException e) {
            throw Failure.untried(
                    "cannot listen on port " + settings.port() + ": " + e.getMessage(), e);
        }
    }

    private static Failure notAllowed(Settings settings, Exception cause) {
        return Failure.untried(
                "you are not allowed to listen on port "
                        + settings.port()
                        + "; choose one from 1024 on with --port",
                cause);
    }

    private static Failure portTaken(Settings settings, Exception cause) {
        return Failure.untried(
                "port "
                        + settings.port()
                        + " of "
                        + settings.host()
                        + " is taken; end what listens there, or choose another with --port",
                cause);
    }

    /// Where this machine itself finds it.
    private static String inUrl(String host) {
        var address =
                switch (host) {
                    case "0.0.0.0" -> "127.0.0.1";
                    case "::" -> "::1";
                    default -> host;
                };
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
