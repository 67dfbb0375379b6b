package dev.rocket.core.contract;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The search for an order of calls that explains all their answers.
 *
 * <p>A call may be put first when no other remaining call was answered before it was invoked. Each
 * pair of calls placed so far and register is tried once. Source: Wing and Gong, Testing and
 * Verifying Concurrent Objects, 1993; the memory of tried pairs is Lowe's, Testing for
 * Linearizability, 2017.
 */
final class Linearizer {

    private record Tried(BitSet placed, Operation.Register register) {}

    private record Step(BitSet placed, Operation.Register register, int next) {}

    private final List<Operation> operations;

    /** Explains that history of one register. */
    Linearizer(List<Operation> history) {
        operations = history.stream().sorted(Comparator.comparingLong(Operation::invoked)).toList();
    }

    /** Whether there is such an order. */
    boolean explains() {
        Set<Tried> tried = new HashSet<>();
        Deque<Step> path = new ArrayDeque<>();
        path.push(new Step(new BitSet(), Operation.Register.UNBORN, 0));
        while (!path.isEmpty()) {
            Step step = path.pop();
            if (step.placed.cardinality() == operations.size()) {
                return true;
            }
            int candidate = candidate(step);
            if (candidate >= 0) {
                path.push(new Step(step.placed, step.register, candidate + 1));
                Optional<Operation.Register> after = operations.get(candidate).after(step.register);
                if (after.isPresent()) {
                    BitSet placed = (BitSet) step.placed.clone();
                    placed.set(candidate);
                    if (tried.add(new Tried(placed, after.get()))) {
                        path.push(new Step(placed, after.get(), 0));
                    }
                }
            }
        }
        return false;
    }

    /** The first call from {@code step.next} on that may come first now; -1 when none may. */
    private int candidate(Step step) {
        long firstAnswer = Long.MAX_VALUE;
        int i = step.placed.nextClearBit(0);
        while (i < operations.size() && operations.get(i).invoked() <= firstAnswer) {
            if (i >= step.next) {
                return i;
            }
            firstAnswer = Math.min(firstAnswer, operations.get(i).answered());
            i = step.placed.nextClearBit(i + 1);
        }
        return -1;
    }
}
