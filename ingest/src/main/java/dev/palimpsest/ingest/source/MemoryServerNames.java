package dev.palimpsest.ingest.source;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the free texts of an MCP memory server are named in a ledger, whose names have rules. No two
/// texts have one name.
///
/// In a name of a relation or type, what fits stays, and any other UTF-16 unit is `_x` and its four
/// digits and `_`: `works at` is `works_x0020_at`. A `_` before what looks like that is written so
/// itself. What does not begin with a letter, is taken, or would be too long gets a prefix.
///
/// One call may say the same twice, and the memory server then keeps it twice: such copies are
/// numbered from 1.
public final class MemoryServerNames {

    /// Says of an entity what its `entityType` is; an entity that has none is not there.
    public static final PredicateName ENTITY_TYPE = new PredicateName("entityType");

    private static final String OBSERVATION = "observation";

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_WORD = 63;
    private static final int HASH_DIGITS = 40;

    /// What ids begin with that are no names themselves.
    private static final String MADE_ID = "name:";

    private static final Pattern FIT = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final Pattern ESCAPE = Pattern.compile("_x[0-9A-F]{4}_");
    private static final Pattern LOOKS_ESCAPED = Pattern.compile("_x[0-9A-F]{4}");
    private static final Pattern OBSERVATIONS = Pattern.compile(OBSERVATION + "([1-9][0-9]{0,8})?");

    private static final Pattern MADE_RELATION = Pattern.compile("rel(h?)([1-9][0-9]{0,8})?_(.*)");
    private static final Pattern MADE_TYPE = Pattern.compile("typeh?_.*");

    private MemoryServerNames() {}

    /// The entity of that name: the name itself where it can be an id.
    public static EntityId entity(String name, int copy) {
        boolean fits =
                copy == 1
                        && !name.isBlank()
                        && name.length() <= LONGEST_ID
                        && name.chars().noneMatch(Character::isISOControl)
                        && !name.startsWith(MADE_ID);
        return new EntityId(fits ? name : MADE_ID + number(copy, ":") + Sha256.hex(name));
    }

    /// Whether the id is not the name, which then is said beside it.
    public static boolean isMade(EntityId id) {
        return id.value().startsWith(MADE_ID);
    }

    public static PredicateName observation(int copy) {
        return new PredicateName(OBSERVATION + number(copy, ""));
    }

    /// Which copy of an observation such a fact is; empty if it is none.
    public static Optional<Integer> observationCopy(PredicateName predicate) {
        var matcher = OBSERVATIONS.matcher(predicate.value());
        return matcher.matches()
                ? Optional.of(matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1)))
                : Optional.empty();
    }

    public static PredicateName relation(String type, int copy) {
        var word = escaped(type);
        boolean fits = copy == 1 && FIT.matcher(word).matches() && !isTaken(word);
        return new PredicateName(fits ? word : made("rel", number(copy, ""), word, type));
    }

    private static boolean isTaken(String word) {
        return MADE_RELATION.matcher(word).matches()
                || OBSERVATIONS.matcher(word).matches()
                || word.equals(ENTITY_TYPE.value())
                || Profile.isPart(new PredicateName(word));
    }

    /// The entity's type in the ledger.
    public static EntityType type(String entityType) {
        var word = escaped(entityType);
        boolean fits = FIT.matcher(word).matches() && !MADE_TYPE.matcher(word).matches();
        return new EntityType(fits ? word : made("type", "", word, entityType));
    }

    /// What a fact about a relation says as a sentence; its type can be told from it.
    public static String sentence(String from, String relationType, String to) {
        return from + " " + relationType + " " + to;
    }

    /// The type of the relation that a fact between two entities is, whoever said it.
    public static String relationType(FactVersion fact, String from, String to) {
        var predicate = fact.predicate().value();
        var matcher = MADE_RELATION.matcher(predicate);
        boolean made = matcher.matches();
        int copy = made && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : 1;
        return fact.qualifiers()
                .statement()
                .flatMap(sentence -> between(sentence, from + " ", " " + to))
                .filter(type -> relation(type, copy).equals(fact.predicate()))
                .orElseGet(() ->
                        made && matcher.group(1).isEmpty()
                                ? unescaped(matcher.group(3))
                                : unescaped(predicate));
    }

    private static Optional<String> between(String sentence, String before, String after) {
        boolean fits =
                sentence.length() >= before.length() + after.length()
                        && sentence.startsWith(before)
                        && sentence.endsWith(after);
        return fits
                ? Optional.of(
                        sentence.substring(before.length(), sentence.length() - after.length()))
                : Optional.empty();
    }

    private static String made(String prefix, String number, String word, String text) {
        var whole = prefix + number + "_" + word;
        return whole.length() <= LONGEST_WORD
                ? whole
                : prefix + "h" + number + "_" + Sha256.hex(text).substring(0, HASH_DIGITS);
    }

    private static String number(int copy, String end) {
        return copy == 1 ? "" : copy + end;
    }

    private static String escaped(String text) {
        var looks = LOOKS_ESCAPED.matcher(text);
        var word = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean stays =
                    c == '_'
                            ? !looks.region(i, text.length()).lookingAt()
                            : c < 128 && Character.isLetterOrDigit(c);
            if (stays) {
                word.append(c);
            } else {
                word.append("_x%04X_".formatted((int) c));
            }
        }
        return word.toString();
    }

    private static String unescaped(String word) {
        return ESCAPE.matcher(word)
                .replaceAll(found -> {
                    int unit = Integer.parseInt(found.group().substring(2, 6), 16);
                    return java.util.regex.Matcher.quoteReplacement(String.valueOf((char) unit));
                });
    }
}
