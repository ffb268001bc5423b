package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.OpenLedger.SPACE;
import static dev.palimpsest.relational.commit.OpenLedger.fact;
import static dev.palimpsest.relational.commit.OpenLedger.says;
import static dev.palimpsest.relational.commit.OpenLedger.since;
import static dev.palimpsest.relational.commit.OpenLedger.years;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.SourceId;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// After made-up histories of three sources one is forgotten: of the past remains just what others
/// said at the time of what was believed then, and now is believed what follows from the others.
class ForgetSourceHistoryTest {

    private static final List<String> PREDICATES = List.of("ceo", "likes", "name");
    private static final List<String> SOURCES = List.of("us", "web", "gone");
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2008;
    private static final int WRITES = 60;

    private final OpenLedger ledger = new OpenLedger();

    @AfterEach
    void close() {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void theRestIsAsIfTheRuleHadOnlyTheRest(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        ledger.registerFunctional("ceo");
        for (int i = 0; i < WRITES; i++) {
            ledger.write(random.nextInt(5) == 0 ? retraction(random) : saying(random));
        }
        long last = Long.parseLong(ledger.row("select last_position from ledger"));
        var before = new TreeMap<Long, List<String>>();
        for (long position = 1; position <= last; position++) {
            before.put(position, believed(position));
        }
        ledger.write(says("elsewhere", "likes", "x", since(2000), "gone"));
        ledger.recorder
                .forget(
                        new Forgetting(
                                SPACE,
                                new Forgetting.Target.OfSource(new SourceId("gone")),
                                "seed " + seed),
                        false)
                .join();

        for (var then : before.entrySet()) {
            var said = said(then.getKey());
            assertThat(believed(then.getKey()))
                    .as("seed %d, position %d", seed, then.getKey())
                    .containsExactlyElementsOf(
                            then.getValue().stream().filter(said::contains).toList());
        }
        assertThat(believed(last + 2)).as("seed %d, now", seed).isEqualTo(byTheRule(last + 2));
        assertThat(
                        ledger.rows(
                                """
                                select e.id, count(*) filter (where until_position > 1000000)
                                from entity e left join profile p on p.entity = e.node
                                group by e.id
                                having count(*) filter (where until_position > 1000000) <> 1
                                """))
                .isEmpty();
    }

    private static WriteItem saying(RandomGenerator random) {
        int from = random.nextInt(FIRST_YEAR, LAST_YEAR);
        var valid =
                random.nextInt(3) == 0
                        ? since(from)
                        : years(from, random.nextInt(from + 1, LAST_YEAR + 1));
        return says(
                "s" + random.nextInt(2),
                pick(PREDICATES, random),
                "o" + random.nextInt(3),
                valid,
                pick(SOURCES, random));
    }

    private static WriteItem retraction(RandomGenerator random) {
        return WriteItem.now(
                new Action.RetractFact(
                        new Retraction(
                                fact(
                                        "s" + random.nextInt(2),
                                        pick(PREDICATES, random),
                                        "o" + random.nextInt(3)),
                                Optional.of(years(2002, 2005)),
                                Optional.of(new SourceId(pick(SOURCES, random))),
                                "made up")));
    }

    private static String pick(List<String> from, RandomGenerator random) {
        return from.get(random.nextInt(from.size()));
    }

    /// What is believed at a position: subject, predicate, object, and each year it holds in.
    private List<String> believed(long position) {
        return points("fact_version", position);
    }

    /// What anyone says at a position, likewise.
    private List<String> said(long position) {
        return points("assertion", position);
    }

    private List<String> points(String table, long position) {
        return ledger.rows(
                """
                select distinct e.id, p.name, v.object, y
                from %s v join entity e on e.node = v.subject
                join predicate p on p.no = v.predicate
                join generate_series(2000, 2008) y
                  on v.valid_from <= extract(epoch from make_timestamptz(y, 7, 1, 0, 0, 0)) * 1000000
                 and v.valid_until > extract(epoch from make_timestamptz(y, 7, 1, 0, 0, 0)) * 1000000
                where v.from_position <= ? and ? < v.until_position and e.id <> 'elsewhere'
                order by 1, 2, 4, 3
                """
                        .formatted(table),
                position,
                position);
    }

    /// Of what is said: each year of a functional predicate has what was said last.
    private List<String> byTheRule(long position) {
        var last =
                ledger.rows(
                        """
                        select distinct on (e.id, p.name, y, case when p.functional then '' else v.object end)
                               e.id, p.name, v.object, y
                        from assertion v join entity e on e.node = v.subject
                        join predicate p on p.no = v.predicate
                        join generate_series(2000, 2008) y
                          on v.valid_from <= extract(epoch from make_timestamptz(y, 7, 1, 0, 0, 0)) * 1000000
                         and v.valid_until > extract(epoch from make_timestamptz(y, 7, 1, 0, 0, 0)) * 1000000
                        where v.from_position <= ? and ? < v.until_position and e.id <> 'elsewhere'
                        order by e.id, p.name, y,
                                 case when p.functional then '' else v.object end, v.said desc
                        """,
                        position,
                        position);
        return new ArrayList<>(last);
    }
}
