package dev.rocket.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomsTest {

    private static final JavaClasses HOUSE = House.planted("rooms");

    private static final Rooms PLAN =
            Rooms.under("dev.rocket.architecture.planted.rooms").room("low").room("high", "low");

    @Test
    void a_house_as_planned_passes() {
        assertEquals(List.of(), PLAN.room("side", "high").violations(HOUSE));
    }

    @Test
    void a_reach_beyond_the_plan_is_found_even_through_an_array() {
        List<String> found = PLAN.room("side", "low").violations(HOUSE);
        assertEquals(
                List.of(
                        "side may not reach high, but"
                                + " dev.rocket.architecture.planted.rooms.side.Window uses"
                                + " dev.rocket.architecture.planted.rooms.high.Tower"),
                found);
    }

    @Test
    void a_package_that_is_not_on_the_plan_is_found() {
        assertEquals("the package side is not on the plan", PLAN.violations(HOUSE).get(0));
    }

    @Test
    void a_room_without_a_package_is_found() {
        List<String> found = PLAN.room("side", "high").room("cellar").violations(HOUSE);
        assertEquals(List.of("the room cellar has no package"), found);
    }

    @Test
    void a_way_to_no_room_is_found() {
        List<String> found = PLAN.room("side", "high", "attic").violations(HOUSE);
        assertEquals(List.of("side may reach attic, which is no room"), found);
    }

    @Test
    void a_picture_shows_every_room_and_the_shortest_ways() {
        assertEquals(
                """
                flowchart TD
                    high[high]
                    low[low]
                    side_door[side.door]
                    high --> low
                    side_door --> high
                """,
                PLAN.room("side.door", "high", "low").picture());
    }

    @Test
    void a_circle_is_found_though_no_class_walks_it() {
        List<String> found =
                Rooms.under("dev.rocket.architecture.planted.rooms")
                        .room("low", "side")
                        .room("high", "low")
                        .room("side", "high")
                        .violations(HOUSE);
        assertEquals(
                List.of(
                        "the room high lies on a circle",
                        "the room low lies on a circle",
                        "the room side lies on a circle"),
                found);
    }

    @Test
    void a_room_stands_on_the_plan_once() {
        assertThrows(IllegalArgumentException.class, () -> PLAN.room("low"));
    }
}
