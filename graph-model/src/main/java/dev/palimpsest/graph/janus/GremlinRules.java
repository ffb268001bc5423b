package dev.palimpsest.graph.janus;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.tinkerpop.gremlin.process.traversal.Bytecode;
import org.apache.tinkerpop.gremlin.process.traversal.Bytecode.Instruction;
import org.apache.tinkerpop.gremlin.process.traversal.Compare;
import org.apache.tinkerpop.gremlin.process.traversal.P;
import org.apache.tinkerpop.gremlin.process.traversal.Text;
import org.apache.tinkerpop.gremlin.process.traversal.util.ConnectiveP;
import org.apache.tinkerpop.gremlin.structure.Element;
import org.jspecify.annotations.Nullable;

/// What a traversal of a reader may do: steps of a list, loops with a bound, arguments that are
/// plain values or such traversals again. Whatever is not known is refused.
final class GremlinRules {

    static final int MOST_LOOPS = 64;

    private static final int MOST_DIGITS = 1_000;

    private static final Set<String> ALLOWED =
            Set.of(
                    ("V E out in both outE inE bothE outV inV bothV otherV to toE toV from"
                                    + " has hasNot hasLabel hasId hasKey hasValue is not and or where"
                                    + " filter dedup limit range skip tail sample coin simplePath"
                                    + " cyclicPath none discard all any"
                                    + " values properties valueMap propertyMap elementMap value key id"
                                    + " label element with index"
                                    + " as select project by path order count sum min max mean fold"
                                    + " unfold group groupCount aggregate cap tree barrier local map"
                                    + " flatMap match math constant identity inject"
                                    + " union coalesce choose branch option optional repeat times until"
                                    + " emit loops"
                                    + " asString asDate dateAdd dateDiff toUpper toLower length trim"
                                    + " lTrim rTrim substring split concat reverse"
                                    + " merge intersect difference disjunct combine")
                            .split(" "));

    private static final Set<String> LOOP_WORDS = Set.of("repeat", "times", "until", "emit");

    private GremlinRules() {}

    /// @throws IllegalArgumentException if it does anything else; the message says what and what to
    ///   do
    static void check(Bytecode bytecode) {
        if (!bytecode.getSourceInstructions().isEmpty()) {
            throw new IllegalArgumentException("g.with...() is not allowed: begin with g.V()");
        }
        List<Instruction> steps = bytecode.getStepInstructions();
        for (int i = 0; i < steps.size(); i++) {
            Instruction step = steps.get(i);
            if (!ALLOWED.contains(step.getOperator())) {
                throw new IllegalArgumentException(
                        step.getOperator() + "() is not allowed: this door only reads");
            }
            if (step.getOperator().equals("repeat")) {
                requireBound(steps, i);
            }
            check(step.getArguments());
        }
    }

    private static void check(@Nullable Object argument) {
        switch (argument) {
            case null -> {}
            case Bytecode nested -> check(nested);
            case ConnectiveP<?> several -> several.getPredicates().forEach(GremlinRules::check);
            case P<?> predicate -> checkPredicate(predicate);
            case Object[] many -> Arrays.asList(many).forEach(GremlinRules::check);
            case Collection<?> many -> many.forEach(GremlinRules::check);
            case Map<?, ?> map -> {
                map.keySet().forEach(GremlinRules::check);
                map.values().forEach(GremlinRules::check);
            }
            case BigDecimal number -> requireModest(number.precision(), number.scale());
            case BigInteger number -> requireModest(number.bitLength() / 3, 0);
            case Number _, Boolean _, String _, Date _, UUID _, Enum<?> _, Element _ -> {}
            default ->
                    throw new IllegalArgumentException(
                            "a " + argument.getClass().getSimpleName() + " is not allowed here");
        }
    }

    // A regular expression can take longer than the universe lasts, and nothing can stop it.
    private static void checkPredicate(P<?> predicate) {
        if (predicate.getBiPredicate() instanceof Text.RegexPredicate) {
            throw new IllegalArgumentException(
                    "regex is not allowed: use startingWith, endingWith or containing");
        }
        check(predicate.getValue());
    }

    private static void requireModest(int digits, int scale) {
        if (digits > MOST_DIGITS || Math.abs((long) scale) > MOST_DIGITS) {
            throw new IllegalArgumentException("a number has at most " + MOST_DIGITS + " digits");
        }
    }

    private static void requireBound(List<Instruction> steps, int repeat) {
        boolean bound = false;
        for (int i = repeat - 1; i >= 0 && isModulator(steps.get(i)); i--) {
            bound |= bounds(steps.get(i));
        }
        for (int i = repeat + 1; i < steps.size() && isModulator(steps.get(i)); i++) {
            bound |= bounds(steps.get(i));
        }
        if (!bound) {
            throw new IllegalArgumentException(
                    "repeat() needs a bound: add .times(n) with n at most "
                            + MOST_LOOPS
                            + ", or .until(or(loops().is(n), ...))");
        }
    }

    private static boolean isModulator(Instruction step) {
        return LOOP_WORDS.contains(step.getOperator()) && !step.getOperator().equals("repeat");
    }

    private static boolean bounds(Instruction modulator) {
        Object[] arguments = modulator.getArguments();
        return switch (modulator.getOperator()) {
            case "times" -> arguments.length == 1 && isBound(arguments[0]);
            case "until" ->
                    arguments.length == 1
                            && arguments[0] instanceof Bytecode condition
                            && endsInTime(condition);
            default -> false;
        };
    }

    /// Whether it is `loops().is(n)`, or `or(...)` with that as one of its cases.
    private static boolean endsInTime(Bytecode condition) {
        List<Instruction> steps = condition.getStepInstructions();
        if (steps.size() == 1 && steps.getFirst().getOperator().equals("or")) {
            for (Object one : steps.getFirst().getArguments()) {
                if (one instanceof Bytecode nested && endsInTime(nested)) {
                    return true;
                }
            }
            return false;
        }
        return steps.size() == 2
                && steps.get(0).getOperator().equals("loops")
                && steps.get(0).getArguments().length == 0
                && steps.get(1).getOperator().equals("is")
                && isBound(steps.get(1).getArguments()[0]);
    }

    private static boolean isBound(@Nullable Object argument) {
        return switch (argument) {
            case Integer number -> number >= 1 && number <= MOST_LOOPS;
            case P<?> predicate ->
                    (predicate.getBiPredicate() == Compare.eq
                                    || predicate.getBiPredicate() == Compare.gte)
                            && isBound(predicate.getValue());
            case null, default -> false;
        };
    }
}
