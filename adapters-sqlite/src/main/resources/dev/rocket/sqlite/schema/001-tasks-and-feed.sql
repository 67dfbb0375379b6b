-- The feed: one row a change, in order, never rewritten. prev is the same entity's change before.
CREATE TABLE change (
    seq        INTEGER PRIMARY KEY,
    prev       INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    actor_id   TEXT    NOT NULL,
    actor_name TEXT    NOT NULL,
    cause      TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    image      TEXT    NOT NULL
);

-- Tasks as they stand. image is the whole task as JSON; the other columns serve the indexes, and
-- the words are those of title and notes, folded by Rocket, as the index of words has them.
CREATE TABLE task (
    row      INTEGER PRIMARY KEY,
    id       BLOB    NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    status   INTEGER NOT NULL,
    due      TEXT    NOT NULL,
    priority INTEGER NOT NULL,
    position TEXT    NOT NULL,
    updated  INTEGER NOT NULL,
    created  INTEGER NOT NULL,
    project  BLOB,
    assignee BLOB,
    parent   BLOB,
    title_words TEXT NOT NULL,
    notes_words TEXT NOT NULL,
    image    TEXT    NOT NULL
);
CREATE INDEX task_by_due      ON task (status, due, id);
CREATE INDEX task_by_priority ON task (status, priority, id);
CREATE INDEX task_by_position ON task (status, position, id);
CREATE INDEX task_by_updated  ON task (status, updated, id);
CREATE INDEX task_by_created  ON task (status, created, id);
CREATE INDEX task_by_project  ON task (project)  WHERE project  IS NOT NULL;
CREATE INDEX task_by_assignee ON task (assignee) WHERE assignee IS NOT NULL;
CREATE INDEX task_by_parent   ON task (parent)   WHERE parent   IS NOT NULL;

CREATE TABLE task_label (
    label BLOB    NOT NULL,
    task  INTEGER NOT NULL,
    PRIMARY KEY (label, task)
) WITHOUT ROWID;

-- The words of each task: those of its title in row 2n of the task's row n, those of its notes in
-- row 2n + 1, so that a new title does not index long notes again. Words are taken out of the index
-- by naming them, so each task's row keeps them as they were put in.
CREATE VIRTUAL TABLE task_words USING fts5 (
    words,
    content = '',
    columnsize = 0,
    detail = none,
    tokenize = "ascii"
);

-- Projects, labels, members, comments and tokens as they stand.
CREATE TABLE entity (
    kind       TEXT    NOT NULL,
    id         BLOB    NOT NULL,
    revision   INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    unique_key TEXT,
    owner      BLOB,
    image      TEXT    NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX entity_by_key ON entity (kind, unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX entity_by_owner ON entity (owner, id) WHERE owner IS NOT NULL;

-- What was deleted, and when: an entity that comes back goes on counting.
CREATE TABLE gone (
    kind     TEXT    NOT NULL,
    id       BLOB    NOT NULL,
    revision INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- Remembered answers to idempotency keys.
CREATE TABLE receipt (
    caller      TEXT    NOT NULL,
    word        TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    changes     TEXT    NOT NULL,
    PRIMARY KEY (caller, word)
) WITHOUT ROWID;
CREATE INDEX receipt_by_age ON receipt (at);
