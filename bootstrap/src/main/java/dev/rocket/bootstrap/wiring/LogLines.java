package dev.rocket.bootstrap.wiring;

import dev.rocket.core.model.JsonOut;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.regex.Matcher;

/**
 * Log lines on standard output, one an event, as text or JSON.
 *
 * <p>As text, the lines of a trace stand behind each other, and signs that would begin a line or
 * move a terminal's cursor are written as escapes: nobody whose words are logged can make a line of
 * their own.
 */
public final class LogLines extends Formatter {

    private static final String OWN = "dev.rocket.";

    private final boolean json;

    private LogLines(boolean json) {
        this.json = json;
    }

    /** Sends everything that the JDK's logging hears to standard output. */
    static void install(Config.LogConfig config) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler console =
                new StreamHandler(System.out, new LogLines(config.json())) {
                    @Override
                    public synchronized void publish(LogRecord event) {
                        super.publish(event);
                        flush();
                    }

                    // At the end of the process the JDK closes every handler; standard output
                    // must stay open for what is told last.
                    @Override
                    public synchronized void close() {
                        flush();
                    }
                };
        console.setLevel(Level.ALL);
        root.addHandler(console);
        root.setLevel(Level.WARNING);
        Logger.getLogger("dev.rocket").setLevel(level(config.level()));
    }

    /**
     * A line for whoever started the server, whatever the level of the log: as it is, or as an
     * event where each line is JSON.
     */
    public static String told(Config.LogConfig config, String message) {
        if (!config.json()) {
            return message + System.lineSeparator();
        }
        LogRecord event = new LogRecord(Level.INFO, message);
        event.setLoggerName(OWN + "serve");
        return new LogLines(true).format(event);
    }

    /** Keeps libraries from telling a command's user how they are. */
    static void hush() {
        Logger.getLogger("").setLevel(Level.WARNING);
    }

    private static Level level(String name) {
        return switch (name) {
            case "debug" -> Level.FINE;
            case "warn" -> Level.WARNING;
            case "error" -> Level.SEVERE;
            default -> Level.INFO;
        };
    }

    @Override
    public String format(LogRecord event) {
        String at = event.getInstant().truncatedTo(ChronoUnit.MILLIS).toString();
        String level = word(event.getLevel());
        String name = String.valueOf(event.getLoggerName());
        String part = name.startsWith(OWN) ? name.substring(OWN.length()) : name;
        String message = formatMessage(event);
        StringBuilder line = new StringBuilder(128);
        if (json) {
            new JsonOut(line)
                    .begin()
                    .text("time", at)
                    .text("level", level)
                    .text("part", part)
                    .text("message", message + trace(event, System.lineSeparator()))
                    .end();
        } else {
            line.append(at).append(' ').append(level.toUpperCase(Locale.ROOT));
            line.append("     ", 0, Math.max(1, 6 - level.length()));
            line.append(part).append(": ");
            escape(message + trace(event, " | "), line);
        }
        return line.append(System.lineSeparator()).toString();
    }

    private static String word(Level level) {
        int value = level.intValue();
        return value >= Level.SEVERE.intValue()
                ? "error"
                : value >= Level.WARNING.intValue()
                        ? "warn"
                        : value >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String trace(LogRecord event, String between) {
        if (event.getThrown() == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        event.getThrown().printStackTrace(new PrintWriter(trace));
        String lines = trace.toString().strip();
        return between + lines.replaceAll("\\R\\t*", Matcher.quoteReplacement(between));
    }

    private static void escape(String text, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            switch (sign) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (Character.isISOControl(sign) || sign == '\u2028' || sign == '\u2029') {
                        line.append(String.format(Locale.ROOT, "\\u%04x", (int) sign));
                    } else {
                        line.append(sign);
                    }
                }
            }
        }
    }
}
