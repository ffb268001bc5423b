package dev.palimpsest.datasets.bench;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.wire.AnswerBody;
import dev.palimpsest.api.wire.WireJson;
import dev.palimpsest.datasets.demo.DemoQuestion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A question of the demo, asked again and again, with what that cost.
final class AskedQuestion {

    private final DemoQuestion question;
    private final byte[] body;
    private Cost cost = new Cost();

    AskedQuestion(DemoQuestion question) {
        this.question = question;
        this.body = question.json().getBytes(StandardCharsets.UTF_8);
    }

    /// What asking so often cost.
    static final class Cost {
        private final Durations wall = new Durations();
        private CpuTime cpu = CpuTime.NONE;
        private Duration asking = Duration.ZERO;

        Durations wall() {
            return wall;
        }

        /// Of store and database.
        CpuTime cpu() {
            return cpu;
        }

        /// CPU time of the thread that asked; in no other figure.
        Duration asking() {
            return asking;
        }

        void add(Cost other) {
            wall.addAll(other.wall);
            cpu = cpu.plus(other.cpu);
            asking = asking.plus(other.asking);
        }
    }

    String words() {
        return question.asks();
    }

    Cost cost() {
        return cost;
    }

    /// Forgets what it cost so far.
    void forget() {
        cost = new Cost();
    }

    /// Asks once and looks at the answer.
    ///
    /// @throws Failure if it is wrong: what it cost would mean nothing
    void requireRight(Exchange exchange, String path) throws IOException {
        var answer =
                WireJson.read(
                        post(exchange, path).getBytes(StandardCharsets.UTF_8), AnswerBody.class);
        var fault = question.fault().apply(answer);
        if (fault.isPresent()) {
            throw Failure.asked("wrong answer to \"" + words() + "\": " + fault.get());
        }
    }

    /// Asks so many times.
    void ask(Exchange exchange, String path, int times) throws IOException {
        var before = CpuTime.now();
        var asking = CpuTime.ofThisThread();
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            post(exchange, path);
            cost.wall.add(System.nanoTime() - begin);
        }
        var asked = CpuTime.ofThisThread().minus(asking);
        cost.asking = cost.asking.plus(asked);
        cost.cpu = cost.cpu.plus(CpuTime.now().since(before).without(asked));
    }

    private String post(Exchange exchange, String path) throws IOException {
        var reply = exchange.post(path, body);
        if (reply.status() != 200) {
            throw Failure.asked(
                    "the answer to \""
                            + words()
                            + "\" was "
                            + reply.status()
                            + ": "
                            + reply.body());
        }
        return reply.body();
    }
}
