package dev.rocket.bootstrap.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * Text values of iCalendar.
 *
 * <p>Source: RFC 5545, section 3.3.11.
 */
final class IcalText {

    private IcalText() {}

    /** A text without its escapes. */
    static String unescape(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                char next = value.charAt(++i);
                switch (next) {
                    case 'n', 'N' -> out.append('\n');
                    case '\\', ',', ';', ':', '"' -> out.append(next);
                    default -> out.append(c).append(next);
                }
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** The texts of a list, parted at commas that are not escaped. */
    static List<String> list(String value) {
        List<String> items = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '\\') {
                i++;
            } else if (value.charAt(i) == ',') {
                items.add(unescape(value.substring(from, i)));
                from = i + 1;
            }
        }
        items.add(unescape(value.substring(Math.min(from, value.length()))));
        return items;
    }
}
