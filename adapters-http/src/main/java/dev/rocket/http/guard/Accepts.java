package dev.rocket.http.guard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Locale;

/**
 * Whether a client welcomes a media type.
 *
 * <p>Source: RFC 9110, section 12.5.1; of matching ranges the most specific decides.
 */
final class Accepts {

    private Accepts() {}

    /** Whether a client welcomes {@code type}, such as {@code application/json}. */
    static boolean welcomes(Headers headers, String type) {
        if (!headers.contains(HeaderNames.ACCEPT)) {
            return true;
        }
        String accept = String.join(",", headers.get(HeaderNames.ACCEPT).allValues());
        if (accept.isBlank() || accept.equals("*/*") || accept.equals(type)) {
            return true;
        }
        String family = type.substring(0, type.indexOf('/') + 1) + "*";
        int best = 0;
        boolean welcome = false;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            String media = parts[0].strip();
            int rank =
                    media.equals(type) ? 3 : media.equals(family) ? 2 : media.equals("*/*") ? 1 : 0;
            if (rank > best) {
                best = rank;
                welcome = !isRefused(parts);
            }
        }
        return welcome;
    }

    private static boolean isRefused(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace(" ", "");
            if (parameter.startsWith("q=")) {
                String weight = parameter.substring(2);
                return weight.equals("0") || weight.replace("0", "").equals(".");
            }
        }
        return false;
    }
}
