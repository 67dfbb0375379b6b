package planted;

/** An exception that nobody throws. */
final class Dead {

    private Dead() {}

    static void refuse() {
        new IllegalStateException("planted");
    }
}
