-- One row: the schema's version, a number that a probe raises to see whether it may write, and
-- the start of the server process that gives places in the feed now.
CREATE TABLE rocket (
    version integer     NOT NULL,
    probed  bigint      NOT NULL DEFAULT 0,
    era     timestamptz NOT NULL DEFAULT pg_postmaster_start_time()
);

-- Places in the feed. Numbers are taken before the commit, so they may be skipped, and readers
-- look no further than the place below which nothing can be committed any more.
CREATE SEQUENCE change_seq CACHE 1;

-- The feed: one row a change, never rewritten. prev is the same entity's change before.
CREATE TABLE change (
    seq        bigint PRIMARY KEY,
    prev       bigint NOT NULL,
    at         bigint NOT NULL,
    actor_id   text   NOT NULL,
    actor_name text   NOT NULL,
    cause      text   NOT NULL,
    kind       text   NOT NULL,
    image      text   NOT NULL
);

-- Tasks as they stand. image is the whole task as JSON; the other columns serve the indexes.
CREATE TABLE task (
    id       uuid     PRIMARY KEY,
    revision bigint   NOT NULL,
    seq      bigint   NOT NULL,
    status   smallint NOT NULL,
    due      text     NOT NULL COLLATE "C",
    priority smallint NOT NULL,
    position text     NOT NULL COLLATE "C",
    updated  bigint   NOT NULL,
    created  bigint   NOT NULL,
    project  uuid,
    assignee uuid,
    parent   uuid,
    image    text     NOT NULL
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
    label uuid NOT NULL,
    task  uuid NOT NULL,
    PRIMARY KEY (label, task)
);

-- The words of each task, folded by Rocket: those of its title in part 0, those of its notes in
-- part 1, so that a new title does not index long notes again.
CREATE TABLE task_words (
    task  uuid     NOT NULL,
    part  smallint NOT NULL,
    words tsvector NOT NULL,
    PRIMARY KEY (task, part)
);
CREATE INDEX task_words_by_word ON task_words USING gin (words);

-- Projects, labels, members, comments and tokens as they stand.
CREATE TABLE entity (
    kind       text   NOT NULL COLLATE "C",
    id         uuid   NOT NULL,
    revision   bigint NOT NULL,
    seq        bigint NOT NULL,
    unique_key text   COLLATE "C",
    owner      uuid,
    image      text   NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE UNIQUE INDEX entity_by_key ON entity (kind, unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX entity_by_owner ON entity (owner, id) WHERE owner IS NOT NULL;

-- What was deleted, and when: an entity that comes back goes on counting.
CREATE TABLE gone (
    kind     text   NOT NULL COLLATE "C",
    id       uuid   NOT NULL,
    revision bigint NOT NULL,
    seq      bigint NOT NULL,
    PRIMARY KEY (kind, id)
);

-- Remembered answers to idempotency keys.
CREATE TABLE receipt (
    caller      text   NOT NULL COLLATE "C",
    word        text   NOT NULL COLLATE "C",
    fingerprint text   NOT NULL,
    at          bigint NOT NULL,
    changes     text   NOT NULL,
    PRIMARY KEY (caller, word)
);
CREATE INDEX receipt_by_age ON receipt (at);
