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
import java.util.List;
import java.util.Map;
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
/// Each text is run by itself. The model's own quantization takes its scale from all that is run at
/// once, so a text run among others would have another vector than alone (cosine at least .98):
/// what is near to what would depend on what happened to be written beside it. It costs 1.11 to
/// 1.25 times the CPU of batches (2,080 conversation turns of 126 characters).
public final class MiniLmEmbedder implements Embedder, AutoCloseable {

    /// Word pieces of one text that are read, the start and the stop piece among them.
    static final int MAX_PIECES = 256;

    private static final int DIMENSIONS = 384;

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

    /// The direction of `text`: the same bytes whenever and among whatever it is asked for.
    @Override
    public byte[] embed(String text) {
        return embedAll(List.of(text)).getFirst();
    }

    /// The directions of `texts`, in their order, each as [#embed] gives it.
    @Override
    public List<byte[]> embedAll(List<String> texts) {
        Lock use = open.readLock();
        use.lock();
        try {
            Loaded model = loaded();
            var vectors = new ArrayList<byte[]>(texts.size());
            for (String text : texts) {
                vectors.add(run(model, text));
            }
            return vectors;
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

    private static byte[] run(Loaded model, String text) throws OrtException {
        long[] pieces =
                IntStream.of(model.tokenizer().pieces(text, MAX_PIECES)).asLongStream().toArray();
        long[] all = new long[pieces.length];
        Arrays.fill(all, 1);
        try (var ids = row(pieces);
                var attention = row(all);
                var types = row(new long[pieces.length]);
                var result =
                        model.session()
                                .run(
                                        Map.of(
                                                "input_ids", ids,
                                                "attention_mask", attention,
                                                "token_type_ids", types))) {
            return Int8.direction(
                    mean(((OnnxTensor) result.get(0)).getFloatBuffer(), pieces.length));
        }
    }

    private static OnnxTensor row(long[] values) throws OrtException {
        return OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                LongBuffer.wrap(values),
                new long[] {1, values.length});
    }

    /// The mean over the states of a text's pieces.
    private static float[] mean(FloatBuffer states, int count) {
        float[] sum = new float[DIMENSIONS];
        for (int state = 0; state < count; state++) {
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
            var session = ModelRuntime.started().createSession(weights.readAllBytes(), options);
            return new Loaded(WordPieceTokenizer.read(vocabulary), session);
        } catch (IOException e) {
            throw new IllegalStateException("the model jar cannot be read", e);
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
