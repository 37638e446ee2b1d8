"""The tables of the search index. They are derived from the records and may be dropped and rebuilt at any time.

Every text in them is folded already (`domain/text.py`), words parted by one blank, so
FTS5 needs no Unicode rules of its own: SQLite 3.40 knows none that fit German.
"""

from __future__ import annotations

# Bumped when the folding or the documents change: an index of another version is rebuilt.
INDEX_VERSION = 2

# A document's rowid is record id * KINDS_ROOM + the code of its kind; codes are stored, never reuse one.
KINDS_ROOM = 16
KIND_CODES = {"contact": 1, "company": 2, "deal": 3, "interaction": 4, "task": 5, "event": 6}
KIND_NAMES = {code: kind for kind, code in KIND_CODES.items()}

# What a key stands for, its first letter. Whole names (a weak one only where it differs from the strong one), short
# names (a firm without its legal form, a person's given and family name, a nickname), and numbers: digits as typed
# without leading zeros where the country is unknown, and the number before an extension.
KEY_NAME, KEY_NAME_WEAK, KEY_SHORT, KEY_SHORT_WEAK, KEY_LOCAL, KEY_STEM = "n", "m", "s", "t", "p", "q"
# Begins a key and joins its words. No folded word holds it, and to FTS5's `ascii` tokenizer it is a letter: a key is
# one token, `·n·hans·mueller`, and no word is a prefix of it.
KEY_GLUE = "·"
# Marks a record whose name is longer than what of it is indexed.
LONG_NAME = f"{KEY_GLUE}l{KEY_GLUE}"

# FTS5 works out the columns of a hit from the positions, so `detail=column` serves; nothing here asks for bm25,
# which ranks wrongly without them.
SEARCH_DDL = f"""
CREATE TABLE search_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last_change_id INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
INSERT INTO search_state (id, last_change_id, version) VALUES (1, 0, {INDEX_VERSION});

-- People, firms and deals: who and what a name may mean. The weak columns hold only what the weak folding adds.
CREATE VIRTUAL TABLE search_card USING fts5
  (name, name_weak, company, company_weak, reach, facts, keys,
   tokenize = 'ascii', prefix = '1', detail = 'column', columnsize = 0);

-- What was written: log entries, tasks, appointments and notes, with the names they are about.
CREATE VIRTUAL TABLE search_text USING fts5
  (name, body, tokenize = 'ascii', prefix = '1', detail = 'column', columnsize = 0);

CREATE VIRTUAL TABLE search_text_word USING fts5vocab (search_text, row);

-- The words of names, and what is left of each when up to two letters are missing: words a typing error
-- apart share a token there.
CREATE TABLE search_word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE VIRTUAL TABLE search_near USING fts5
  (deletions, content = '', tokenize = 'ascii', detail = 'none', columnsize = 0);

-- What people and firms are sorted by (`name_order.key`).
CREATE TABLE contact_order (id INTEGER PRIMARY KEY, key TEXT NOT NULL) STRICT;
CREATE INDEX contact_order_key ON contact_order (key);
CREATE TABLE company_order (id INTEGER PRIMARY KEY, key TEXT NOT NULL) STRICT;
CREATE INDEX company_order_key ON company_order (key);
"""


def key_token(key_class: str, key: str) -> str:
    """Return the one word that stands for a key in the index; a key without words is written as hex."""
    if not key.replace(" ", "").isalnum():
        key = key.encode("utf-8", "replace").hex()
    return KEY_GLUE + key_class + KEY_GLUE + key.replace(" ", KEY_GLUE)
