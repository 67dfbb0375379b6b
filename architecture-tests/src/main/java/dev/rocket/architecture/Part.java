package dev.rocket.architecture;

import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of a source's tree.
 *
 * @param source where it stands
 * @param tree the part
 * @param path the way to it from the top
 */
record Part<T extends Tree>(Source source, T tree, TreePath path) {

    /** All parts of one kind, in order. */
    static <T extends Tree> Stream<Part<T>> in(Source source, Class<T> kind) {
        List<Part<T>> found = new ArrayList<>();
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void scan(@Nullable Tree tree, @Nullable Void nothing) {
                if (kind.isInstance(tree) && getCurrentPath() != null) {
                    TreePath path = new TreePath(getCurrentPath(), tree);
                    found.add(new Part<>(source, kind.cast(tree), path));
                }
                return super.scan(tree, null);
            }
        }.scan(new TreePath(source.unit()), null);
        return found.stream();
    }

    /** The part that holds it. */
    Tree holder() {
        return path.getParentPath().getLeaf();
    }

    /** How many lines it takes; Javadoc before it does not count. */
    long length() {
        SourcePositions positions = source.trees().getSourcePositions();
        return line(positions.getEndPosition(source.unit(), tree)) - line(start()) + 1;
    }

    /** A finding about it. */
    String finding(String what) {
        return source.name() + ":" + line(start()) + " " + what;
    }

    private long start() {
        return source.trees().getSourcePositions().getStartPosition(source.unit(), tree);
    }

    private long line(long position) {
        LineMap lines = source.unit().getLineMap();
        return lines.getLineNumber(position);
    }
}
