package dev.rocket.core.operation;

import dev.rocket.core.model.Actor;
import dev.rocket.core.model.Catalogued;
import dev.rocket.core.model.Change;
import dev.rocket.core.model.Comment;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Job;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Project;
import dev.rocket.core.model.Task;
import dev.rocket.core.model.Token;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Changes without what people wrote, of the same shape.
 *
 * <p>Each word becomes another one of the same length, the same wherever it stands; names become
 * pseudonyms, since they must differ; tokens get hashes of which nobody has the secret. What
 * replaces what follows from a secret that is drawn once and kept nowhere, so nobody can ask it.
 * Dates, states, links, places and revisions stay.
 */
final class Anonymous {

    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";
    private static final int SECRET_BYTES = 32;
    private static final int NAME_DIGITS = 12;

    private final byte[] secret = new byte[SECRET_BYTES];

    /** Draws the secret. */
    Anonymous(RandomGenerator chance) {
        chance.nextBytes(secret);
    }

    /** The change at its place, without its words. */
    Change of(Change change) {
        return new Change(
                change.seq(),
                change.prev(),
                change.at(),
                of(change.actor()),
                change.cause(),
                of(change.image()));
    }

    private Actor of(Actor actor) {
        return actor.id().startsWith("token:")
                ? new Actor(actor.id(), name("somebody", actor.name()))
                : actor;
    }

    private Image of(Image image) {
        return switch (image) {
            case Task task -> of(task);
            case Project one ->
                    new Project(
                            one.id(),
                            one.revision(),
                            name("project", Catalogued.fold(one.name())),
                            text(one.notes()),
                            one.color(),
                            one.archived(),
                            one.stamp());
            case Label one ->
                    new Label(
                            one.id(),
                            one.revision(),
                            name("label", Catalogued.fold(one.name())),
                            one.color(),
                            one.stamp());
            case Member one ->
                    new Member(
                            one.id(),
                            one.revision(),
                            name("member", Catalogued.fold(one.name())),
                            one.email().map(address -> hash(address) + "@example.org"),
                            one.stamp());
            case Comment one ->
                    new Comment(
                            one.id(),
                            one.revision(),
                            one.task(),
                            of(one.author()),
                            text(one.text()),
                            one.stamp());
            case Token one -> of(one);
            case Job job -> job.untold();
            case Image.Gone gone -> gone;
        };
    }

    private Task of(Task task) {
        return new Task(
                task.id(),
                task.revision(),
                text(task.title()),
                text(task.notes()),
                task.status(),
                task.priority(),
                task.schedule(),
                task.links(),
                task.position(),
                task.stamp(),
                task.completed());
    }

    private Token of(Token token) {
        return new Token(
                token.id(),
                token.revision(),
                name("token", token.name()),
                HexFormat.of().formatHex(sha(token.hash())),
                token.scopes(),
                token.expires(),
                token.stamp());
    }

    private String name(String kind, String name) {
        return kind + " " + hash(name);
    }

    private String hash(String text) {
        return HexFormat.of().formatHex(sha(text)).substring(0, NAME_DIGITS);
    }

    /** A text with other words, each as long as the one before. */
    String text(String text) {
        return WORD.matcher(text).replaceAll(word -> word(word.group()));
    }

    private String word(String word) {
        byte[] lots = sha(word);
        StringBuilder other = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            String letters = i % 2 == 0 ? CONSONANTS : VOWELS;
            int lot = lots[i % lots.length] & 0xff;
            other.append(letters.charAt(lot % letters.length()));
        }
        return other.toString();
    }

    private byte[] sha(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(secret);
            return sha.digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
