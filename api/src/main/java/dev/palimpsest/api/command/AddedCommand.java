package dev.palimpsest.api.command;

import java.util.concurrent.Callable;

/// A command that a later room brings along, annotated as picocli's `@Command` and found by
/// `ServiceLoader`. It returns its exit code.
public interface AddedCommand extends Callable<Integer> {}
