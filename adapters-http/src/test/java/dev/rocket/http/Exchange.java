package dev.rocket.http;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer as it came.
 *
 * @param status its status
 * @param headers all values by name in lower case
 * @param body its text
 */
record Exchange(int status, Map<String, List<String>> headers, String body) {

    /** The answer that the client library read. */
    static Exchange of(HttpResponse<String> answer) {
        return of(answer, answer.body());
    }

    /** The answer whose body was read in another way. */
    static Exchange of(HttpResponse<?> answer, String body) {
        Map<String, List<String>> headers = new TreeMap<>();
        answer.headers()
                .map()
                .forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all));
        return new Exchange(answer.statusCode(), headers, body);
    }

    /** The answer in the bytes of a connection, whose body is what follows the head. */
    static Exchange of(String bytes) {
        int head = bytes.indexOf("\r\n\r\n");
        if (head < 0) {
            throw new AssertionError("no answer: " + bytes);
        }
        Map<String, List<String>> headers = new TreeMap<>();
        List<String> lines = List.of(bytes.substring(0, head).split("\r\n", -1));
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            name -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).strip());
        }
        return new Exchange(Wire.status(bytes), headers, bytes.substring(head + 4));
    }

    /** The first value of a header. */
    Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }
}
