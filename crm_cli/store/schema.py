"""The schema of a new store, as plain SQL; upgrades of older files are in `migrations.py`.

Foreign keys are deferred and never cascade: a service deletes what belongs to a
record itself, so that every row that goes is in the journal, and an undo that
would leave a reference hanging fails at COMMIT instead of losing the row.
"""

from __future__ import annotations

from crm_cli.store import schema_calendar, schema_sync
from crm_cli.store.record_tables import RECORD_TABLES
from crm_cli.store.search_schema import SEARCH_DDL

OWNED_TABLES = (
    "email",
    "phone",
    "address",
    "link",
    "employment",
    "relation",
    "tag",
    "card",
    "interaction_contact",
    "task_contact",
    "deal_contact",
    "cadence",
    "field",
    "not_duplicate",
    "csv_mapping",
    *schema_calendar.OWNED_TABLES,
    *schema_sync.SYNC_TABLES,
)
# Tables whose every row change is journalled, record tables (with `uid`) first. Their keys are
# AUTOINCREMENT: a deletion stays undoable when another row was added since.
JOURNALLED = RECORD_TABLES + OWNED_TABLES

_RECORD = """
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
"""

# A row that belongs to exactly one person or firm.
_PARTY = """
  contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((contact_id IS NULL) <> (company_id IS NULL))
"""


def _reference(column: str, table: str, *, required: bool = False) -> str:
    return f"{column} INTEGER {'NOT NULL ' if required else ''}REFERENCES {table} (id) DEFERRABLE INITIALLY DEFERRED"


def _party_indexes(table: str) -> str:
    return (
        f"CREATE INDEX {table}_contact ON {table} (contact_id) WHERE contact_id IS NOT NULL;\n"
        f"CREATE INDEX {table}_company ON {table} (company_id) WHERE company_id IS NOT NULL;\n"
    )


JOURNAL_DDL = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE change_set (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  device TEXT NOT NULL,
  command TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'write' CHECK (kind IN ('write', 'undo', 'redo')),
  reverts INTEGER REFERENCES change_set (id),
  undone_by INTEGER REFERENCES change_set (id)
) STRICT;

CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  change_set_id INTEGER NOT NULL REFERENCES change_set (id) DEFERRABLE INITIALLY DEFERRED,
  entity TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  uid TEXT,
  operation TEXT NOT NULL CHECK (operation IN ('insert', 'update', 'delete')),
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX change_by_set ON change (change_set_id);
CREATE INDEX change_by_uid ON change (uid) WHERE uid IS NOT NULL;
CREATE INDEX change_deleted ON change (entity, row_id) WHERE operation = 'delete';
-- What became of one record, in a change set of any size.
CREATE INDEX change_inserted ON change (entity, row_id) WHERE operation = 'insert' AND uid IS NULL;
CREATE INDEX change_altered ON change (change_set_id, entity) WHERE operation <> 'insert';
-- What a change set of any size did to records.
CREATE INDEX change_of_record ON change (change_set_id, entity, operation) WHERE uid IS NOT NULL;

-- The change set of the running transaction: one row inside it, none outside.
CREATE TABLE journal_context (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  change_set_id INTEGER NOT NULL REFERENCES change_set (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
"""

PARTY_DDL = f"""
CREATE TABLE contact ({_RECORD},
  kind TEXT NOT NULL DEFAULT 'individual',
  name TEXT NOT NULL CHECK (name <> ''),
  given TEXT, family TEXT, additional TEXT, prefix TEXT, suffix TEXT, nickname TEXT,
  salutation TEXT, title TEXT, department TEXT, birthday TEXT, notes TEXT,
  custom TEXT CHECK (custom IS NULL OR json_valid(custom))
) STRICT;

CREATE TABLE company ({_RECORD},
  name TEXT NOT NULL CHECK (name <> ''),
  notes TEXT,
  custom TEXT CHECK (custom IS NULL OR json_valid(custom)),
  own_card INTEGER NOT NULL DEFAULT 1 CHECK (own_card IN (0, 1))
) STRICT;

CREATE INDEX contact_name ON contact (name COLLATE NOCASE);
CREATE INDEX contact_birthday ON contact (substr(birthday, -5)) WHERE birthday IS NOT NULL;
CREATE INDEX company_name ON company (name COLLATE NOCASE);

CREATE TABLE email (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  value TEXT NOT NULL, folded TEXT NOT NULL, label TEXT,
  preferred INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
  {_PARTY}
) STRICT;
CREATE INDEX email_folded ON email (folded);

CREATE TABLE phone (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  value TEXT NOT NULL, e164 TEXT, label TEXT,
  preferred INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
  {_PARTY}
) STRICT;
CREATE INDEX phone_e164 ON phone (e164) WHERE e164 IS NOT NULL;

CREATE TABLE address (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  street TEXT, extended TEXT, po_box TEXT, postcode TEXT, city TEXT, region TEXT, country TEXT, label TEXT,
  preferred INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
  {_PARTY}
) STRICT;

CREATE TABLE link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  value TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'url', label TEXT,
  {_PARTY}
) STRICT;

CREATE TABLE employment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  {_reference("contact_id", "contact", required=True)},
  {_reference("company_id", "company", required=True)},
  title TEXT, department TEXT, role TEXT, start_on TEXT, end_on TEXT
) STRICT;
CREATE INDEX employment_contact ON employment (contact_id);
CREATE INDEX employment_company ON employment (company_id);

