package dev.palimpsest.api;

import dev.palimpsest.api.DataFolder.Holder;
import dev.palimpsest.api.client.Client;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// A command's way to the store: the server that lives on the data folder, else one of its own that
/// lives as long as the session. Either way the command sees a client.
public final class Session implements AutoCloseable {

    /// The commands that serve, and so answer others.
    private static final Set<String> SERVERS = Set.of("serve", "demo", "mcp");

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Client client;
    private final Optional<Server> own;

    private Session(Client client, Optional<Server> own) {
        this.client = client;
        this.own = own;
    }

    /// Opens a session for `command` with the store that lies in the data folder.
    ///
    /// @throws Failure if there is none, and then nothing is touched; if another command holds the
    ///   folder, or it cannot be opened
    public static Session open(Settings settings, String command) {
        DataFolder.requireStore(settings.data());
        return openOrMake(settings, command);
    }

    /// The same, with a store that is made if there is none.
    public static Session openOrMake(Settings settings, String command) {
        var url = serverOn(settings);
        if (url.isPresent()) {
            return new Session(clientOf(url.get(), settings), Optional.empty());
        }
        var server = Server.start(settings, command);
        if (!server.awaitReady()) {
            server.close();
            throw Failure.asked("the database ended while it was opened; its log is in the folder");
        }
        return new Session(new Client(server.url()), Optional.of(server));
    }

    /// Talks to the server that lives on the data folder, with our key if there is one.
    public static Client clientOf(URI url, Settings settings) {
        var shown = settings.key().map(Settings.Secret::text);
        return url.getScheme().equals("https")
                ? Client.overTls(url, shown, DataFolder.certificate(settings.data()))
                : new Client(url, shown);
    }

    public Client client() {
        return client;
    }

    /// Whether the server lives only as long as this session.
    public boolean isOwn() {
        return own.isPresent();
    }

    /// The server that lives on the data folder; one that is starting is waited for.
    public static Optional<URI> serverOn(Settings settings) {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        boolean told = false;
        while (true) {
            var holder = DataFolder.holder(settings.data());
            var url = holder.flatMap(Holder::url);
            boolean isStarting =
                    url.isEmpty() && holder.map(one -> isServer(one.command())).orElse(false);
            if (!isStarting || System.nanoTime() > deadline) {
                return url;
            }
            if (!told) {
                System.err.println("palimpsest: waiting for " + holder.get() + " to start");
                told = true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /// Refuses to go on if a server lives on the data folder, and says which, at once.
    public static void requireNoServerOn(Settings settings) {
        DataFolder.holder(settings.data())
                .filter(holder -> isServer(holder.command()))
                .ifPresent(holder -> {
                    throw Failure.untried(
                            settings.data()
                                    + " is served already by process "
                                    + holder.pid()
                                    + holder.url()
                                            .map(url -> ", on " + url)
                                            .orElse(", which is still starting"));
                });
    }

    static boolean isServer(String command) {
        return SERVERS.contains(command);
    }

    /// Whether a command lives long enough, or is there, to go on with imports that were under way.
    static boolean goesOnWithImports(String command) {
        return isServer(command) || command.equals("ingest");
    }

    @Override
    public void close() {
        client.close();
        own.ifPresent(Server::close);
    }
}
