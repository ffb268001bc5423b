package dev.palimpsest.datasets.bench;

import dev.palimpsest.api.Failure;
import dev.palimpsest.port.Embedder;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Question;
import dev.palimpsest.question.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Questions of one class, and what they cost. Asked by one platform thread.
final class ClassOfQuestions {

    private static final String PASSING = "passing";

    private final String name;
    private final List<Question> warmUp;
    private final List<Question> asked;
    private final List<Question> explained;
    private final List<Set<String>> answers = new ArrayList<>();
    private final Durations wall = new Durations();
    private final Map<String, Double> steps = new LinkedHashMap<>();
    private Duration program = Duration.ZERO;
    private Duration database = Duration.ZERO;
    private Duration asking = Duration.ZERO;
    private Duration embedding = Duration.ZERO;
    private long hits;
    private long compared;
    private long shared;
    private long expected;
    private long passing;
    private int next;

    /// @param name what their hard part lets pass
    /// @param explained asked once more of the engine only to learn of its steps, so they are
    ///   others
    ClassOfQuestions(
            String name, List<Question> warmUp, List<Question> asked, List<Question> explained) {
        this.name = name;
        this.warmUp = warmUp;
        this.asked = asked;
        this.explained = explained;
    }

    void warmUp(Reader reader) {
        warmUp.forEach(reader::answer);
    }

    /// Asks the next few, until none is left.
    ///
    /// @return whether any is left
    boolean ask(Reader reader, int count) {
        int to = Math.min(next + count, asked.size());
        var found = new ArrayList<Answer>();
        var before = CpuTime.now().database();
        var programBefore = CpuTime.ofThisProgram();
        var askingBefore = CpuTime.ofThisThread();
        for (Question question : asked.subList(next, to)) {
            long begin = System.nanoTime();
            found.add(reader.answer(question));
            wall.add(System.nanoTime() - begin);
        }
        asking = asking.plus(CpuTime.ofThisThread().minus(askingBefore));
        program = program.plus(CpuTime.ofThisProgram().minus(programBefore));
        database = database.plus(CpuTime.now().database().minus(before));
        found.forEach(answer -> {
            hits += answer.hits().size();
            answers.add(ids(answer));
        });
        next = to;
        return next < asked.size();
    }

    /// What embedding their texts alone costs.
    void embed(Embedder embedder) {
        var before = CpuTime.ofThisThread();
        for (Question question : asked) {
            embedder.embed(question.find(What.Text.class).orElseThrow().words());
        }
        embedding = CpuTime.ofThisThread().minus(before);
    }

    void explain(Reader reader) {
        for (Question question : explained) {
            for (var step : reader.answer(question.explained()).explanation()) {
                steps.merge(step.name(), step.milliseconds(), Double::sum);
            }
        }
    }

    /// Compares the first answers with those of a reader that is exact.
    void compare(Reader exact, int count) {
        for (int i = 0; i < Math.min(count, asked.size()); i++) {
            var answer = exact.answer(asked.get(i).explained());
            var right = ids(answer);
            passing +=
                    answer.explanation().stream()
                            .filter(step -> step.name().equals(PASSING))
                            .findFirst()
                            .orElseThrow(() ->
                                    Failure.asked("the exact reader does not say what passes"))
                            .actualRows();
            expected += right.size();
            right.retainAll(answers.get(i));
            shared += right.size();
            compared++;
        }
    }

    private static Set<String> ids(Answer answer) {
        return answer.hits().stream()
                .map(hit -> hit.kind().word() + " " + hit.id())
                .collect(Collectors.toCollection(HashSet::new));
    }

    String name() {
        return name;
    }

    Durations wall() {
        return wall;
    }

    int count() {
        return wall.count();
    }

    CpuTime cpu() {
        return new CpuTime(program, database);
    }

    Duration asking() {
        return asking;
    }

    Duration embedding() {
        return embedding;
    }

    double hitsOfAnAnswer() {
        return (double) hits / Math.max(1, count());
    }

    long compared() {
        return compared;
    }

    /// Of the hits of exact answers, how many the answers had too.
    double recall() {
        return expected == 0 ? 1 : (double) shared / expected;
    }

    long shared() {
        return shared;
    }

    long expected() {
        return expected;
    }

    /// Rows that pass what is hard, on average.
    double passing() {
        return (double) passing / Math.max(1, compared);
    }

    /// Milliseconds of each step, on average over all explained questions.
    Map<String, Double> steps() {
        var means = new LinkedHashMap<String, Double>();
        steps.forEach((name, sum) -> means.put(name, sum / Math.max(1, explained.size())));
        return means;
    }
}