CREATE TABLE relation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  {_reference("contact_id", "contact")},
  {_reference("company_id", "company")},
  {_reference("to_contact_id", "contact")},
  {_reference("to_company_id", "company")},
  note TEXT,
  CHECK ((contact_id IS NULL) <> (company_id IS NULL)),
  CHECK ((to_contact_id IS NULL) <> (to_company_id IS NULL))
) STRICT;
CREATE INDEX relation_to_contact ON relation (to_contact_id) WHERE to_contact_id IS NOT NULL;
CREATE INDEX relation_to_company ON relation (to_company_id) WHERE to_company_id IS NOT NULL;

-- A foreign card a record came from; the text itself is in raw_card, once, by hash.
CREATE TABLE card (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT, format TEXT NOT NULL, hash TEXT NOT NULL, content_hash TEXT,
  {_PARTY}
) STRICT;
CREATE INDEX card_uid ON card (uid) WHERE uid IS NOT NULL;
CREATE INDEX card_content ON card (content_hash) WHERE content_hash IS NOT NULL;

CREATE TABLE raw_card (hash TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE cadence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  days INTEGER NOT NULL CHECK (days > 0),
  started_on TEXT NOT NULL,
  {_PARTY}
) STRICT;

CREATE TABLE field (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL, name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('text', 'number', 'date', 'bool', 'choice', 'ref')),
  choices TEXT CHECK (choices IS NULL OR json_valid(choices)),
  UNIQUE (entity, name)
) STRICT;

CREATE TABLE not_duplicate (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  first_uid TEXT NOT NULL, second_uid TEXT NOT NULL,
  UNIQUE (first_uid, second_uid), CHECK (first_uid < second_uid)
) STRICT;

