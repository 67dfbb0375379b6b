-- At most one row: which of two stores is in charge, once this one was moved or came by a move.
CREATE TABLE custody (
    one   integer PRIMARY KEY CHECK (one = 1),
    state text    NOT NULL,
    other text    NOT NULL,
    at    bigint  NOT NULL
);
