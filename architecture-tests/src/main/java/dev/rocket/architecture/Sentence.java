package dev.rocket.architecture;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.TextTree;
import java.util.List;
import java.util.stream.Collectors;

/** The words of Javadoc, as its reader sees them. */
final class Sentence {

    private Sentence() {}

    static String of(List<? extends DocTree> parts) {
        return parts.stream().map(Sentence::words).collect(Collectors.joining()).strip();
    }

    private static String words(DocTree part) {
        return switch (part) {
            case TextTree text -> text.getBody();
            case LiteralTree literal -> literal.getBody().getBody();
            case LinkTree link when !link.getLabel().isEmpty() -> of(link.getLabel());
            case LinkTree link -> link.getReference().getSignature();
            default -> part.toString();
        };
    }
}
