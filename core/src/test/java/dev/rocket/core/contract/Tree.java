package dev.rocket.core.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map; a changed copy shares all but one path.
 *
 * <p>A treap whose ranks are hashes of the keys, so equal content has equal shape and no source of
 * chance is needed. Keys need a hash code that agrees with the comparator.
 *
 * @param <K> sorted by
 * @param <V> held for a key
 */
final class Tree<K, V> {

    private record Node<K, V>(
            K key, V value, int rank, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {

        Node<K, V> withLeft(@Nullable Node<K, V> other) {
            return new Node<>(key, value, rank, other, right);
        }

        Node<K, V> withRight(@Nullable Node<K, V> other) {
            return new Node<>(key, value, rank, left, other);
        }
    }

    private final Comparator<? super K> order;
    private final @Nullable Node<K, V> root;

    private Tree(Comparator<? super K> order, @Nullable Node<K, V> root) {
        this.order = order;
        this.root = root;
    }

    /** Nothing, to be sorted by that order. */
    static <K, V> Tree<K, V> by(Comparator<? super K> order) {
        return new Tree<>(order, null);
    }

    /** The value of a key. */
    Optional<V> find(K key) {
        Node<K, V> node = root;
        while (node != null) {
            int side = order.compare(key, node.key);
            if (side == 0) {
                return Optional.of(node.value);
            }
            node = side < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    /** The same with a value for that key. */
    Tree<K, V> with(K key, V value) {
        int rank = key.hashCode() * 0x9e3779b9;
        return new Tree<>(order, put(root, new Node<>(key, value, rank ^ rank >>> 15, null, null)));
    }

    /** The same without that key. */
    Tree<K, V> without(K key) {
        return new Tree<>(order, cut(root, key));
    }

    /** The greatest key. */
    Optional<K> last() {
        if (root == null) {
            return Optional.empty();
        }
        Node<K, V> node = root;
        while (node.right != null) {
            node = node.right;
        }
        return Optional.of(node.key);
    }

    /** The values of keys above {@code low}, ascending, for as long as {@code wanted} says so. */
    void above(K low, Predicate<? super V> wanted) {
        walk(root, low, wanted);
    }

    /** All values, ascending by key. */
    List<V> values() {
        List<V> values = new ArrayList<>();
        walk(root, null, values::add);
        return values;
    }

    private boolean walk(@Nullable Node<K, V> node, @Nullable K low, Predicate<? super V> wanted) {
        if (node == null) {
            return true;
        }
        if (low != null && order.compare(node.key, low) <= 0) {
            return walk(node.right, low, wanted);
        }
        return walk(node.left, low, wanted)
                && wanted.test(node.value)
                && walk(node.right, null, wanted);
    }

    private Node<K, V> put(@Nullable Node<K, V> node, Node<K, V> added) {
        if (node == null) {
            return added;
        }
        int side = order.compare(added.key, node.key);
        if (side == 0) {
            return new Node<>(added.key, added.value, node.rank, node.left, node.right);
        }
        if (added.rank > node.rank) {
            return added.withLeft(below(node, added.key)).withRight(beyond(node, added.key));
        }
        return side < 0
                ? node.withLeft(put(node.left, added))
                : node.withRight(put(node.right, added));
    }

    private @Nullable Node<K, V> below(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        return order.compare(node.key, key) < 0
                ? node.withRight(below(node.right, key))
                : below(node.left, key);
    }

    private @Nullable Node<K, V> beyond(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        return order.compare(node.key, key) > 0
                ? node.withLeft(beyond(node.left, key))
                : beyond(node.right, key);
    }

    private @Nullable Node<K, V> cut(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int side = order.compare(key, node.key);
        if (side == 0) {
            return joined(node.left, node.right);
        }
        return side < 0 ? node.withLeft(cut(node.left, key)) : node.withRight(cut(node.right, key));
    }

    private @Nullable Node<K, V> joined(@Nullable Node<K, V> low, @Nullable Node<K, V> high) {
        if (low == null || high == null) {
            return low == null ? high : low;
        }
        return low.rank >= high.rank
                ? low.withRight(joined(low.right, high))
                : high.withLeft(joined(low, high.left));
    }
}
