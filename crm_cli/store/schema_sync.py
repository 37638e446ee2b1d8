"""The tables of synchronising: which collections there are, which record is which resource, what is undecided.

They are journalled, so an undo of a sync forgets what it had noted and the next one sees the same changes again. What
the server last said (`sync_state`) is not: its token holds only as long as the items are those it was noted with.
"""

from __future__ import annotations

SYNC_TABLES = ("sync_collection", "sync_item", "sync_conflict")

SYNC_DDL = """
CREATE TABLE sync_collection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
  url TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('contact', 'event')),
  user TEXT, password_command TEXT,
  direction TEXT NOT NULL DEFAULT 'both' CHECK (direction IN ('both', 'pull', 'push')),
  query TEXT,
  invite INTEGER NOT NULL DEFAULT 0 CHECK (invite IN (0, 1)),
  tasks INTEGER NOT NULL DEFAULT 0 CHECK (tasks IN (0, 1)),
  entries INTEGER NOT NULL DEFAULT 0 CHECK (entries IN (0, 1)),
  companies INTEGER NOT NULL DEFAULT 0 CHECK (companies IN (0, 1))
) STRICT;

-- The record is named by its public id and not by a reference: that it is gone is what has to be seen.
CREATE TABLE sync_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  collection_id INTEGER NOT NULL REFERENCES sync_collection (id) DEFERRABLE INITIALLY DEFERRED,
  href TEXT NOT NULL, etag TEXT NOT NULL,
  record_uid TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('here', 'there')),
  body_hash TEXT NOT NULL, facts_hash TEXT NOT NULL
) STRICT;
CREATE INDEX sync_item_href ON sync_item (collection_id, href);
CREATE INDEX sync_item_record ON sync_item (record_uid);

CREATE TABLE sync_conflict (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  collection_id INTEGER NOT NULL REFERENCES sync_collection (id) DEFERRABLE INITIALLY DEFERRED,
  href TEXT NOT NULL, record_uid TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('changed', 'gone_here', 'gone_there')),
  name TEXT NOT NULL,
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  mine_hash TEXT, theirs_hash TEXT,
  answer TEXT CHECK (answer IN ('mine', 'theirs')),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX sync_conflict_href ON sync_conflict (collection_id, href);

CREATE TABLE sync_state (
  collection_id INTEGER PRIMARY KEY,
  token TEXT, fingerprint TEXT,
  at TEXT, error TEXT
) STRICT;

-- What we deleted on the server ourselves: after an undo that it is gone there is nobody's wish any more.
CREATE TABLE sync_deleted (
  collection_id INTEGER NOT NULL, href TEXT NOT NULL,
  PRIMARY KEY (collection_id, href)
) STRICT, WITHOUT ROWID;

-- Bodies and facts as they were when both sides agreed, once, by hash.
CREATE TABLE sync_text (hash TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
