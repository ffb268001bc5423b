package dev.palimpsest.datasets.peers;

import dev.palimpsest.space.GeoPoint;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Questions as Cypher, each one statement.
///
/// Where a stretch of time is asked for, few rows pass: they are found first, and all of them are
/// judged; up to [#KEYED] of them are named to the full-text index, beyond that the indexes of
/// words and meaning are asked for more than is wanted, the latter with the time filtered in the
/// index. Otherwise nearly all pass, and the best by each soft constraint are found first.
record Cypher(String text, Map<String, Object> values) {

    /// At most so many rows are named to the full-text index; Lucene allows 1,024 clauses.
    private static final int KEYED = 900;

    /// How many of the best are looked at where not all of them pass.
    private static final int LOOKED_AT = 1_000;

    /// The Earth is larger for Neo4j.
    private static final double METRES_OF_KM = 6_378_140 / GeoPoint.EARTH_RADIUS_KM;

    /// Within this share of the half-distance the nearest are looked for.
    private static final double NEAR = .1;

    private static final double MICROS_OF_ALL_TIME = 3_653 * 86_400e6;

    /// How much fuller a region in which something lies is than the Earth on the mean, about.
    private static final double CLUSTERED = 10;

    Cypher {
        values = Map.copyOf(values);
    }

    static Cypher best(PeerQuestion question) {
        String found =
                question.during().isPresent() ? passing(question) + few(question) : many(question);
        return new Cypher("CYPHER 25\n" + found + judged(question), values(question));
    }

    static Cypher passing(PeerQuestion question, String result) {
        return new Cypher("CYPHER 25\n" + passing(question) + result, values(question));
    }

    private static Map<String, Object> values(PeerQuestion question) {
        Map<String, Object> values = new HashMap<>();
        values.put("known", question.knownAt());
        values.put("latitude", question.centre().latitude());
        values.put("longitude", question.centre().longitude());
        values.put("metres", question.kilometres() * METRES_OF_KM);
        values.put("reference", question.reference());
        values.put("words", lucene(question.text()));
        values.put(
                "vector",
                IntStream.range(0, question.direction().dimensions())
                        .mapToObj(i -> (int) question.direction().component(i))
                        .toList());
        question.during()
                .ifPresent(during -> {
                    values.put("from", during.fromMicros());
                    values.put("until", during.untilMicros());
                });
        question.around().ifPresent(half -> values.put("half", half * METRES_OF_KM));
        question.near()
                .ifPresent(near -> {
                    values.put("near", near.micros());
                    values.put("halfSeconds", near.halfSeconds());
                });
        question.chain().ifPresent(chain -> values.put("start", chain.start()));
        return values;
    }

    /// Any of the words, in names at half the weight.
    private static String lucene(String text) {
        String words =
                Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .collect(Collectors.joining(" "));
        return "text:(" + words + ") names:(" + words + ")^0.5";
    }

    private static final String CENTRE = "point({latitude: $latitude, longitude: $longitude})";

    private static String away(String node) {
        return "point.distance(" + node + ".point, " + CENTRE + ")";
    }

    private static String visible(String node) {
        return "%1$s.recFrom <= $known AND %1$s.recUntil > $known".formatted(node);
    }

    private static String inTime(PeerQuestion question, String node) {
        return question.during().isPresent()
                ? " AND %1$s.validFrom >= $from AND %1$s.validFrom < $until AND %1$s.validUntil <= $until"
                        .formatted(node)
                : "";
    }

    private static String inRegion(PeerQuestion question, String node) {
        return question.hasRegion() ? " AND " + away(node) + " <= $metres" : "";
    }

    /// Whether a place fact counts for the time the question is about.
    private static String place(PeerQuestion question) {
        return visible("p")
                + (question.during().isPresent()
                        ? " AND p.validFrom < $until AND p.validUntil > $from"
                        : " AND p.validFrom <= $reference AND p.validUntil > $reference")
                + inRegion(question, "p");
    }

