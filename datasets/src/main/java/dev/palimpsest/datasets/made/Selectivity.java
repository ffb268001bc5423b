package dev.palimpsest.datasets.made;

/// Which share of all documents the hard part of a question lets pass, about.
public enum Selectivity {
    ONE_IN_TEN_THOUSAND(.0001, "0.01 %, with causes"),
    ONE_IN_A_THOUSAND(.001, "0.1 %"),
    ONE_IN_A_HUNDRED(.01, "1 %"),
    ONE_IN_TEN(.1, "10 %"),
    ALL(1, "100 %");

    private final double share;
    private final String words;

    Selectivity(double share, String words) {
        this.share = share;
        this.words = words;
    }

    public double share() {
        return share;
    }

    public String words() {
        return words;
    }
}
