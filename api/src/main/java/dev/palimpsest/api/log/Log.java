package dev.palimpsest.api.log;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// Writes what one class logs to standard error: warnings and errors, unless the property
/// `palimpsest.log.level` says otherwise.
final class Log extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    private static final Level LOWEST =
            Level.valueOf(
                    System.getProperty("palimpsest.log.level", "WARN").toUpperCase(Locale.ROOT));
    private static final InstantSource CLOCK = Clock.systemUTC();

    static volatile LogFormat format = LogFormat.TEXT;

    Log(String name) {
        this.name = name;
    }

    private static boolean isHeard(Level level) {
        return level.toInt() >= LOWEST.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
        return isHeard(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isHeard(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isHeard(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isHeard(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isHeard(Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        var message = MessageFormatter.basicArrayFormat(pattern, arguments);
        System.err.println(
                format.line(CLOCK.instant(), level, name, String.valueOf(message), failure));
    }
}