    /// Everything that passes as `passing`, a list.
    private static String passing(PeerQuestion question) {
        return (question.chain().isPresent() ? onChains(question) : inside(question))
                + """
                WITH d, min(away) AS away, max(strength) AS strength, min(links) AS links
                WITH collect({d: d, away: away, strength: strength, links: links}) AS passing
                """;
    }

    private static String inside(PeerQuestion question) {
        return """
        CALL () {
          MATCH (d:Memory)%7$s WHERE %1$s%2$s%3$s
          RETURN d, %4$s AS away, 1.0 AS strength, 0 AS links
          UNION ALL
          MATCH (p:Place) WHERE %5$s
          MATCH (p)-[:AT]->(e:Entity)
          WITH e, min(%6$s) AS away
          MATCH (e)<-[:OF|SUBJECT]-(d:Doc) WHERE %1$s%2$s
          RETURN d, away, 1.0 AS strength, 0 AS links
        }
        """
                .formatted(
                        visible("d"),
                        inTime(question, "d"),
                        inRegion(question, "d"),
                        away("d"),
                        place(question),
                        away("p"),
                        index(question));
    }

    /// Which index finds memories: the planner guesses alike of all values, but what lies in a
    /// region that is a small part of the Earth is told apart from what lies in a long time.
    private static String index(PeerQuestion question) {
        if (question.during().isEmpty()) {
            return "";
        }
        var during = question.during().get();
        double ofTime = (double) (during.untilMicros() - during.fromMicros()) / MICROS_OF_ALL_TIME;
        double half = Math.sin(question.kilometres() / GeoPoint.EARTH_RADIUS_KM / 2);
        double ofEarth = Math.min(1, CLUSTERED * half * half);
        return ofTime < ofEarth
                ? " USING RANGE INDEX d:Memory(validFrom)"
                : " USING POINT INDEX d:Memory(point)";
    }

    /// Every chain from the start, then what is on its far end.
    private static String onChains(PeerQuestion question) {
        var chain = question.chain().orElseThrow();
        return """
        MATCH (s:Entity {number: $start})
        CALL (s) {
          MATCH path = (s)%1$s(e:Entity)
          WHERE all(r IN relationships(path) WHERE %2$s)
          WITH e, path, [n IN nodes(path) | [(n)<-[:OF]-(o:Profile) WHERE %3$s | o.validFrom][0]] AS begins
          WHERE all(i IN range(1, length(path))
            WHERE begins[i - 1] %4$s begins[i] AND NOT nodes(path)[i] IN nodes(path)[0..i])
          RETURN e, last(relationships(path)).no AS no, length(path) AS links,
            reduce(product = 1.0, r IN relationships(path) | product * r.strength) AS strength
        }
        WITH collect({e: e, no: no, strength: strength, links: links}) AS walks
        CALL (walks) {
          UNWIND walks AS w
          WITH w ORDER BY w.strength DESC, w.links
          WITH w.e AS e, head(collect(w)) AS w
          MATCH (e)<-[:MENTIONS]-(d:Memory) WHERE %5$s%6$s%7$s
          RETURN d, %8$s AS away, w.strength AS strength, w.links AS links
          UNION ALL
          UNWIND walks AS w
          WITH w ORDER BY w.strength DESC, w.links
          WITH w.e AS e, head(collect(w)) AS w
          MATCH (e)<-[:OF]-(d:Profile) WHERE %5$s%6$s
          MATCH (e)<-[:AT]-(p:Place) WHERE %9$s
          RETURN d, %10$s AS away, w.strength AS strength, w.links AS links
          UNION ALL
          UNWIND walks AS w
          WITH w ORDER BY w.strength DESC, w.links
          WITH w.no AS no, head(collect(w)) AS w
          MATCH (d:Fact {no: no}) WHERE %5$s%6$s
          MATCH (d)-[:SUBJECT]->(:Entity)<-[:AT]-(p:Place) WHERE %9$s
          RETURN d, %10$s AS away, w.strength AS strength, w.links AS links
        }
        WITH d, away, strength, links ORDER BY strength DESC, links
        WITH d, min(away) AS away, head(collect({strength: strength, links: links})) AS best
        WITH d, away, best.strength AS strength, best.links AS links
        """
                .formatted(
                        chain.forwards()
                                ? "-[:LED_TO*1.." + chain.hops() + "]->"
                                : "<-[:LED_TO*1.." + chain.hops() + "]-",
                        visible("r"),
                        visible("o"),
                        chain.forwards() ? "<=" : ">=",
                        visible("d"),
                        inTime(question, "d"),
                        inRegion(question, "d"),
                        away("d"),
                        place(question),
                        away("p"));
    }

