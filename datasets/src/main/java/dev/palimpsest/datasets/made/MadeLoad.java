package dev.palimpsest.datasets.made;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.command.Progress;
import dev.palimpsest.datasets.made.MadeWorld.Sort;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Embeddings;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.query.embed.Int8;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/// A made world on its way into an empty store, through the write door. The vector of every text is
/// put among the ledger's embeddings before the text is written: the weighted mix of the vectors of
/// the texts it is mixed from with a little noise, so that nothing is embedded by the model.
///
/// After every hundred documents an entity is described anew, a fact is put in other words, and a
/// fact is retracted by everyone, so that the past differs from the present.
public final class MadeLoad {

    /// The space a made world is written to.
    public static final SpaceId SPACE = MadeItems.SPACE;

    /// What was written first was recorded then ...
    static final Instant FIRST_RECORDED = Instant.parse("2025-01-01T00:00:00Z");

    /// ... and each write so much later than the one before.
    static final long SECONDS_BETWEEN = 10;

    private static final int DOCUMENTS_TO_A_CHANGE = 100;
    private static final int REQUESTS_UNDER_WAY = 3;
    private static final double NOISE = .1;
    private static final double LEAST_WEIGHT = .3;

    private final WriteDoor door;
    private final Embeddings embeddings;
    private final String model;
    private final TextVectors vectors;
    private final MadeWorld world;
    private final MadeItems items;
    private final SplittableRandom random;
    private final List<WriteItem> pending = new ArrayList<>();
    private final Map<String, byte[]> pendingVectors = new HashMap<>();
    private final Deque<CompletableFuture<WriteResult>> underWay = new ArrayDeque<>();
    private final Set<Integer> changed = new HashSet<>();
    private long written;
    private long embedded;

    private MadeLoad(
            WriteDoor door,
            Embeddings embeddings,
            String model,
            MadeWorld world,
            List<String> texts,
            TextVectors vectors) {
        this.door = door;
        this.embeddings = embeddings;
        this.model = model;
        this.world = world;
        this.items = new MadeItems(world, texts);
        this.vectors = vectors;
        this.random = new SplittableRandom(world.size());
    }

    /// What was written.
    ///
    /// @param items writes, among them registrations, second sources and changes
    /// @param embedded texts for which a vector was put there
    /// @param lastRecorded when the last of them is said to have been recorded
    public record Done(long items, long embedded, Instant lastRecorded) {}

    /// Writes everything; projections may lie behind afterwards.
    static Done into(
            WriteDoor door,
            Embeddings embeddings,
            String model,
            MadeWorld world,
            List<String> texts,
            TextVectors vectors)
            throws InterruptedException {
        door.makeSpace(new Space(SPACE, false));
        var load = new MadeLoad(door, embeddings, model, world, texts, vectors);
        load.add(new Action.RegisterPredicate(MadeItems.LED_TO));
        try (var progress = Progress.ofItems("writing", world.size(), "documents")) {
            for (int document = 0; document < world.size(); document++) {
                load.add(load.items.of(document), document);
                if (document % DOCUMENTS_TO_A_CHANGE == 0 && document > 2 * world.entities()) {
                    load.change(document);
                }
                progress.step(document + 1L, document + 1L);
            }
        }
        load.flush();
        while (!load.underWay.isEmpty()) {
            load.awaitOne();
        }
        return new Done(load.written, load.embedded, recorded(load.written - 1));
    }

    private void change(int before) throws InterruptedException {
        int entity = random.nextInt(world.entities());
        if (changed.add(entity)) {
            int told = earlier(before, Sort.MEMORY);
            add(items.redescribed(entity, told), mixOfTwo(entity, told));
        }
        int fact = earlier(before, Sort.FACT);
        if (changed.add(fact)) {
            int told = earlier(before, Sort.MEMORY);
            add(items.corrected(fact, told), told);
        }
        int wrong = earlier(before, Sort.FACT);
        if (changed.add(wrong)) {
            add(items.retracted(wrong));
        }
    }

    private int earlier(int before, Sort sort) {
        int found = world.entities() + random.nextInt(before - world.entities());
        while (world.sort(found) != sort) {
            found = found + 1 == before ? world.entities() : found + 1;
        }
        return found;
    }

    private void add(MadeItems.Written document, int number) throws InterruptedException {
        add(document, mix(number));
    }

    private void add(MadeItems.Written document, byte[] vector) throws InterruptedException {
        pendingVectors.put(document.embedded(), vector);
        embedded++;
        for (Action action : document.actions()) {
            add(action);
        }
    }

    private void add(Action action) throws InterruptedException {
        pending.add(new WriteItem(action, Optional.of(recorded(written++))));
        if (pending.size() == WriteRequest.MOST_ITEMS) {
            flush();
        }
    }

    private static Instant recorded(long number) {
        return FIRST_RECORDED.plusSeconds(number * SECONDS_BETWEEN);
    }

    private byte[] mix(int document) {
        return Int8.direction(mixed(document, new SplittableRandom(document)));
    }

    private byte[] mixOfTwo(int one, int other) {
        float[] sum = mixed(one, new SplittableRandom(other));
        float[] more = mixed(other, new SplittableRandom(one));
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
        return Int8.direction(sum);
    }

    private float[] mixed(int document, SplittableRandom own) {
        float[] sum = new float[vectors.dimensions()];
        for (int i = 0; i < MadeWorld.MOST_TEXTS; i++) {
            if (world.text(document, i) != MadeWorld.NONE) {
                vectors.add(world.text(document, i), LEAST_WEIGHT + own.nextDouble(), sum);
            }
        }
        double deviation = NOISE / Math.sqrt(sum.length);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += (float) (deviation * own.nextGaussian());
        }
        return sum;
    }

    private void flush() throws InterruptedException {
        if (pending.isEmpty()) {
            return;
        }
        embeddings.keep(model, pendingVectors);
        pendingVectors.clear();
        while (underWay.size() >= REQUESTS_UNDER_WAY) {
            awaitOne();
        }
        var request = new WriteRequest(SPACE, List.copyOf(pending), false, Optional.empty());
        pending.clear();
        underWay.add(submitted(request));
    }

    /// As soon as the projections let it.
    private CompletableFuture<WriteResult> submitted(WriteRequest request)
            throws InterruptedException {
        while (true) {
            try {
                return door.submit(request);
            } catch (StoreException.Overloaded e) {
                Thread.sleep(e.retryAfter());
            }
        }
    }

    private void awaitOne() {
        for (Outcome outcome : underWay.remove().join().outcomes()) {
            if (outcome instanceof Outcome.Refused(var refusal)) {
                throw Failure.asked(
                        "the store refuses a made document: "
                                + refusal.field()
                                + " "
                                + refusal.rule());
            }
        }
    }
}
