package dev.rocket.bootstrap.exchange;

import dev.rocket.core.model.Due;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.fortuna.ical4j.model.TimeZoneRegistry;

/**
 * Dates and times of iCalendar, with the zones that a file names.
 *
 * <p>Source: RFC 5545, sections 3.3.4, 3.3.5 and 3.2.19.
 */
final class IcalTimes {

    private static final int ZONES = 10_000;
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private final ZoneId utcShownIn;
    private final Map<String, String> places = new HashMap<>();

    /**
     * Reads times.
     *
     * @param utcShownIn the zone that instants given in UTC are kept with
     */
    IcalTimes(ZoneId utcShownIn) {
        this.utcShownIn = utcShownIn;
    }

    /** Learns what place a zone of the file's own stands for. */
    void learn(IcalComponent zone) {
        Optional<String> id = zone.text("TZID");
        Optional<String> place = zone.text("X-LIC-LOCATION");
        if (id.isPresent() && place.isPresent() && places.size() < ZONES) {
            places.put(id.get(), place.get());
        }
    }

    /** The date or time of a property; tells a zone that is not known. */
    Optional<Due> due(TaskDraft draft, IcalComponent.Property property) {
        String value = property.value().strip();
        try {
            if (value.indexOf('T') < 0) {
                LocalDate day = LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE);
                return Optional.of(new Due.Day(day));
            }
            if (value.endsWith("Z")) {
                return Optional.of(new Due.Zoned(utc(value).atZone(utcShownIn)));
            }
            LocalDateTime local = LocalDateTime.parse(value, LOCAL);
            String id = property.parameters().getOrDefault("TZID", "");
            Optional<ZoneId> zone = zone(id);
            if (zone.isEmpty() && !id.isEmpty()) {
                draft.lost(property.name() + " TZID", id, "is no known zone; kept as a local time");
            }
            return Optional.of(
                    zone.isPresent()
                            ? new Due.Zoned(local.atZone(zone.get()))
                            : new Due.Local(local));
        } catch (DateTimeException e) {
            draft.lost(property.name(), value, "is no date or time");
            return Optional.empty();
        }
    }

    /** The instant of a property that is kept in UTC; others are taken as if they were. */
    Optional<Instant> instant(TaskDraft draft, IcalComponent.Property property) {
        return due(draft, property)
                .map(
                        due ->
                                switch (due) {
                                    case Due.Day day ->
                                            day.date().atStartOfDay(utcShownIn).toInstant();
                                    case Due.Local local ->
                                            local.dateTime().atZone(utcShownIn).toInstant();
                                    case Due.Zoned zoned -> zoned.dateTime().toInstant();
                                });
    }

    private static Instant utc(String value) {
        String local = value.substring(0, value.length() - 1);
        return LocalDateTime.parse(local, LOCAL).toInstant(ZoneOffset.UTC);
    }

    private Optional<ZoneId> zone(String id) {
        return known(id)
                .or(() -> known(places.getOrDefault(id, "")))
                .or(() -> known(TimeZoneRegistry.ZONE_ALIASES.getOrDefault(id, "")))
                .or(() -> prefixed(id));
    }

    /** Calendar programs put their own name before the zone's: {@code /example.org/Europe/Rome}. */
    private static Optional<ZoneId> prefixed(String id) {
        int slash = id.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String rest = id.substring(slash + 1);
        return known(rest).or(() -> prefixed(rest));
    }

    private static Optional<ZoneId> known(String id) {
        return ZoneId.getAvailableZoneIds().contains(id) && !id.startsWith("ical4j")
                ? Optional.of(ZoneId.of(id))
                : Optional.empty();
    }
}
