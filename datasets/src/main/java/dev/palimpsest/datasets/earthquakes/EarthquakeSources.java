package dev.palimpsest.datasets.earthquakes;

import dev.palimpsest.model.Source;
import dev.palimpsest.model.SourceId;
import java.util.List;
import java.util.Optional;

/// Who says what is known of the week: the networks that sent the records, and the rule.
final class EarthquakeSources {

    /// Who says that one earthquake led to another.
    static final SourceId RULE = new SourceId("nearest-neighbour-rule");

    static final List<Source> ALL =
            List.of(
                    network("ak", "Alaska Earthquake Center"),
                    network("ci", "Southern California Seismic Network"),
                    network("hv", "Hawaiian Volcano Observatory Network"),
                    network("mb", "Montana Regional Seismic Network"),
                    network("nc", "Northern California Seismic System"),
                    network("nm", "New Madrid Seismic Network"),
                    network("nn", "Nevada Seismic Network"),
                    network("pr", "Puerto Rico Seismic Network"),
                    network("se", "Southeastern United States Seismic Network"),
                    network("us", "National Earthquake Information Center, US Geological Survey"),
                    network("uu", "University of Utah Seismograph Stations"),
                    network("uw", "Pacific Northwest Seismic Network"),
                    new Source(
                            RULE,
                            Optional.of("rule"),
                            Optional.of(
                                    "The nearest-neighbour rule of Zaliapin and Ben-Zion (2013),"
                                            + " linked when log10 eta < -5. Its strength is an"
                                            + " uncalibrated proximity, not a probability.")));

    private EarthquakeSources() {}

    private static Source network(String id, String name) {
        return new Source(new SourceId(id), Optional.of("sensor network"), Optional.of(name));
    }
}
