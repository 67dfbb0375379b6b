package dev.rocket.bootstrap.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A jar that the program is made of.
 *
 * @param name without the version
 * @param version as its file is named; empty when that says none
 * @param built the day of its newest file; empty when all its times were set alike
 */
record Component(String name, String version, Optional<LocalDate> built) {

    private static final Pattern FILE = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    /** Before that nobody built jars; it is what builds set that hide their time. */
    private static final int FIRST_YEAR = 1996;

    /** Reads a jar. */
    static Component of(Path jar) {
        String file = String.valueOf(jar.getFileName());
        Matcher named = FILE.matcher(file);
        boolean versioned = named.matches();
        String name = versioned ? named.group(1) : file.substring(0, file.length() - 4);
        return new Component(name, versioned ? named.group(2) : "", built(jar));
    }

    private static Optional<LocalDate> built(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<LocalDateTime> times =
                    zip.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(ZipEntry::getTimeLocal)
                            .distinct()
                            .sorted()
                            .toList();
            return times.isEmpty() || isSet(times)
                    ? Optional.empty()
                    : Optional.of(times.getLast().toLocalDate());
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether no file has the time at which it was made, as in builds that can be repeated. */
    private static boolean isSet(List<LocalDateTime> times) {
        boolean midnight = times.getLast().toLocalTime().equals(LocalTime.MIDNIGHT);
        return times.getLast().getYear() < FIRST_YEAR || (times.size() == 1 && midnight);
    }

    /** One line: name, version, day and age. */
    String print(LocalDate today) {
        String when = built.map(day -> day + "  " + age(day, today)).orElse("age unknown");
        return "%-44s %-16s %s".formatted(name, version.isEmpty() ? "-" : version, when);
    }

    private static String age(LocalDate day, LocalDate today) {
        long months = ChronoUnit.MONTHS.between(day, today);
        if (months >= 24) {
            return months / 12 + " years";
        }
        long days = Math.max(0, ChronoUnit.DAYS.between(day, today));
        return months >= 2 ? months + " months" : days + (days == 1 ? " day" : " days");
    }
}
