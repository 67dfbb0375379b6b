package dev.rocket.http.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rocket.core.model.Refused;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static Query parse(String raw) {
        return Query.parse(raw, Set.of("a", "b"));
    }

    @Test
    void values_are_decoded_and_kept_in_order() {
        Query query = parse("a=1&&b=x+y%2Bz&a=%C3%A9%F0%9F%98%80&a");
        assertEquals(List.of("1", "é😀", ""), query.all("a"));
        assertEquals(Optional.of("x y+z"), query.one("b"));
        assertThrows(Refused.class, () -> query.one("a"));
        assertEquals(Optional.of(7L), parse("a=7").number("a"));
        assertEquals(Optional.empty(), parse("").one("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c=1",
                "=1",
                "a=%",
                "a=%4",
                "a=%4x",
                "a=%ff",
                "a=%ED%A0%80",
                "a=\u00e9",
                "a= ",
                "a=\u0000",
                "%61%=1"
            })
    void what_cannot_be_read_is_refused(String raw) {
        assertThrows(Refused.class, () -> parse(raw));
    }

    @Test
    void parameters_are_bounded() {
        assertThrows(Refused.class, () -> parse("a=1&".repeat(101)));
    }
}
