-- At most one row: which of two stores is in charge, once this one was moved or came by a move.
CREATE TABLE custody (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    state TEXT    NOT NULL,
    other TEXT    NOT NULL,
    at    INTEGER NOT NULL
) STRICT;
