package dev.palimpsest.query.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The sentence model all-MiniLM-L6-v2, quantized, run in this process. Safe for use by many
/// threads, which share one session; each call runs on its caller's thread.
///
/// The model is read at the first text, not at construction, so that a start that embeds nothing
/// does not pay for it. Only the first [#MAX_PIECES] word pieces of a text count.
///
/// A vector is a direction, not a length: its largest component is 127 or -127, so vectors are to
/// be compared by cosine. With the unit vector times 127 the components of this model would use
/// only a sixth of a byte's range: of the ten nearest by floats, 98.2 % stayed among the ten
/// nearest, and 99.7 % with this scale (3,300 conversation turns).
///
/// The model's own quantization looks at a whole batch at once, so a text embedded among others may
/// differ slightly (cosine at least .98) from the same text embedded alone.
public final class MiniLmEmbedder implements Embedder, AutoCloseable {

    /// Word pieces of one text that are read, the start and the stop piece among them.
    static final int MAX_PIECES = 256;

    /// Word pieces, padding included, that one run of the model gets.
    private static final int BATCH_PIECES = 256;

    private static final int DIMENSIONS = 384;

    /// Room for the longest command line there is; only what is used of it costs anything.
    private static final long DEEP_STACK_BYTES = 1L << 30;

    private static final String MODEL_FILE = "/all-minilm-l6-v2-q.onnx";
    private static final String VOCABULARY_FILE = "/all-minilm-l6-v2-q-tokenizer.json";

    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private final Object loading = new Object();
    private volatile @Nullable Loaded loaded;
    private boolean closed;

    @Override
    public String model() {
        return "all-minilm-l6-v2-q";
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    /// The direction of `text`, embedded alone: the same bytes whenever it is asked for.
    @Override
    public byte[] embed(String text) {
        return embedAll(List.of(text)).getFirst();
    }

    /// The directions of `texts`, in their order. Texts of like length are run together.
    @Override
    public List<byte[]> embedAll(List<String> texts) {
        Lock use = open.readLock();
        use.lock();
        try {
            return run(loaded(), texts);
        } catch (OrtException e) {
            throw new StoreException.Unavailable("the model " + model() + " could not be run", e);
        } finally {
            use.unlock();
        }
    }

    /// Gives the model's memory back. Waits for calls that are under way; later ones fail.
    @Override
    public void close() {
        Lock alone = open.writeLock();
        alone.lock();
        try {
            closed = true;
            Loaded current = loaded;
            loaded = null;
            if (current != null) {
                current.session().close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the model " + model() + " could not be closed", e);
        } finally {
            alone.unlock();
        }
    }

    private List<byte[]> run(Loaded model, List<String> texts) throws OrtException {
        int[][] pieces =
                texts.stream()
                        .map(text -> model.tokenizer().pieces(text, MAX_PIECES))
                        .toArray(int[][]::new);
        int[] byLength =
                IntStream.range(0, pieces.length)
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> pieces[i].length))
                        .mapToInt(i -> i)
                        .toArray();
        byte[][] vectors = new byte[pieces.length][];
        for (int from = 0; from < byLength.length; ) {
            int to = from + 1;
            while (to < byLength.length
                    && (to + 1 - from) * pieces[byLength[to]].length <= BATCH_PIECES) {
                to++;
            }
            runBatch(model.session(), pieces, Arrays.copyOfRange(byLength, from, to), vectors);
            from = to;
        }
        return new ArrayList<>(Arrays.asList(vectors));
    }

    /// Runs the texts that `rows` names, the longest last, and puts their vectors where they
    /// belong.
    private static void runBatch(OrtSession session, int[][] pieces, int[] rows, byte[][] vectors)
            throws OrtException {
        int width = pieces[rows[rows.length - 1]].length;
        long[] shape = {rows.length, width};
        long[] numbers = new long[rows.length * width];
        long[] mask = new long[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            int[] own = pieces[rows[row]];
            for (int i = 0; i < own.length; i++) {
                numbers[row * width + i] = own[i];
                mask[row * width + i] = 1;
            }
        }
        var environment = OrtEnvironment.getEnvironment();
        try (var ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers), shape);
                var attention = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                var types =
                        OnnxTensor.createTensor(
                                environment, LongBuffer.wrap(new long[mask.length]), shape);
                var result =
                        session.run(
                                Map.of(
                                        "input_ids", ids,
                                        "attention_mask", attention,
                                        "token_type_ids", types))) {
            FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
            for (int row = 0; row < rows.length; row++) {
                float[] mean = mean(states, row * width, pieces[rows[row]].length);
                vectors[rows[row]] = Int8.direction(mean);
            }
        }
    }

    /// The mean over the states of one text's own pieces; padding does not count.
    private static float[] mean(FloatBuffer states, int firstState, int count) {
        float[] sum = new float[DIMENSIONS];
        for (int state = firstState; state < firstState + count; state++) {
            for (int i = 0; i < DIMENSIONS; i++) {
                sum[i] += states.get(state * DIMENSIONS + i);
            }
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            sum[i] /= count;
        }
        return sum;
    }

    private Loaded loaded() throws OrtException {
        if (closed) {
            throw new IllegalStateException("the model " + model() + " is closed");
        }
        Loaded current = loaded;
        if (current == null) {
            synchronized (loading) {
                current = loaded;
                if (current == null) {
                    current = load();
                    loaded = current;
                }
            }
        }
        return current;
    }

    private static Loaded load() throws OrtException {
        try (InputStream vocabulary = resource(VOCABULARY_FILE);
                InputStream weights = resource(MODEL_FILE);
                var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            var session = environment().createSession(weights.readAllBytes(), options);
            return new Loaded(WordPieceTokenizer.read(vocabulary), session);
        } catch (IOException e) {
            throw new IllegalStateException("the model jar cannot be read", e);
        }
    }

    /// Made on a thread of its own: the runtime reads this process's command line with a regular
    /// expression that recurses once per character, so that on an ordinary stack a command line of
    /// some 4,000 characters - a long class path, a long question - ends the process.
    private static OrtEnvironment environment() {
        var made = new FutureTask<>(OrtEnvironment::getEnvironment);
        new Thread(null, made, "onnx-start", DEEP_STACK_BYTES).start();
        try {
            return made.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the model's runtime could not be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the runtime started", e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = MiniLmEmbedder.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("no " + name + " on the class path");
        }
        return in;
    }

    private record Loaded(WordPieceTokenizer tokenizer, OrtSession session) {}
}
