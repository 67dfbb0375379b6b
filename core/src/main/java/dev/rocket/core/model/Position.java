package dev.rocket.core.model;

/**
 * A place in a hand-made order: a fraction written in base 62.
 *
 * <p>Between any two there is another, so nothing is ever renumbered. Ordered as ASCII text.
 *
 * @param value 1 to {@link Limits#POSITION_CHARS} of {@code 0-9A-Za-z}, the last not {@code 0}
 */
public record Position(String value) implements Comparable<Position> {

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int BASE = DIGITS.length();

    /** Eleven digits hold any long; the last leaves room on both sides. */
    private static final int BIRTH_CHARS = 12;

    /** Refuses any other text with {@link Refusal.Invalid}. */
    public Position {
        boolean fits =
                !value.isEmpty()
                        && value.length() <= Limits.POSITION_CHARS
                        && value.charAt(value.length() - 1) != '0';
        for (int i = 0; fits && i < value.length(); i++) {
            fits = DIGITS.indexOf(value.charAt(i)) >= 0;
        }
        if (!fits) {
            throw Refused.invalid(
                    "position",
                    "must be 1 to " + Limits.POSITION_CHARS + " of 0-9, A-Z, a-z and not end in 0");
        }
    }

    /**
     * The place of a birth number: births in order get places in order, at the end of what exists.
     *
     * @param birth not negative
     */
    public static Position ofBirth(long birth) {
        char[] digits = new char[BIRTH_CHARS];
        long rest = birth;
        for (int i = BIRTH_CHARS - 2; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % BASE));
            rest /= BASE;
        }
        digits[BIRTH_CHARS - 1] = 'V';
        return new Position(new String(digits));
    }

    /**
     * A place before {@code high}, close to it: with nothing between, one character lasts for about
     * sixty such steps.
     *
     * @throws Refused with {@link Refusal.Invalid} when it would be too long
     */
    public static Position before(Position high) {
        String rest = high.value.substring(0, high.value.length() - 1);
        int last = DIGITS.indexOf(high.value.charAt(high.value.length() - 1));
        return fitting(last > 1 ? rest + DIGITS.charAt(last - 1) : rest + "0z");
    }

    /**
     * A place after {@code low}, close to it: after the place of a birth, it lies before every
     * later birth. With nothing between, one character lasts for about sixty such steps.
     *
     * @throws Refused with {@link Refusal.Invalid} when it would be too long
     */
    public static Position after(Position low) {
        int length = low.value.length();
        int last = DIGITS.indexOf(low.value.charAt(length - 1));
        return fitting(
                length >= BIRTH_CHARS && last < BASE - 1
                        ? low.value.substring(0, length - 1) + DIGITS.charAt(last + 1)
                        : low.value + "1");
    }

    /**
     * A place between two; one character lasts for about five halvings.
     *
     * @throws Refused with {@link Refusal.Invalid} unless {@code low} lies before {@code high}, and
     *     when it would be too long
     */
    public static Position between(Position low, Position high) {
        if (low.compareTo(high) >= 0) {
            throw Refused.invalid("position", "has no room: the two places are not in order");
        }
        return fitting(midpoint(low.value, high.value));
    }

    private static Position fitting(String value) {
        if (value.length() > Limits.POSITION_CHARS) {
            throw Refused.invalid("position", "has no room left here: move its neighbours apart");
        }
        return new Position(value);
    }

    private static String midpoint(String low, String high) {
        StringBuilder middle = new StringBuilder();
        boolean open = false;
        for (int i = 0; ; i++) {
            int from = i < low.length() ? DIGITS.indexOf(low.charAt(i)) : 0;
            int to = open ? BASE : i < high.length() ? DIGITS.indexOf(high.charAt(i)) : 0;
            if (to - from > 1) {
                return middle.append(DIGITS.charAt((from + to) / 2)).toString();
            }
            middle.append(DIGITS.charAt(from));
            open |= to - from == 1;
        }
    }

    @Override
    public int compareTo(Position other) {
        return value.compareTo(other.value);
    }
}
