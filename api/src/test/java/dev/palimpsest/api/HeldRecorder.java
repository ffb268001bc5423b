package dev.palimpsest.api;

import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Recorder;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A recorder that does what is asked of one space only when it is let go, after so many requests.
final class HeldRecorder implements Recorder {

    private final Recorder recorder;
    private final SpaceId space;
    private final List<Runnable> held = new ArrayList<>();
    private int passing;

    HeldRecorder(Recorder recorder, SpaceId space, int passing) {
        this.recorder = recorder;
        this.space = space;
        this.passing = passing;
    }

    @Override
    public synchronized CompletableFuture<WriteResult> record(WriteRequest request) {
        if (!request.space().equals(space) || passing-- > 0) {
            return recorder.record(request);
        }
        var later = new CompletableFuture<WriteResult>();
        held.add(() -> later.completeAsync(() -> recorder.record(request).join()));
        notifyAll();
        return later;
    }

    /// Waits until something is held.
    synchronized void awaitOne() throws InterruptedException {
        while (held.isEmpty()) {
            wait();
        }
    }

    synchronized void letGo() {
        passing = Integer.MAX_VALUE;
        held.forEach(Runnable::run);
        held.clear();
    }

    @Override
    public CompletableFuture<Forgetting.Report> forget(Forgetting wanted, boolean dryRun) {
        return recorder.forget(wanted, dryRun);
    }

    @Override
    public CompletableFuture<Boolean> lift(Forgetting lifted) {
        return recorder.lift(lifted);
    }

    @Override
    public boolean makeSpace(Space made) {
        return recorder.makeSpace(made);
    }
}
