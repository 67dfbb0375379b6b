package dev.rocket.bootstrap.wiring;

import dev.rocket.core.operation.Timetable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings as written, and what is wrong with them.
 *
 * <p>Whatever is asked for is told as a problem and replaced by something that is allowed when it
 * is wrong, so that one reading finds everything; nothing of it may be used when there are
 * problems.
 */
final class SettingTexts {

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h)");
    private static final Pattern DAYS = Pattern.compile("(\\d{1,5})d");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})(B|KiB|MiB)?");

    private final Map<Setting, ConfigReader.Value> values;
    private final List<String> problems;

    SettingTexts(ConfigReader.Found found) {
        this.values = found.values();
        this.problems = new ArrayList<>(found.problems());
    }

    List<String> problems() {
        return problems;
    }

    /** The value as written, without the blanks around it. */
    String text(Setting setting) {
        return find(setting, ConfigReader.Value::text).strip();
    }

    /** Where it was found; {@code default} when nobody set it. */
    String source(Setting setting) {
        return find(setting, ConfigReader.Value::source);
    }

    /** A value that must not be blank. */
    String some(Setting setting, String what) {
        String text = text(setting);
        if (text.isEmpty()) {
            problem(setting, "must be " + what);
        }
        return text;
    }

    /** A number in a range. */
    int number(Setting setting, int least, int most) {
        String text = text(setting);
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        problem(setting, "must be a whole number from " + least + " to " + most);
        return least;
    }

    /** One of some words. */
    String oneOf(Setting setting, String... allowed) {
        String text = text(setting);
        if (!List.of(allowed).contains(text)) {
            problem(setting, "must be one of " + String.join(", ", allowed));
            return allowed[0];
        }
        return text;
    }

    /** Whether it is on. */
    boolean isOn(Setting setting) {
        return oneOf(setting, "on", "off").equals("on");
    }

    /** A size in bytes, in a range of whole KiB. */
    int bytes(Setting setting, int least, int most) {
        Matcher bytes = BYTES.matcher(text(setting));
        long count = -1;
        if (bytes.matches()) {
            String unit = bytes.group(2) == null ? "B" : bytes.group(2);
            long scale = unit.equals("MiB") ? 1 << 20 : unit.equals("KiB") ? 1 << 10 : 1;
            count = Long.parseLong(bytes.group(1)) * scale;
        }
        if (count < least || count > most) {
            String range = (least >> 10) + "KiB to " + (most >> 20) + "MiB";
            problem(setting, "must be a size like 512KiB or 2MiB, from " + range);
            return least;
        }
        return (int) count;
    }

    /**
     * A time from one second on.
     *
     * @param text all or a part of the setting's value
     */
    Duration time(Setting setting, String text, Duration most) {
        Matcher time = TIME.matcher(text);
        Duration duration = Duration.ZERO;
        if (time.matches()) {
            long count = Long.parseLong(time.group(1));
            duration =
                    switch (time.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        default -> Duration.ofHours(count);
                    };
        }
        if (duration.isZero() || duration.compareTo(most) > 0) {
            String bound = most.toString().substring(2).toLowerCase(Locale.ROOT);
            problem(setting, "must hold a time like 20s, 15m or 1h, from 1s to " + bound);
            return Duration.ofSeconds(1);
        }
        return duration;
    }

    /** A number of days from one on; empty for all days there are. */
    Optional<Duration> days(Setting setting, int most) {
        String text = text(setting);
        if (text.equals("all")) {
            return Optional.empty();
        }
        Matcher days = DAYS.matcher(text);
        int count = days.matches() ? Integer.parseInt(days.group(1)) : 0;
        if (count < 1 || count > most) {
            problem(setting, "must be days like 90d, from 1d to " + most + "d, or all");
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(count));
    }

    /** When something is done by the clock. */
    Timetable timetable(Setting setting) {
        try {
            return Timetable.parse(text(setting));
        } catch (IllegalArgumentException e) {
            problem(setting, String.valueOf(e.getMessage()));
            return Timetable.OFF;
        }
    }

    /** Tells a problem with the value and its source; the value of a secret is not shown. */
    void problem(Setting setting, String what) {
        String value = setting.isSecret() ? "" : "'" + text(setting) + "' ";
        problems.add(setting.key() + " " + value + "(" + source(setting) + ") " + what + ".");
    }

    private String find(Setting setting, Function<ConfigReader.Value, String> part) {
        return Optional.ofNullable(values.get(setting)).map(part).orElse("");
    }
}
