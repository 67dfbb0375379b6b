package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TreeTest {

    @Test
    void random_changes_equal_those_of_a_sorted_map_and_leave_old_copies_alone() {
        long seed = Contract.seed("random_changes_equal_those_of_a_sorted_map");
        Random random = new Random(seed);
        Tree<Integer, String> tree = Tree.by(Comparator.naturalOrder());
        TreeMap<Integer, String> map = new TreeMap<>();
        List<Tree<Integer, String>> copies = new ArrayList<>();
        List<List<String>> held = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            int key = random.nextInt(400);
            if (random.nextInt(3) == 0) {
                tree = tree.without(key);
                map.remove(key);
            } else {
                tree = tree.with(key, "value " + i);
                map.put(key, "value " + i);
            }
            int low = random.nextInt(400);
            List<String> above = new ArrayList<>();
            tree.above(low, value -> above.add(value) && above.size() < 5);
            assertEquals(
                    map.tailMap(low, false).values().stream().limit(5).toList(),
                    above,
                    "seed " + seed);
            assertEquals(Optional.ofNullable(map.get(low)), tree.find(low));
            if (i % 100 == 0) {
                copies.add(tree);
                held.add(List.copyOf(map.values()));
            }
        }
        assertEquals(List.copyOf(map.values()), tree.values());
        assertEquals(Optional.of(map.lastKey()), tree.last());
        for (int i = 0; i < copies.size(); i++) {
            assertEquals(held.get(i), copies.get(i).values());
        }
    }
}
