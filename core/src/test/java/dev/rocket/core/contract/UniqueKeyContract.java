package dev.rocket.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rocket.core.model.CatalogEdit;
import dev.rocket.core.model.Image;
import dev.rocket.core.model.Label;
import dev.rocket.core.model.Member;
import dev.rocket.core.model.Refused;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A unique key has one holder within a kind.
 *
 * <p>That holds at any instant and is checked at each {@code apply}. Taken names the value that was
 * asked for, as {@link Refused#taken} makes it. A key is free from the change on that gives it up.
 */
public abstract class UniqueKeyContract extends Contract {

    @Test
    void a_name_that_another_holds_is_taken_whatever_its_case() {
        put(label("Straße Ä"));
        Label second = label("straße A\u0308");
        assertEquals(Refused.taken(second).refusal(), refusal(() -> put(second)));
        assertEquals(1, feed().size());
        assertEquals(Optional.empty(), read(s -> s.find(second.id())));
    }

    @Test
    void a_holder_is_found_by_its_key() {
        Label label = label("Home");
        put(label);
        assertEquals(Optional.of(label), read(s -> s.keyed(Image.Kind.LABEL, "home")));
        assertEquals(Optional.empty(), read(s -> s.keyed(Image.Kind.LABEL, "hom")));
        assertEquals(Optional.empty(), read(s -> s.keyed(Image.Kind.PROJECT, "home")));
    }

    @Test
    void another_kind_may_hold_the_same_name() {
        Label label = label("Home");
        Member member = Member.named(new Member.Id(uuid()), "Home", NOW);
        put(label, member);
        assertEquals(Optional.of(label), read(s -> s.keyed(Image.Kind.LABEL, "home")));
        assertEquals(Optional.of(member), read(s -> s.keyed(Image.Kind.MEMBER, "home")));
    }

    @Test
    void a_rename_frees_the_old_name_and_holds_the_new_one() {
        Label label = label("old");
        put(label);
        Label renamed = renamed(label, "new");
        put(renamed);
        assertEquals(Optional.of(renamed), read(s -> s.keyed(Image.Kind.LABEL, "new")));
        Label heir = label("old");
        put(heir);
        assertEquals(Optional.of(heir), read(s -> s.keyed(Image.Kind.LABEL, "old")));
        Label third = label("NEW");
        assertEquals(Refused.taken(third).refusal(), refusal(() -> put(third)));
    }

    @Test
    void a_rename_onto_a_name_that_is_held_is_taken() {
        Label one = label("one");
        put(one, label("two"));
        Label clash = renamed(one, "Two");
        assertEquals(Refused.taken(clash).refusal(), refusal(() -> put(clash)));
        assertEquals(Optional.of(one), read(s -> s.keyed(Image.Kind.LABEL, "one")));
    }

    @Test
    void an_entity_may_keep_its_name_or_change_its_case() {
        Label label = label("home");
        put(label);
        Label recased = renamed(label, "HOME");
        put(recased);
        Label coloured =
                recased.edit(CatalogEdit.of(new CatalogEdit.Color(Optional.of("#00ff00"))), NOW);
        put(coloured);
        assertEquals(Optional.of(coloured), read(s -> s.keyed(Image.Kind.LABEL, "home")));
    }

    @Test
    void a_deletion_frees_the_name_within_the_same_transaction() {
        Label first = label("home");
        put(first);
        Label second = label("home");
        put(gone(first), second);
        assertEquals(Optional.of(second), read(s -> s.keyed(Image.Kind.LABEL, "home")));
    }

    @Test
    void what_comes_back_after_a_deletion_finds_its_name_taken() {
        Label first = label("home");
        put(first, gone(first), label("home"));
        Label back = first.with(CatalogEdit.of(), gone(first).revision().next(), first.stamp());
        assertEquals(Refused.taken(back).refusal(), refusal(() -> put(back)));
    }

    @Test
    void two_names_are_swapped_by_way_of_a_third() {
        Label one = label("one");
        Label two = label("two");
        put(one, two);
        Label aside = renamed(one, "aside");
        Label first = renamed(two, "one");
        Label second = renamed(aside, "two");
        put(aside, first, second);
        assertEquals(Optional.of(first), read(s -> s.keyed(Image.Kind.LABEL, "one")));
        assertEquals(Optional.of(second), read(s -> s.keyed(Image.Kind.LABEL, "two")));
        assertEquals(Optional.empty(), read(s -> s.keyed(Image.Kind.LABEL, "aside")));
    }

    @Test
    void a_direct_swap_is_taken_and_leaves_both_as_they_were() {
        Label one = label("one");
        Label two = label("two");
        put(one, two);
        Label clash = renamed(one, "two");
        assertEquals(
                Refused.taken(clash).refusal(), refusal(() -> put(clash, renamed(two, "one"))));
        assertEquals(Optional.of(one), read(s -> s.keyed(Image.Kind.LABEL, "one")));
        assertEquals(Optional.of(two), read(s -> s.keyed(Image.Kind.LABEL, "two")));
    }

    @Test
    void a_name_taken_back_by_a_savepoint_is_free() {
        Label lost = label("home");
        Label kept = label("home");
        write(
                tx -> {
                    refusal(
                            () ->
                                    tx.attempt(
                                            () -> {
                                                tx.apply(draft(lost));
                                                return tx.apply(draft(gone(kept)));
                                            }));
                    return tx.apply(draft(kept));
                });
        assertEquals(Optional.of(kept), read(s -> s.keyed(Image.Kind.LABEL, "home")));
    }
}
