package dev.rocket.http.guard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The route table as a tree, so that finding a route costs one comparison a path segment.
 *
 * <p>Paths are compared as they came, undecoded: an escaped letter names no route.
 */
final class Routes {

    /** A route with its listener. */
    record Bound(Route route, Heard heard) {}

    /**
     * A path that is known.
     *
     * @param node what it knows
     * @param part the text in place of the template's braces; empty where there are none
     */
    record Match(Node node, String part) {}

    /** One segment of known paths. */
    static final class Node {

        private final String segment;
        private final List<Node> children = new ArrayList<>(2);
        private final List<Bound> methods = new ArrayList<>(2);
        private @Nullable Node any;
        private String allow = "";

        private Node(String segment) {
            this.segment = segment;
        }

        /** The route of a method, which HEAD shares with GET; null when it has none. */
        @Nullable Bound find(String method) {
            String wanted = method.equals("HEAD") ? "GET" : method;
            for (int i = 0; i < methods.size(); i++) {
                if (methods.get(i).route().method().equals(wanted)) {
                    return methods.get(i);
                }
            }
            return null;
        }

        /** The methods that are known here, as the header {@code Allow} lists them. */
        String allow() {
            return allow;
        }

        private void add(Bound bound) {
            if (find(bound.route().method()) != null) {
                throw new IllegalArgumentException("two routes: " + bound.route());
            }
            methods.add(bound);
            Set<String> names = new LinkedHashSet<>();
            for (Bound each : methods) {
                names.add(each.route().method());
                if (each.route().method().equals("GET")) {
                    names.add("HEAD");
                }
            }
            names.add("OPTIONS");
            allow = String.join(", ", names);
        }
    }

    private final Node root = new Node("");

    /** Takes a table; {@code listeners} gives each route's, by method and template. */
    Routes(List<Route> table, BiFunction<String, String, Heard> listeners) {
        for (Route route : table) {
            Heard heard = listeners.apply(route.method(), route.template());
            node(route.template()).add(new Bound(route, heard));
        }
    }

    private Node node(String template) {
        Node node = root;
        for (String segment : template.substring(1).split("/", -1)) {
            boolean isPart = segment.startsWith("{");
            Node next = isPart ? node.any : child(node, segment, 0, segment.length());
            if (next == null) {
                next = new Node(segment);
                if (isPart) {
                    node.any = next;
                } else {
                    node.children.add(next);
                }
            }
            node = next;
        }
        return node;
    }

    /** The place of a path, without its query; null when no route has it. */
    @Nullable Match find(String path) {
        Node node = root;
        String part = "";
        int from = 1;
        if (!path.startsWith("/")) {
            return null;
        }
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            Node next = child(node, path, from, to);
            if (next == null) {
                next = node.any;
                if (next == null || from == to) {
                    return null;
                }
                part = path.substring(from, to);
            }
            node = next;
            from = to + 1;
        }
        return node.methods.isEmpty() ? null : new Match(node, part);
    }

    private static @Nullable Node child(Node node, String path, int from, int to) {
        List<Node> children = node.children;
        for (int i = 0; i < children.size(); i++) {
            Node child = children.get(i);
            int length = child.segment.length();
            if (length == to - from && path.startsWith(child.segment, from)) {
                return child;
            }
        }
        return null;
    }
}
