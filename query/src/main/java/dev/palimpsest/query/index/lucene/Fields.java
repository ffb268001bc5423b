package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.RowId;
import dev.palimpsest.question.Kind;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;
import org.apache.lucene.util.BytesRef;

/// The names of the fields on disk.
final class Fields {

    /// The row's UUID: 16 bytes as a term, and as two numbers to read it back.
    static final String ID = "id";

    static final String ID_HIGH = "idHigh";
    static final String ID_LOW = "idLow";

    static final String KIND = "kind";

    /// The kind as a number, to read it back.
    static final String KIND_NUMBER = "kindNumber";

    static final String PLACE = "place";

    /// The number that is the object of a fact.
    static final String NUMBER = "number";

    /// Valid time in microseconds: start, end taken as late as may be, end taken as early.
    static final String VALID_FROM = "validFrom";

    static final String VALID_UNTIL = "validUntil";
    static final String SURELY_UNTIL = "surelyUntil";

    /// Recorded time as positions. The second is the only field that changes after a document was
    /// written, so it is a doc value and nothing else.
    static final String FROM_POSITION = "fromPosition";

    static final String UNTIL_POSITION = "untilPosition";

    /// Stemmed words, and words as they are written.
    static final String TEXT = "text";

    static final String NAME = "name";

    static final String VECTOR = "vector";

    /// Words are told apart by so many characters: Lucene refuses terms of more than 32,766 bytes.
    private static final int LONGEST_WORD = 4_000;

    private Fields() {}

    static String of(Filter.Word word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    static String of(Filter.Role role) {
        return role.name().toLowerCase(Locale.ROOT) + "Node";
    }

    static BytesRef term(RowId id) {
        UUID value = id.value();
        return new BytesRef(
                ByteBuffer.allocate(16)
                        .putLong(value.getMostSignificantBits())
                        .putLong(value.getLeastSignificantBits())
                        .array());
    }

    static BytesRef term(String word) {
        return new BytesRef(word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD));
    }

    static long number(Kind kind) {
        return switch (kind) {
            case ENTITY -> 1;
            case FACT -> 2;
            case MEMORY -> 3;
        };
    }

    static Kind kind(long number) {
        for (Kind kind : Kind.values()) {
            if (number(kind) == number) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no such kind: " + number);
    }
}
