package dev.palimpsest.api;

public final class DataFolder {
    public static final int FORMAT = 1;
}
