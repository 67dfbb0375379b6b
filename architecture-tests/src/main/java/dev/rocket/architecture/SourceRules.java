package dev.rocket.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Rules for how sources are written. */
public final class SourceRules {

    private static final Pattern PROMISE =
            Pattern.compile(
                    "(//|/\\*|\\*|#|<!--).*\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b|@auth" + "or\\b");

    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.~-])(/(home|root|Users|work)/\\w|[A-Z]:\\\\{1,2}Users\\b)");

    private SourceRules() {}

    /** Types take at most so many lines, from the first word to the last brace. */
    public static SourceRule typesFit(int lines) {
        return new SourceRule(
                "types fit " + lines + " lines", source -> tooLong(types(source), lines));
    }

    /** Methods take at most so many lines, from the first word to the last brace. */
    public static SourceRule methodsFit(int lines) {
        return new SourceRule(
                "methods fit " + lines + " lines",
                source -> tooLong(Part.in(source, MethodTree.class), lines));
    }

    private static Stream<String> tooLong(Stream<? extends Part<?>> parts, int lines) {
        return parts.filter(part -> part.length() > lines)
                .map(part -> part.finding("takes " + part.length() + " lines"));
    }

    /** Methods take at most so many parameters; a record's own constructor may take more. */
    public static SourceRule parametersFit(int atMost) {
        return new SourceRule(
                "at most " + atMost + " parameters",
                source ->
                        Part.in(source, MethodTree.class)
                                .filter(method -> parameters(method) > atMost)
                                .filter(method -> !isCanonical(method))
                                .map(m -> m.finding("takes " + parameters(m) + " parameters")));
    }

    private static int parameters(Part<MethodTree> method) {
        return method.tree().getParameters().size();
    }

    /** Lines end by that column. */
    public static SourceRule linesFit(int columns) {
        return new SourceRule(
                "lines end by column " + columns,
                source -> numbered(source, line -> width(line) > columns, "is too long"));
    }

    /** Every public type opens with one sentence of at most so many words. */
    public static SourceRule typesOpenWithASentence(int words) {
        return new SourceRule(
                "public types open with one sentence of at most " + words + " words",
                source ->
                        types(source)
                                .filter(type -> isShown(type.path()))
                                .flatMap(
                                        type ->
                                                flaw(opening(type), words)
                                                        .map(type::finding)
                                                        .stream()));
    }

    /** Every public method says what it does; one that overrides is told by what it overrides. */
    public static SourceRule methodsAreTold() {
        return new SourceRule(
                "public methods have Javadoc",
                source ->
                        Part.in(source, MethodTree.class)
                                .filter(method -> isShown(method.path()))
                                .filter(method -> !isTold(method))
                                .map(m -> m.finding(m.tree().getName() + " is not told")));
    }

    private static boolean isTold(Part<MethodTree> method) {
        boolean overrides =
                method.tree().getModifiers().getAnnotations().stream()
                        .anyMatch(one -> one.getAnnotationType().toString().equals("Override"));
        return overrides || method.source().trees().getDocCommentTree(method.path()) != null;
    }

    /** Nothing is promised for later and no author signs. */
    public static SourceRule promiseNothing() {
        return new SourceRule(
                "nothing is promised and nobody signs",
                source ->
                        numbered(
                                source, line -> PROMISE.matcher(line).find(), "promises or signs"));
    }

    /** No path of somebody's machine is written down. */
    public static SourceRule nameNoMachine() {
        return new SourceRule(
                "no path of one machine",
                source ->
                        numbered(
                                source,
                                line -> MACHINE_PATH.matcher(line).find(),
                                "names a path of one machine"));
    }

    /** The package that a file opens is null-marked; only then does NullAway look into it. */
    public static SourceRule packagesAreNullMarked() {
        return new SourceRule(
                "packages are null-marked",
                source ->
                        Part.in(source, PackageTree.class)
                                .filter(opened -> !isNullMarked(opened.tree()))
                                .map(opened -> opened.finding("is not null-marked")));
    }

    private static boolean isNullMarked(PackageTree opened) {
        return opened.getAnnotations().stream()
                .anyMatch(one -> one.getAnnotationType().toString().endsWith("NullMarked"));
    }

    /**
     * A text stands in certain files alone.
     *
     * @param text what is looked for, in code and comments alike
     * @param homes the ends of the names of those files
     */
    public static SourceRule standsOnlyIn(Pattern text, Set<String> homes) {
        return new SourceRule(
                text + " stands only in " + homes,
                source ->
                        homes.stream().anyMatch(source.name()::endsWith)
                                ? Stream.of()
                                : numbered(source, line -> text.matcher(line).find(), "says it"));
    }

    /** No comment, nor a line of one, is code: the compiler is asked. */
    public static SourceRule keepNoDeadCode() {
        return new SourceRule(
                "no code is commented out",
                source ->
                        Comment.in(source.text()).stream()
                                .filter(comment -> !comment.isDoc())
                                .filter(SourceRules::holdsCode)
                                .map(comment -> source.name() + ":" + comment.line() + " is code"));
    }

    private static boolean holdsCode(Comment comment) {
        return Stream.concat(Stream.of(comment.text()), comment.text().lines())
                .map(String::strip)
                .filter(piece -> piece.endsWith(";") || piece.endsWith("}"))
                .anyMatch(SourceRules::isCode);
    }

    private static boolean isCode(String piece) {
        return Source.isJava("class Try { void it() { " + piece + " } }")
                || Source.isJava("class Try { " + piece + " }")
                || (piece.startsWith("import ") && Source.isJava(piece));
    }

    private static int width(String line) {
        return line.codePointCount(0, line.length());
    }

    private static Stream<String> numbered(
            Source source, java.util.function.Predicate<String> bad, String why) {
        List<String> lines = source.lines();
        return IntStream.range(0, lines.size())
                .filter(i -> bad.test(lines.get(i)))
                .mapToObj(i -> source.name() + ":" + (i + 1) + " " + why);
    }

    private static String opening(Part<ClassTree> type) {
        DocCommentTree comment = type.source().trees().getDocCommentTree(type.path());
        return comment == null ? "" : Sentence.of(comment.getFirstSentence());
    }

    private static Optional<String> flaw(String sentence, int words) {
        int has = sentence.split("\\s+").length;
        if (sentence.isEmpty()) {
            return Optional.of("has no opening sentence");
        }
        if (!sentence.endsWith(".")) {
            return Optional.of("opens with no full sentence: " + sentence);
        }
        if (sentence.matches("(?i)this (class|type|interface|record|enum|annotation)\\b.*")) {
            return Optional.of("opens with what anybody sees: " + sentence);
        }
        return has > words
                ? Optional.of("opens with " + has + " words: " + sentence)
                : Optional.empty();
    }

    private static Stream<Part<ClassTree>> types(Source source) {
        return Part.in(source, ClassTree.class)
                .filter(type -> !type.tree().getSimpleName().isEmpty());
    }

    private static boolean isCanonical(Part<MethodTree> method) {
        if (!(method.holder() instanceof ClassTree type) || type.getKind() != Tree.Kind.RECORD) {
            return false;
        }
        long components =
                type.getMembers().stream()
                        .filter(member -> member instanceof VariableTree field && !isStatic(field))
                        .count();
        return method.tree().getReturnType() == null && parameters(method) == components;
    }

    private static boolean isStatic(VariableTree field) {
        return field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    /** Whether others see a part: it is public, and so is each type around it. */
    private static boolean isShown(TreePath path) {
        Set<Modifier> flags =
                switch (path.getLeaf()) {
                    case ClassTree type -> type.getModifiers().getFlags();
                    case MethodTree method -> method.getModifiers().getFlags();
                    default -> Set.of();
                };
        if (path.getParentPath().getLeaf() instanceof ClassTree outer) {
            boolean member =
                    outer.getKind() == Tree.Kind.INTERFACE && !flags.contains(Modifier.PRIVATE);
            return (member || flags.contains(Modifier.PUBLIC)) && isShown(path.getParentPath());
        }
        return flags.contains(Modifier.PUBLIC);
    }
}
