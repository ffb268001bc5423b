package dev.palimpsest.api.command;

import dev.palimpsest.api.Entry;
import dev.palimpsest.api.Server;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Serves the store until it is told to stop.
@Command(
        name = "serve",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Serve the store over HTTP until Ctrl-C or SIGTERM: to this machine, without keys, or"
                    + " to others, with keys.",
            "",
            "The API is described on /docs and /openapi.json; /health/ready tells when all that was"
                    + " written before it was started can be found; meanings may take longer, and"
                    + " answers say how many are missing. While it serves, the other commands talk"
                    + " to it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest serve",
            "  palimpsest serve --port 7401 --data /tmp/another",
            "  palimpsest serve --host 0.0.0.0 --tls-certificate chain.pem --tls-key key.pem",
            "  palimpsest serve --host 0.0.0.0 --behind-proxy --host-name store.example.org",
            "  curl http://127.0.0.1:7400/health/ready"
        })
final class ServeCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Usually 7400; 0 takes any that is free.")
    int port = Settings.USUAL_PORT;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "Usually 127.0.0.1. Beyond loopback nobody comes in without a key, and a"
                            + " certificate is needed, or --behind-proxy.")
    String host = "127.0.0.1";

    @Mixin Entry.Flags entry = new Entry.Flags();

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description =
                    "text or json: how warnings and errors are written to standard error, with"
                            + " secrets masked; or PALIMPSEST_LOG_FORMAT.")
    @Nullable String logFormat;

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() throws InterruptedException {
        long begin = System.nanoTime();
        Settings.logFormat(logFormat).use();
        var settings = store.settings(host, port, entry);
        Session.requireNoServerOn(settings);
        try (var server = Server.start(settings, "serve")) {
            if (server.awaitReady()) {
                var took = Duration.ofNanos(System.nanoTime() - begin);
                System.out.println(
                        "palimpsest serves "
                                + settings.data()
                                + " on "
                                + server.url()
                                + " (ready in "
                                + Wording.duration(took)
                                + "; the API: "
                                + server.url()
                                + "/docs; Ctrl-C ends it)");
            }
            server.serve();
        }
        return 0;
    }
}
