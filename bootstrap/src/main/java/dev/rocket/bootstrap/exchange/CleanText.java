package dev.rocket.bootstrap.exchange;

/** The nearest form of a text that the store takes. */
final class CleanText {

    private CleanText() {}

    /** One line without outer blanks; line ends and control characters become blanks. */
    static String line(String text) {
        return clean(text, false).strip();
    }

    /** Lines that end in {@code \n}; other control characters become blanks. */
    static String prose(String text) {
        return clean(text.replace("\r\n", "\n").replace('\r', '\n'), true);
    }

    /** The beginning of a text, at most that many characters, no character halved. */
    static String head(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        boolean halved = Character.isHighSurrogate(text.charAt(maxChars - 1));
        return text.substring(0, halved ? maxChars - 1 : maxChars);
    }

    private static String clean(String text, boolean lines) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean kept = lines && (c == '\n' || c == '\t');
            boolean control = (c < 0x20 && !kept) || c == 0x7f;
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(Character.isSurrogate(c) ? '\ufffd' : control ? ' ' : c);
            }
        }
        return out.toString();
    }
}