    /// Judges all that passes.
    private static String few(PeerQuestion question) {
        String ofThem =
                question.chain().isPresent()
                        ? "d IN [p IN passing | p.d]"
                        : """
                        CASE WHEN d.kind = 2 THEN %s <= $metres
                            ELSE EXISTS {(d)-[:OF|SUBJECT]->(:Entity)<-[:AT]-(p:Place) WHERE %s} END\
                        """
                                .formatted(away("d"), place(question));
        String belongs =
                "d.recFrom <= $known AND d.recUntil > $known AND d.validFrom >= $from AND d.validUntil <= $until";
        return """
        CALL (passing) {
          UNWIND passing AS p
          RETURN p.d AS d, p.away AS away, p.strength AS strength, p.links AS links, null AS w, null AS m
          UNION ALL
          WITH * WHERE size(passing) <= %1$d
          UNWIND passing AS p
          WITH p.d AS d WHERE d.vector IS NOT NULL
          WITH d, vector.similarity.cosine(d.vector, $vector) AS m ORDER BY m DESC LIMIT %2$d
          RETURN d, null AS away, null AS strength, null AS links, null AS w, m
          UNION ALL
          WITH * WHERE size(passing) <= %1$d
          WITH reduce(keys = 'none', p IN passing | keys + ' ' + p.d.key) AS keys
          CALL db.index.fulltext.queryNodes('words', '+(' + $words + ') +key:(' + keys + ')^0', {limit: %2$d})
          YIELD node AS d, score AS w
          RETURN d, null AS away, null AS strength, null AS links, w, null AS m
          UNION ALL
          WITH * WHERE size(passing) > %1$d
          MATCH (d:Doc)
            SEARCH d IN (VECTOR INDEX meaning FOR $vector WHERE %3$s LIMIT %4$d) SCORE AS m
          WITH d, m%7$s WHERE %6$s
          WITH d, m ORDER BY m DESC LIMIT %2$d
          RETURN d, null AS away, null AS strength, null AS links, null AS w, m
          UNION ALL
          WITH * WHERE size(passing) > %1$d
          CALL db.index.fulltext.queryNodes('words', $words, {limit: %5$d}) YIELD node AS d, score AS w
          WITH d, w%7$s WHERE %3$s
          WITH d, w%7$s WHERE %6$s
          WITH d, w LIMIT %2$d
          RETURN d, null AS away, null AS strength, null AS links, w, null AS m
        }
        """
                .formatted(
                        KEYED,
                        Peer.DEPTH,
                        belongs,
                        LOOKED_AT,
                        10 * LOOKED_AT,
                        ofThem,
                        question.chain().isPresent() ? ", passing" : "");
    }

