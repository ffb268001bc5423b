package dev.palimpsest.datasets.peers;

import dev.palimpsest.datasets.bench.CpuTime;
import dev.palimpsest.datasets.made.MadeQuestions;
import dev.palimpsest.datasets.made.Selectivity;
import dev.palimpsest.datasets.peers.PlainReading.Passing;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Question;
import dev.palimpsest.question.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The questions of one class of selectivity, as Palimpsest and as peers are asked them, and what
/// is right.
final class AskedClass {

    /// As each system may ask them.
    record Asked(Question ours, PeerQuestion theirs) {}

    private final Selectivity selectivity;
    private final List<Asked> warmUp;
    private final List<Asked> asked;
    private final List<Long> embeddingNanos = new ArrayList<>();
    private final List<Passing> passing = new ArrayList<>();
    private final List<List<String>> exact = new ArrayList<>();
    private Duration embedding = Duration.ZERO;

    AskedClass(
            Selectivity selectivity,
            MadeQuestions made,
            int warmUp,
            int count,
            Translation translation) {
        this.selectivity = selectivity;
        this.warmUp = asked(made.of(selectivity, warmUp).stream(), translation);
        this.asked = asked(made.of(selectivity, count).stream(), translation);
    }

    private static List<Asked> asked(Stream<Question> questions, Translation translation) {
        return questions.map(one -> new Asked(one, translation.of(one))).toList();
    }

    /// Measures what embedding the texts alone costs.
    void embed(Translation translation) {
        var before = CpuTime.ofThisThread();
        for (var one : asked) {
            long begin = System.nanoTime();
            translation.direction(one.ours());
            embeddingNanos.add(System.nanoTime() - begin);
        }
        embedding = CpuTime.ofThisThread().minus(before);
    }

    /// Finds out what is right, for the first questions.
    void judge(PlainReading plain, Reader reader, int count) {
        for (var one : asked.subList(0, Math.min(count, asked.size()))) {
            passing.add(plain.of(one.theirs()));
            exact.add(names(reader.answer(one.ours())));
        }
    }

    /// Kinds and names of the hits.
    static List<String> names(Answer answer) {
        return answer.hits().stream().map(hit -> hit.kind().word() + " " + hit.id()).toList();
    }

    Selectivity selectivity() {
        return selectivity;
    }

    List<Asked> warmUp() {
        return warmUp;
    }

    List<Asked> asked() {
        return asked;
    }

    Duration embedding() {
        return embedding;
    }

    long embeddingNanos(int question) {
        return embeddingNanos.get(question);
    }

    /// How many questions are judged.
    int judged() {
        return passing.size();
    }

    Passing passing(int question) {
        return passing.get(question);
    }

    /// How many of the exact hits are among these.
    int shared(int question, List<String> found) {
        return (int) exact.get(question).stream().filter(found::contains).count();
    }

    int exactHits(int question) {
        return exact.get(question).size();
    }
}