CREATE TABLE csv_mapping (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
""" + "".join(_party_indexes(table) for table in ("email", "phone", "address", "link", "card", "cadence", "relation"))

WORK_DDL = f"""
CREATE TABLE deal ({_RECORD},
  title TEXT NOT NULL CHECK (title <> ''),
  {_reference("company_id", "company")},
  stage TEXT NOT NULL,
  value_minor INTEGER, currency TEXT,
  probability INTEGER CHECK (probability BETWEEN 0 AND 100),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'won', 'lost')),
  expected_on TEXT, closed_at TEXT, lost_reason TEXT, notes TEXT,
  custom TEXT CHECK (custom IS NULL OR json_valid(custom)),
  CHECK ((value_minor IS NULL) = (currency IS NULL)),
  CHECK ((status = 'open') = (closed_at IS NULL))
) STRICT;
CREATE INDEX deal_company ON deal (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX deal_open ON deal (status) WHERE status = 'open';

CREATE TABLE interaction ({_RECORD},
  kind TEXT NOT NULL CHECK (kind <> ''),
  direction TEXT CHECK (direction IN ('in', 'out')),
  at TEXT NOT NULL,
  all_day INTEGER NOT NULL DEFAULT 0 CHECK (all_day IN (0, 1)),
  approximate INTEGER NOT NULL DEFAULT 0 CHECK (approximate IN (0, 1)),
  duration_min INTEGER CHECK (duration_min > 0),
  text TEXT NOT NULL, details TEXT,
  distance_km REAL CHECK (distance_km >= 0),
  outcome TEXT, ticket TEXT, campaign TEXT,
  {_reference("company_id", "company")},
  {_reference("deal_id", "deal")},
  raw TEXT,
  spans TEXT CHECK (spans IS NULL OR json_valid(spans)),
  parser_version INTEGER,
  line_hash TEXT
) STRICT;
CREATE INDEX interaction_at ON interaction (at);
CREATE INDEX interaction_company ON interaction (company_id, at) WHERE company_id IS NOT NULL;
CREATE INDEX interaction_deal ON interaction (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX interaction_line ON interaction (line_hash) WHERE line_hash IS NOT NULL;

CREATE TABLE interaction_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  {_reference("interaction_id", "interaction", required=True)},
  {_reference("contact_id", "contact", required=True)},
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (interaction_id, contact_id)
) STRICT;
CREATE INDEX interaction_contact_contact ON interaction_contact (contact_id);

CREATE TABLE task ({_RECORD},
  text TEXT NOT NULL CHECK (text <> ''),
  due TEXT,
  repeat TEXT,
  priority TEXT CHECK (priority IN ('high', 'normal', 'low')),
  done_at TEXT,
  {_reference("company_id", "company")},
  {_reference("deal_id", "deal")},
  {_reference("interaction_id", "interaction")}
) STRICT;
CREATE INDEX task_open ON task (due) WHERE done_at IS NULL;
CREATE INDEX task_company ON task (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX task_deal ON task (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX task_interaction ON task (interaction_id) WHERE interaction_id IS NOT NULL;

CREATE TABLE task_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  {_reference("task_id", "task", required=True)},
  {_reference("contact_id", "contact", required=True)},
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (task_id, contact_id)
) STRICT;
CREATE INDEX task_contact_contact ON task_contact (contact_id);

CREATE TABLE deal_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  {_reference("deal_id", "deal", required=True)},
  {_reference("contact_id", "contact", required=True)},
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (deal_id, contact_id)
) STRICT;
CREATE INDEX deal_contact_contact ON deal_contact (contact_id);

-- What a customer needs (opens a lead), and what was asked of inside sales (starts the service clock).
CREATE TABLE need ({_RECORD},
  text TEXT NOT NULL CHECK (text <> ''),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'won', 'lost')),
  {_reference("interaction_id", "interaction")},
  {_reference("contact_id", "contact")},
  {_reference("company_id", "company")}
) STRICT;
CREATE INDEX need_interaction ON need (interaction_id) WHERE interaction_id IS NOT NULL;
CREATE INDEX need_contact ON need (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX need_company ON need (company_id) WHERE company_id IS NOT NULL;

CREATE TABLE request ({_RECORD},
  kind TEXT NOT NULL, text TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'refused')),
  opened_at TEXT NOT NULL, closed_at TEXT,
  {_reference("interaction_id", "interaction")},
  {_reference("contact_id", "contact")},
  {_reference("company_id", "company")}
) STRICT;
CREATE INDEX request_interaction ON request (interaction_id) WHERE interaction_id IS NOT NULL;
CREATE INDEX request_contact ON request (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX request_company ON request (company_id) WHERE company_id IS NOT NULL;

CREATE TABLE segment ({_RECORD},
  name TEXT NOT NULL UNIQUE, entity TEXT NOT NULL, query TEXT NOT NULL
) STRICT;

CREATE TABLE tag (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  {_reference("contact_id", "contact")},
  {_reference("company_id", "company")},
  {_reference("interaction_id", "interaction")},
  {_reference("deal_id", "deal")},
  {_reference("task_id", "task")},
  {_reference("event_id", "event")},
  CHECK ((contact_id IS NOT NULL) + (company_id IS NOT NULL) + (interaction_id IS NOT NULL)
       + (deal_id IS NOT NULL) + (task_id IS NOT NULL) + (event_id IS NOT NULL) = 1)
) STRICT;
CREATE INDEX tag_name ON tag (name);
""" + "".join(
    f"CREATE UNIQUE INDEX tag_{entity} ON tag ({entity}_id, name) WHERE {entity}_id IS NOT NULL;\n"
    for entity in ("contact", "company", "interaction", "deal", "task", "event")
)

DDL = JOURNAL_DDL + PARTY_DDL + WORK_DDL + schema_calendar.CALENDAR_DDL + schema_sync.SYNC_DDL + SEARCH_DDL