    /// Judges the best by each soft constraint.
    private static String many(PeerQuestion question) {
        String nothing = "null AS w, null AS m";
        var lists =
                new StringBuilder(
                        """
                          CALL db.index.fulltext.queryNodes('words', $words, {limit: %1$d}) YIELD node AS d, score AS w
                          WITH d, w WHERE %2$s
                          RETURN d, w, null AS m LIMIT %3$d
                          UNION ALL
                          MATCH (d:Doc)
                            SEARCH d IN (VECTOR INDEX meaning FOR $vector WHERE %2$s LIMIT %3$d) SCORE AS m
                          RETURN d, null AS w, m
                        """
                                .formatted(LOOKED_AT, visible("d"), Peer.DEPTH));
        if (question.around().isPresent()) {
            lists.append(
                    """
                      UNION ALL
                      MATCH (d:Memory) WHERE %1$s <= $half * %2$s AND %3$s
                      RETURN d, %4$s ORDER BY %1$s LIMIT %5$d
                      UNION ALL
                      MATCH (p:Place) WHERE %6$s <= $half * %2$s AND %7$s
                      MATCH (p)-[:AT]->(e:Entity)
                      WITH e, min(%6$s) AS away ORDER BY away LIMIT %5$d
                      MATCH (e)<-[:OF|SUBJECT]-(d:Doc) WHERE %3$s
                      RETURN d, %4$s
                    """
                            .formatted(
                                    away("d"),
                                    NEAR,
                                    visible("d"),
                                    nothing,
                                    Peer.DEPTH,
                                    away("p"),
                                    place(question)));
        }
        if (question.near().isPresent()) {
            lists.append(
                    """
                      UNION ALL
                      MATCH (d:Doc) WHERE d.validFrom >= $near AND %1$s
                      RETURN d, %2$s ORDER BY d.validFrom LIMIT %3$d
                      UNION ALL
                      MATCH (d:Doc) WHERE d.validFrom < $near AND %1$s
                      RETURN d, %2$s ORDER BY d.validFrom DESC LIMIT %3$d
                      UNION ALL
                      MATCH (d:Fact) WHERE d.validFrom <= $near AND d.validUntil > $near AND %1$s
                      RETURN d, %2$s LIMIT %3$d
                    """
                            .formatted(visible("d"), nothing, Peer.DEPTH));
        }
        return """
        CALL () {
        %s}
        WITH d, max(w) AS w, max(m) AS m
        CALL (d) {
          WITH * WHERE d.kind = 2
          RETURN %s AS away
          UNION ALL
          MATCH (d)-[:OF|SUBJECT]->(:Entity)<-[:AT]-(p:Place) WHERE %s
          RETURN min(%s) AS away
        }
        WITH d, w, m, away, 1.0 AS strength, 0 AS links WHERE away IS NOT NULL
        """
                .formatted(lists, away("d"), place(question), away("p"));
    }

    private static String judged(PeerQuestion question) {
        String where = question.around().isPresent() ? "0.5 ^ (r.away / $half)" : "1";
        String when =
                question.near().isPresent()
                        ? """
                        0.5 ^ (CASE WHEN $near < r.d.validFrom THEN r.d.validFrom - $near
                          WHEN $near >= r.d.validUntil THEN $near - r.d.validUntil ELSE 0 END / 1e6 / $halfSeconds)\
                        """
                        : "1";
        String why = question.chain().isPresent() ? " * (0.01 + 0.99 * r.strength)" : "";
        int dimensions = question.chain().isPresent() ? 4 : 3;
        return """
        WITH d, max(away) AS away, max(strength) AS strength, max(links) AS links, max(w) AS w, max(m) AS m
        WITH collect({d: d, away: away, strength: strength, links: links, w: w, m: m}) AS rows,
          max(w) AS mostW, max(m) AS mostM, min(m) AS leastM
        UNWIND rows AS r
        WITH r.d AS d, r.links AS links,
          ((0.01 + 0.99 * (coalesce(r.w / mostW, 0) + CASE WHEN r.m IS NULL THEN 0
              WHEN mostM > leastM THEN (r.m - leastM) / (mostM - leastM) ELSE 1 END) / 2)
            * (0.01 + 0.99 * %s) * (0.01 + 0.99 * %s)%s) ^ (1.0 / %d) AS score
        ORDER BY score DESC, d.kind, links, d.id DESC LIMIT %d
        RETURN d.id AS id, d.kind AS kind, d.subject AS subject, score, d.text AS text
        ORDER BY score DESC, kind, links, id DESC
        """
                .formatted(where, when, why, dimensions, Peer.FOUND);
    }
}
