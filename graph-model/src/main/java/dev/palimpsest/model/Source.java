package dev.palimpsest.model;

import java.util.Optional;

/// Who says so. A source that nobody described has no kind and no description.
///
/// @param kind such as `sensor`, `document`, `agent`, `person`, `rule`
public record Source(SourceId id, Optional<String> kind, Optional<String> description) {}
