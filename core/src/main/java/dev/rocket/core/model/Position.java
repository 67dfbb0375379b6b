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
        char[] digits = new char[12];
        long rest = birth;
        for (int i = 10; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % BASE));
            rest /= BASE;
        }
        digits[11] = 'V';
        return new Position(new String(digits));
    }

    /** A place before {@code high}. */
    public static Position before(Position high) {
        return new Position(midpoint("", high.value));
    }

    /** A place after {@code low} and before every later birth. */
    public static Position after(Position low) {
        return new Position(low.value + "V");
    }

    /**
     * A place between two.
     *
     * @throws Refused with {@link Refusal.Invalid} unless {@code low} lies before {@code high}
     */
    public static Position between(Position low, Position high) {
        if (low.compareTo(high) >= 0) {
            throw Refused.invalid("position", "has no room: the two places are not in order");
        }
        return new Position(midpoint(low.value, high.value));
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
