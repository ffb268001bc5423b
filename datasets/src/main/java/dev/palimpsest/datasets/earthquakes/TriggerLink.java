package dev.palimpsest.datasets.earthquakes;

import java.time.Duration;
import java.time.Instant;

/// An earthquake and the earlier one it most likely follows from, with how near they are.
///
/// @param log10Eta decimal logarithm of the nearest-neighbour proximity; the smaller the nearer
public record TriggerLink(SeismicEvent parent, SeismicEvent child, double log10Eta) {

    public TriggerLink {
        if (!parent.time().isBefore(child.time())) {
            throw new IllegalArgumentException(
                    parent.id()
                            + " is not earlier than "
                            + child.id()
                            + ", which it would trigger");
        }
    }

    /// An uncalibrated proximity in (0, 1), one half at the threshold. It is not a probability.
    public double strength() {
        return 1 / (1 + Math.pow(10, log10Eta - NearestNeighbourRule.LOG10_THRESHOLD));
    }

    /// Between the epicentres.
    public double kilometres() {
        return parent.epicentre().kilometresTo(child.epicentre());
    }

    /// How long after its parent the child came.
    public Duration delay() {
        return Duration.between(parent.time(), child.time());
    }

    /// When both ends were first known as they are here.
    public Instant known() {
        return parent.known().isAfter(child.known()) ? parent.known() : child.known();
    }
}
