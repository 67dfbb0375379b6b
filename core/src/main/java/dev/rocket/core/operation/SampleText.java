package dev.rocket.core.operation;

import java.util.List;
import java.util.random.RandomGenerator;

/** Titles, notes and names as people write them, drawn by lot. */
final class SampleText {

    static final List<String> LABELS =
            List.of(
                    "urgent", "waiting", "phone", "errand", "home", "office", "idea", "bug",
                    "review", "someday");

    static final List<String> MEMBERS =
            List.of(
                    "Ada Okafor",
                    "Björn Lindqvist",
                    "Chen Wei",
                    "Dolores Ibarra",
                    "Emre Yılmaz",
                    "Fatima Haddad",
                    "Grace Novak",
                    "Hiro Tanaka");

    private static final List<String> AREAS =
            List.of(
                    "Garden",
                    "House",
                    "Website",
                    "Accounts",
                    "Conference",
                    "Kitchen",
                    "Support",
                    "Training",
                    "Warehouse",
                    "Newsletter",
                    "Hiring",
                    "Archive");
    private static final List<String> SEASONS =
            List.of("spring", "summer", "autumn", "winter", "first half", "second half");
    private static final List<String> VERBS =
            List.of(
                    "Call", "Order", "Review", "Repair", "Write", "Plan", "Check", "Send", "Book",
                    "Clean", "Compare", "Update", "Prepare", "Collect", "Answer", "Measure");
    private static final List<String> THINGS =
            List.of(
                    "the invoice",
                    "spare parts",
                    "the draft",
                    "new chairs",
                    "the contract",
                    "tickets",
                    "the backup plan",
                    "seedlings",
                    "the slides",
                    "the water filter",
                    "travel costs",
                    "the list of guests",
                    "the release notes",
                    "a quote",
                    "the shelves",
                    "the survey");
    private static final List<String> ENDINGS =
            List.of(
                    "",
                    "",
                    "",
                    " for Monday",
                    " with the team",
                    " before the holidays",
                    " again",
                    " for the neighbours",
                    " by phone",
                    " in two copies");
    private static final List<String> SENTENCES =
            List.of(
                    "They asked for it last week.",
                    "The old one is still in use.",
                    "Costs no more than **200**, all in.",
                    "- ask first\n- then decide",
                    "See the message from Tuesday.",
                    "Does not fit through the door, so measure twice.",
                    "Nobody has answered yet.",
                    "Better in the morning; it gets loud later.");

    private final RandomGenerator chance;

    SampleText(RandomGenerator chance) {
        this.chance = chance;
    }

    <T> T pick(List<T> some) {
        return some.get(chance.nextInt(some.size()));
    }

    String title() {
        return pick(VERBS) + " " + pick(THINGS) + pick(ENDINGS);
    }

    /** Nothing, most of the time. */
    String notes() {
        StringBuilder notes = new StringBuilder();
        for (int left = chance.nextInt(10) - 6; left > 0; left--) {
            notes.append(notes.isEmpty() ? "" : "\n\n").append(pick(SENTENCES));
        }
        return notes.toString();
    }

    String remark() {
        return pick(SENTENCES);
    }

    /** The name of a project; no two numbers give the same. */
    String project(int number) {
        return pick(AREAS) + ", " + pick(SEASONS) + " " + (number + 1);
    }
}
