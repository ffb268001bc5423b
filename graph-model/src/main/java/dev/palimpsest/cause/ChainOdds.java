package dev.palimpsest.cause;

import java.util.Optional;
import java.util.OptionalDouble;

/// How likely effects are, given that one cause was made to happen and nothing else: over all
/// chains together.
///
/// Exact where at most [#MOST_UNCERTAIN] links are neither sure nor impossible, or where the
/// network comes apart into small tables; else estimated by [#SAMPLES] samples that are the same
/// for the same links. One instance serves one question and limits what all its networks cost.
public final class ChainOdds {

    /// Up to so many uncertain links every case is looked at.
    public static final int MOST_UNCERTAIN = 20;

    /// How often a network too large for that is tried.
    public static final int SAMPLES = 10_000;

    /// How many links of networks are tried for one question.
    public static final long MOST_TOSSES = 20_000_000;

    private static final long SEED = 0x9E37_79B9_7F4A_7C15L;

    private final ChainFinder finder;
    private long tosses;

    public ChainOdds(ChainFinder finder) {
        this.finder = finder;
    }

    /// How likely the effect is, given the cause, where `node` is the one of them that was not
    /// asked about; with both asked about it may be any. Empty if the network is too large.
    public Optional<Likelihood> of(int node) {
        if (finder.fromEffect().isPresent()) {
            int cause = finder.fromCause().map(CausalReach::start).orElse(node);
            return likelihood(finder.forward(), cause, finder.fromEffect().get());
        }
        return likelihood(finder.backward(), node, finder.fromCause().orElseThrow());
    }

    private Optional<Likelihood> likelihood(CausalLinks away, int node, CausalReach aim) {
        if (!aim.reaches(node)) {
            return Optional.of(Likelihood.exactly(0));
        }
        if (tosses > MOST_TOSSES) {
            return Optional.empty();
        }
        return LinkNetworks.between(away, node, aim, finder.hops()).flatMap(this::likelihood);
    }

    private Optional<Likelihood> likelihood(LinkNetwork links) {
        int uncertain = 0;
        for (int link = 0; link < links.links(); link++) {
            uncertain += links.chance(link) < 1 ? 1 : 0;
        }
        if (uncertain <= MOST_UNCERTAIN) {
            return Optional.of(Likelihood.exactly(new Cases(links).probability()));
        }
        tosses += (long) NoisyOr.MOST_LINKS * NoisyOr.MOST_LINKS * NoisyOr.MOST_LINKS / 4;
        var exact = NoisyOr.probability(links);
        return exact.isPresent()
                ? Optional.of(Likelihood.exactly(exact.getAsDouble()))
                : sampled(links);
    }

    /// The standard error is that of one success and one failure more: no estimate is certain.
    private Optional<Likelihood> sampled(LinkNetwork links) {
        int leads = 0;
        for (long sample = 0; sample < SAMPLES; sample++) {
            if (tosses > MOST_TOSSES) {
                return Optional.empty();
            }
            long drawn = mixed(sample + SEED);
            leads += links.leads(link -> isOpen(links, link, drawn)) ? 1 : 0;
        }
        double careful = (leads + 1.0) / (SAMPLES + 2.0);
        return Optional.of(
                new Likelihood(
                        (double) leads / SAMPLES,
                        OptionalDouble.of(Math.sqrt(careful * (1 - careful) / SAMPLES))));
    }

    private boolean isOpen(LinkNetwork links, int link, long sample) {
        tosses++;
        return (mixed(links.seed(link) ^ sample) >>> 11) * 0x1p-53 < links.chance(link);
    }

    /// Mixes bits as SplittableRandom does.
    private static long mixed(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }

    /// Looks at every case that matters: a link that may decide is open, or it is not.
    private static final class Cases {
        private enum State {
            OPEN,
            SHUT,
            UNDECIDED
        }

        private final LinkNetwork links;
        private final State[] states;

        Cases(LinkNetwork links) {
            this.links = links;
            this.states = new State[links.links()];
            for (int link = 0; link < states.length; link++) {
                states[link] = links.chance(link) < 1 ? State.UNDECIDED : State.OPEN;
            }
        }

        double probability() {
            if (links.leads(link -> states[link] == State.OPEN)) {
                return 1;
            }
            if (!links.leads(link -> states[link] != State.SHUT)) {
                return 0;
            }
            int link = deciding();
            states[link] = State.OPEN;
            double ifOpen = probability();
            states[link] = State.SHUT;
            double ifShut = probability();
            states[link] = State.UNDECIDED;
            return links.chance(link) * ifOpen + (1 - links.chance(link)) * ifShut;
        }

        /// An undecided link of the chain that was just found; of those the nearest to its end.
        private int deciding() {
            int node = links.target();
            while (node != LinkNetwork.SOURCE) {
                int link = links.by(node);
                if (states[link] == State.UNDECIDED) {
                    return link;
                }
                node = links.from(link);
            }
            for (int link = 0; link < states.length; link++) {
                if (states[link] == State.UNDECIDED) {
                    return link;
                }
            }
            throw new IllegalStateException("every link is decided, but not whether they lead on");
        }
    }
}
