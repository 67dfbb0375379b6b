package planted;

/** A record that needs no library. */
record Modest(int value) {}
