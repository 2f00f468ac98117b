-- The journal. Every table is ours: the package's own records are read in the org and never written.
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- local and utc: when the last whole load began; NULL until the list was loaded whole once.
CREATE TABLE IF NOT EXISTS list (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, local TEXT, utc TEXT, doubt TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS membership (
    list TEXT NOT NULL, key TEXT NOT NULL, email TEXT NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL, record TEXT,
    PRIMARY KEY (list, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS membership_by_key ON membership (key);
CREATE TABLE IF NOT EXISTS staged (
    list TEXT NOT NULL, key TEXT NOT NULL, email TEXT NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL,
    rank INTEGER NOT NULL, PRIMARY KEY (list, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS person (
    id TEXT PRIMARY KEY, object TEXT NOT NULL, lookup TEXT NOT NULL, key TEXT NOT NULL, email TEXT NOT NULL,
    opted_out INTEGER NOT NULL, converted INTEGER NOT NULL, modified TEXT NOT NULL, pass TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS person_by_key ON person (key);
-- Addresses about which something changed that no finished opt-out job has seen.
CREATE TABLE IF NOT EXISTS open_key (key TEXT PRIMARY KEY, tried TEXT NOT NULL DEFAULT '', kept INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
-- What the job is about to write in this run.
CREATE TABLE IF NOT EXISTS planned (
    object TEXT NOT NULL, id TEXT NOT NULL, opted_out INTEGER NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (object, opted_out, id)
) WITHOUT ROWID;
-- Every write that was asked for, with its evidence; outcome is empty while no answer is known.
CREATE TABLE IF NOT EXISTS write (
    number INTEGER PRIMARY KEY, run TEXT NOT NULL, object TEXT NOT NULL, id TEXT NOT NULL, opted_out INTEGER NOT NULL,
    evidence TEXT NOT NULL, asked TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS write_by_record ON write (id);
CREATE TABLE IF NOT EXISTS unsubscribing (list TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (list, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS issue (
    cause TEXT NOT NULL, record TEXT NOT NULL, evidence TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
    closed TEXT NOT NULL DEFAULT '', PRIMARY KEY (cause, record)
) WITHOUT ROWID;
