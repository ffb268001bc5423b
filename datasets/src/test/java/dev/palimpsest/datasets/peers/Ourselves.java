package dev.palimpsest.datasets.peers;

import dev.palimpsest.datasets.bench.BenchStore;
import dev.palimpsest.datasets.bench.CpuTime;
import dev.palimpsest.datasets.bench.FolderSize;
import dev.palimpsest.datasets.bench.MadeStore.Manifest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Palimpsest, measured as the peers are. What embedding the question's text costs, which peers are
/// spared, is taken off: of CPU and wall time what it takes for the same texts alone.
final class Ourselves {

    private Ourselves() {}

    static Measured measured(BenchStore store, Manifest manifest, List<AskedClass> classes)
            throws IOException {
        var byClass = new LinkedHashMap<AskedClass, Costs>();
        for (var one : classes) {
            one.warmUp().forEach(question -> store.doors().reader().answer(question.ours()));
            byClass.put(one, asked(store, one));
        }
        return new Measured(
                "Palimpsest",
                byClass,
                Duration.ofNanos((long) (manifest.levelSeconds() * 1e9)),
                Duration.ofNanos(
                        (long)
                                ((manifest.programCpuSeconds() + manifest.databaseCpuSeconds())
                                        * 1e9)),
                FolderSize.byPart(store.folder()));
    }

    private static Costs asked(BenchStore store, AskedClass one) {
        var costs = new Costs();
        var reader = store.doors().reader();
        var found = new ArrayList<List<String>>();
        var databaseBefore = CpuTime.now().database();
        var programBefore = CpuTime.ofThisProgram();
        for (int i = 0; i < one.asked().size(); i++) {
            long begin = System.nanoTime();
            var answer = reader.answer(one.asked().get(i).ours());
            costs.took(Math.max(0, System.nanoTime() - begin - one.embeddingNanos(i)));
            found.add(AskedClass.names(answer));
        }
        var program = CpuTime.ofThisProgram().minus(programBefore);
        var database = CpuTime.now().database().minus(databaseBefore);
        costs.used(program.plus(database).minus(one.embedding()));
        var ours = new OurPassing(store.doors().counter(), store.inside().exact());
        for (int i = 0; i < one.judged(); i++) {
            costs.judged(
                    !ours.differences(one.asked().get(i).ours(), one.passing(i)).isEmpty(),
                    one.shared(i, found.get(i)),
                    one.exactHits(i));
        }
        return costs;
    }
}
