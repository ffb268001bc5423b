package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The predicates of one space by number, and which of them say that one thing causes another.
final class PredicateTable {

    /// Which end of a fact is the cause.
    enum Causal {
        NO,
        SUBJECT,
        OBJECT
    }

    private final Map<PredicateName, Integer> numbers = new HashMap<>();
    private final List<PredicateName> names = new ArrayList<>();
    private final Map<PredicateName, Predicate> registered = new HashMap<>();
    private Causal[] causal = {};
    private int[] mechanism = {};

    int number(PredicateName name) {
        return numbers.computeIfAbsent(
                name,
                added -> {
                    names.add(added);
                    causal = new Causal[0];
                    return names.size() - 1;
                });
    }

    void register(Predicate predicate) {
        registered.put(predicate.name(), predicate);
        causal = new Causal[0];
    }

    /// How many have a number.
    int size() {
        return names.size();
    }

    /// All that are registered, in no order.
    Collection<Predicate> registered() {
        return registered.values();
    }

    PredicateName name(int number) {
        return names.get(number);
    }

    Causal causal(int number) {
        return causal[number];
    }

    /// The same number for two predicates that say the same, each from another side.
    int mechanism(int number) {
        return mechanism[number];
    }

    boolean symmetric(int number) {
        var predicate = registered.get(names.get(number));
        return predicate != null && predicate.symmetric();
    }

    /// The name of a predicate read from its object's side, if there is one: itself if symmetric,
    /// else its inverse, whichever of the two was registered as the other's.
    Optional<PredicateName> inverse(int number) {
        var name = names.get(number);
        if (symmetric(number)) {
            return Optional.of(name);
        }
        var own = Optional.ofNullable(registered.get(name)).flatMap(Predicate::inverse);
        return own.or(() ->
                registered.values().stream()
                        .filter(other -> other.inverse().equals(Optional.of(name)))
                        .map(Predicate::name)
                        .min((one, other) -> one.value().compareTo(other.value())));
    }

    /// Works out which predicates are causal. The writer calls it after a batch; readers only look.
    void settle() {
        if (causal.length == names.size()) {
            return;
        }
        causal = new Causal[names.size()];
        mechanism = new int[names.size()];
        for (int number = 0; number < causal.length; number++) {
            causal[number] =
                    isCausal(names.get(number))
                            ? Causal.SUBJECT
                            : inverse(number).map(this::isCausal).orElse(false)
                                    ? Causal.OBJECT
                                    : Causal.NO;
            int same = number;
            mechanism[number] =
                    inverse(number)
                            .flatMap(other -> Optional.ofNullable(numbers.get(other)))
                            .map(other -> Math.min(same, other))
                            .orElse(same);
        }
    }

    private boolean isCausal(PredicateName name) {
        var predicate = registered.get(name);
        return predicate != null && predicate.causal();
    }
}
