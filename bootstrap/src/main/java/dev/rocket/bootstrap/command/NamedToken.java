package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.core.model.Cursor;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Limits;
import dev.rocket.core.model.Listing;
import dev.rocket.core.model.Page;
import dev.rocket.core.model.Token;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.UseCases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A token as an operator names it. */
record NamedToken(UUID id, String name, Set<Token.Scope> scopes, Optional<Instant> expires) {

    /** All tokens of a store. */
    static List<NamedToken> all(UseCases cases, Caller caller) {
        List<NamedToken> all = new ArrayList<>();
        Optional<Cursor> next = Optional.of(Cursor.START);
        while (next.isPresent()) {
            Page<Token> page =
                    cases.find()
                            .list(
                                    caller,
                                    new Listing.All<>(
                                            Token.class,
                                            Image.Kind.TOKEN,
                                            next.get(),
                                            Limits.PAGE));
            for (Token one : page.items()) {
                all.add(new NamedToken(one.id().value(), one.name(), one.scopes(), one.expires()));
            }
            next = page.next();
        }
        return all;
    }

    /**
     * The token that a name or an id means.
     *
     * <p>Of several with one name, those that will expire are left out: they were replaced.
     *
     * @throws ConfigException when there is none, or several
     */
    static NamedToken chosen(List<NamedToken> all, String named, Instant now) {
        List<NamedToken> found =
                all.stream()
                        .filter(
                                one ->
                                        one.name().equals(named)
                                                || one.id().toString().equals(named))
                        .filter(one -> one.expires().filter(at -> !now.isBefore(at)).isEmpty())
                        .toList();
        if (found.size() > 1) {
            List<NamedToken> lasting =
                    found.stream().filter(one -> one.expires().isEmpty()).toList();
            found = lasting.size() == 1 ? lasting : found;
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        String ids =
                found.stream().map(one -> one.id().toString()).collect(Collectors.joining(", "));
        throw new ConfigException(
                List.of(
                        found.isEmpty()
                                ? "No token is called " + named + "; see: rocket token list"
                                : "Several tokens are called " + named + "; name one of " + ids));
    }
}
