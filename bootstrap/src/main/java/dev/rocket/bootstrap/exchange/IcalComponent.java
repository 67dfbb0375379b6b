package dev.rocket.bootstrap.exchange;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.fortuna.ical4j.data.CalendarParserImpl;
import net.fortuna.ical4j.data.ContentHandler;
import net.fortuna.ical4j.data.ParserException;

/**
 * A component of an iCalendar file: a to-do, an event, an alarm.
 *
 * @param name in upper case, {@code VTODO}
 * @param properties in order
 * @param inner the components in it
 */
record IcalComponent(String name, List<Property> properties, List<IcalComponent> inner) {

    /**
     * A property of a component.
     *
     * @param name in upper case
     * @param parameters by name in upper case, without quotation marks
     * @param value as it is written, with its escapes
     */
    record Property(String name, Map<String, String> parameters, String value) {}

    // A configuration file that nobody has to write is nothing to report; held here so that the
    // level lasts.
    private static final Logger QUIET = Logger.getLogger("net.fortuna.ical4j");

    static {
        QUIET.setLevel(Level.WARNING);
    }

    /** The value of the first property of a name, unescaped. */
    Optional<String> text(String property) {
        return properties.stream()
                .filter(p -> p.name().equals(property))
                .findFirst()
                .map(p -> IcalText.unescape(p.value()));
    }

    /**
     * The component that unfolded lines hold, from its first to its last.
     *
     * @throws ParserException when a line is not of the format
     */
    static IcalComponent parse(List<String> lines) throws ParserException {
        StringBuilder text = new StringBuilder("BEGIN:VCALENDAR\r\n");
        lines.forEach(line -> text.append(line).append("\r\n"));
        text.append("END:VCALENDAR\r\n");
        Builder builder = new Builder();
        try {
            new CalendarParserImpl().parse(new StringReader(text.toString()), builder);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
        return builder.first();
    }

    private static final class Builder implements ContentHandler {

        private final Deque<IcalComponent> open = new ArrayDeque<>();
        private Optional<IcalComponent> first = Optional.empty();
        private Map<String, String> parameters = new LinkedHashMap<>();
        private String value = "";

        IcalComponent first() {
            return first.orElseGet(() -> new IcalComponent("", List.of(), List.of()));
        }

        @Override
        public void startCalendar() {}

        @Override
        public void endCalendar() {}

        @Override
        public void startComponent(String name) {
            IcalComponent component =
                    new IcalComponent(upper(name), new ArrayList<>(), new ArrayList<>());
            if (open.isEmpty()) {
                first = first.or(() -> Optional.of(component));
            } else {
                open.peek().inner().add(component);
            }
            open.push(component);
        }

        @Override
        public void endComponent(String name) {
            open.pop();
        }

        @Override
        public void startProperty(String name) {
            parameters = new LinkedHashMap<>();
            value = "";
        }

        @Override
        public void propertyValue(String text) {
            value = text;
        }

        @Override
        public void parameter(String name, String text) {
            parameters.put(upper(name), text.replace("\"", ""));
        }

        @Override
        public void endProperty(String name) {
            Property property = new Property(upper(name), parameters, value);
            if (!open.isEmpty()) {
                open.peek().properties().add(property);
            }
        }

        private static String upper(String name) {
            return name.strip().toUpperCase(Locale.ROOT);
        }
    }
}
