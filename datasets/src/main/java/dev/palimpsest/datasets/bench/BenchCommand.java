package dev.palimpsest.datasets.bench;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.command.AddedCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Measures this program on this machine.
@Command(
        name = "bench",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchQuestions.class,
            Bench4d.class,
            BenchTemporal.class,
            BenchWrites.class,
            BenchCrash.class,
            BenchLatency.class,
            BenchAirRoutes.class,
            BenchWalks.class,
            BenchRetrieval.class,
            BenchQa.class,
            BenchPeers.class
        },
        description = {
            "Measure this program on this machine.",
            "",
            "Store, database and clients share the machine; where it can be told apart, what the"
                    + " clients cost is left out. Figures of CPU time stand better than those of"
                    + " wall time: other work on the machine disturbs them less."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest bench questions",
            "  palimpsest bench temporal --folder bench/temporal",
            "  palimpsest bench 4d",
            "  palimpsest bench write --clients 256 --seconds 60",
            "  palimpsest bench crash --kills 100",
            "  palimpsest bench latency --documents 100000 --texts bench --cache /var/tmp/made",
            "  palimpsest bench air-routes --folder air-routes",
            "  palimpsest bench retrieval --folder bench",
            "  palimpsest bench retrieval --longmemeval longmemeval_s.json --questions 50",
            "  palimpsest bench qa --folder bench --model-url http://127.0.0.1:8080/v1/chat/completions",
            "  palimpsest bench peers --documents 100000 --texts bench --cache /var/tmp/made"
        })
public final class BenchCommand implements AddedCommand {

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(System.err);
        return Failure.UNTRIED;
    }
}
