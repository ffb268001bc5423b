package dev.palimpsest.query.embed;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The native runtime of models, of which a process has one.
final class ModelRuntime {

    /// Room for the longest command line there is; only what is used of it costs anything.
    private static final long DEEP_STACK_BYTES = 1L << 30;

    private ModelRuntime() {}

    /// Started on a thread of its own: the runtime reads this process's command line with a regular
    /// expression that recurses once per character, so that on an ordinary stack a command line of
    /// some 4,000 characters - a long class path, a long question - ends the process.
    static OrtEnvironment started() {
        var made = new FutureTask<>(ModelRuntime::held);
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

    /// When a process is told to end, the runtime gives itself back at once, though threads still
    /// compute in it, and the process dies of that: the library's own shutdown hook waits for
    /// nobody. It counts who holds it, so it is held a second time, as long as the process lives.
    private static OrtEnvironment held() throws ReflectiveOperationException {
        var environment = OrtEnvironment.getEnvironment();
        var api =
                Class.forName(OrtEnvironment.class.getPackageName() + ".OnnxRuntime")
                        .getDeclaredField("ortApiHandle");
        api.setAccessible(true);
        var hold =
                OrtEnvironment.class.getDeclaredMethod(
                        "createHandle", long.class, int.class, String.class);
        hold.setAccessible(true);
        hold.invoke(
                null,
                api.getLong(null),
                OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(),
                OrtEnvironment.DEFAULT_NAME);
        return environment;
    }
}
