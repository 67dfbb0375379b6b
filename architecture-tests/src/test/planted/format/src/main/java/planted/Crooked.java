package planted;

/** Two spaces where four belong. */
record Crooked(int value) {

  int twice() {
    return 2*value;
  }
}
