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
CREATE TABLE journal_context (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  change_set_id INTEGER NOT NULL REFERENCES change_set (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
,
  kind TEXT NOT NULL DEFAULT 'individual',
  name TEXT NOT NULL CHECK (name <> ''),
  given TEXT, family TEXT, additional TEXT, prefix TEXT, suffix TEXT, nickname TEXT,
  salutation TEXT, title TEXT, department TEXT, birthday TEXT, notes TEXT,
  custom TEXT CHECK (custom IS NULL OR json_valid(custom))
) STRICT;
CREATE TABLE company (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
,
  name TEXT NOT NULL CHECK (name <> ''),
  notes TEXT,
  custom TEXT CHECK (custom IS NULL OR json_valid(custom)),
  own_card INTEGER NOT NULL DEFAULT 1 CHECK (own_card IN (0, 1))
) STRICT;
CREATE INDEX contact_name ON contact (name COLLATE NOCASE);
CREATE INDEX company_name ON company (name COLLATE NOCASE);
CREATE TABLE email (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  value TEXT NOT NULL, folded TEXT NOT NULL, label TEXT,
  preferred INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
  
  contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((contact_id IS NULL) <> (company_id IS NULL))

) STRICT;
CREATE INDEX email_folded ON email (folded);
CREATE TABLE phone (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  value TEXT NOT NULL, e164 TEXT, label TEXT,
  preferred INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
  
  contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((contact_id IS NULL) <> (company_id IS NULL))

) STRICT;
CREATE INDEX phone_e164 ON phone (e164) WHERE e164 IS NOT NULL;
CREATE TABLE address (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  street TEXT, extended TEXT, po_box TEXT, postcode TEXT, city TEXT, region TEXT, country TEXT, label TEXT,
  preferred INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
  
  contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((contact_id IS NULL) <> (company_id IS NULL))

) STRICT;
CREATE TABLE link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  value TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'url', label TEXT,
  
  contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((contact_id IS NULL) <> (company_id IS NULL))

) STRICT;
CREATE TABLE employment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_id INTEGER NOT NULL REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER NOT NULL REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  title TEXT, department TEXT, role TEXT, start_on TEXT, end_on TEXT
) STRICT;
CREATE INDEX employment_contact ON employment (contact_id);
CREATE INDEX employment_company ON employment (company_id);
CREATE TABLE relation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  to_contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  to_company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  note TEXT,
  CHECK ((contact_id IS NULL) <> (company_id IS NULL)),
  CHECK ((to_contact_id IS NULL) <> (to_company_id IS NULL))
) STRICT;
CREATE INDEX relation_to_contact ON relation (to_contact_id) WHERE to_contact_id IS NOT NULL;
CREATE INDEX relation_to_company ON relation (to_company_id) WHERE to_company_id IS NOT NULL;
CREATE TABLE card (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT, format TEXT NOT NULL, hash TEXT NOT NULL, content_hash TEXT,
  
  contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((contact_id IS NULL) <> (company_id IS NULL))

) STRICT;
CREATE INDEX card_uid ON card (uid) WHERE uid IS NOT NULL;
CREATE INDEX card_content ON card (content_hash) WHERE content_hash IS NOT NULL;
CREATE TABLE raw_card (hash TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE cadence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  days INTEGER NOT NULL CHECK (days > 0),
  started_on TEXT NOT NULL,
  
  contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((contact_id IS NULL) <> (company_id IS NULL))

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
CREATE INDEX email_contact ON email (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX email_company ON email (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX phone_contact ON phone (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX phone_company ON phone (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX address_contact ON address (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX address_company ON address (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX link_contact ON link (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX link_company ON link (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX card_contact ON card (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX card_company ON card (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX cadence_contact ON cadence (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX cadence_company ON cadence (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX relation_contact ON relation (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX relation_company ON relation (company_id) WHERE company_id IS NOT NULL;
CREATE TABLE deal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
,
  title TEXT NOT NULL CHECK (title <> ''),
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
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
CREATE TABLE interaction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
,
  kind TEXT NOT NULL CHECK (kind <> ''),
  direction TEXT CHECK (direction IN ('in', 'out')),
  at TEXT NOT NULL,
  all_day INTEGER NOT NULL DEFAULT 0 CHECK (all_day IN (0, 1)),
  approximate INTEGER NOT NULL DEFAULT 0 CHECK (approximate IN (0, 1)),
  duration_min INTEGER CHECK (duration_min > 0),
  text TEXT NOT NULL, details TEXT,
  distance_km REAL CHECK (distance_km >= 0),
  outcome TEXT, ticket TEXT, campaign TEXT,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  deal_id INTEGER REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
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
  interaction_id INTEGER NOT NULL REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
  contact_id INTEGER NOT NULL REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (interaction_id, contact_id)
) STRICT;
CREATE INDEX interaction_contact_contact ON interaction_contact (contact_id);
CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
,
  text TEXT NOT NULL CHECK (text <> ''),
  due TEXT,
  repeat TEXT,
  priority TEXT CHECK (priority IN ('high', 'normal', 'low')),
  done_at TEXT,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  deal_id INTEGER REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
  interaction_id INTEGER REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX task_open ON task (due) WHERE done_at IS NULL;
CREATE INDEX task_company ON task (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX task_deal ON task (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX task_interaction ON task (interaction_id) WHERE interaction_id IS NOT NULL;
CREATE TABLE task_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id INTEGER NOT NULL REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED,
  contact_id INTEGER NOT NULL REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (task_id, contact_id)
) STRICT;
CREATE INDEX task_contact_contact ON task_contact (contact_id);
CREATE TABLE deal_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
  contact_id INTEGER NOT NULL REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (deal_id, contact_id)
) STRICT;
CREATE INDEX deal_contact_contact ON deal_contact (contact_id);
CREATE TABLE need (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
,
  text TEXT NOT NULL CHECK (text <> ''),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'won', 'lost')),
  interaction_id INTEGER REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
  contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX need_interaction ON need (interaction_id) WHERE interaction_id IS NOT NULL;
CREATE INDEX need_contact ON need (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX need_company ON need (company_id) WHERE company_id IS NOT NULL;
CREATE TABLE request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
,
  kind TEXT NOT NULL, text TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'refused')),
  opened_at TEXT NOT NULL, closed_at TEXT,
  interaction_id INTEGER REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
  contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX request_interaction ON request (interaction_id) WHERE interaction_id IS NOT NULL;
CREATE INDEX request_contact ON request (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX request_company ON request (company_id) WHERE company_id IS NOT NULL;
CREATE TABLE segment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
,
  name TEXT NOT NULL UNIQUE, entity TEXT NOT NULL, query TEXT NOT NULL
) STRICT;
CREATE TABLE tag (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  contact_id INTEGER REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  interaction_id INTEGER REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
  deal_id INTEGER REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
  task_id INTEGER REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED,
  event_id INTEGER REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((contact_id IS NOT NULL) + (company_id IS NOT NULL) + (interaction_id IS NOT NULL)
       + (deal_id IS NOT NULL) + (task_id IS NOT NULL) + (event_id IS NOT NULL) = 1)
) STRICT;
CREATE INDEX tag_name ON tag (name);
CREATE UNIQUE INDEX tag_contact ON tag (contact_id, name) WHERE contact_id IS NOT NULL;
CREATE UNIQUE INDEX tag_company ON tag (company_id, name) WHERE company_id IS NOT NULL;
CREATE UNIQUE INDEX tag_interaction ON tag (interaction_id, name) WHERE interaction_id IS NOT NULL;
CREATE UNIQUE INDEX tag_deal ON tag (deal_id, name) WHERE deal_id IS NOT NULL;
CREATE UNIQUE INDEX tag_task ON tag (task_id, name) WHERE task_id IS NOT NULL;
CREATE UNIQUE INDEX tag_event ON tag (event_id, name) WHERE event_id IS NOT NULL;
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
,
  title TEXT NOT NULL,
  start_at TEXT, end_at TEXT, timezone TEXT,
  first_day TEXT, last_day TEXT,
  location TEXT, description TEXT, url TEXT, status TEXT,
  free INTEGER NOT NULL DEFAULT 0 CHECK (free IN (0, 1)),
  recurrence TEXT CHECK (recurrence IS NULL OR json_valid(recurrence)),
  recurrence_id TEXT,
  this_and_future INTEGER NOT NULL DEFAULT 0 CHECK (this_and_future IN (0, 1)),
  sequence INTEGER NOT NULL DEFAULT 0,
  ical_uid TEXT, method TEXT, raw TEXT,
  company_id INTEGER REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  calendar_id INTEGER REFERENCES calendar (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX event_calendar ON event (calendar_id) WHERE calendar_id IS NOT NULL;
CREATE INDEX event_first_day ON event (first_day);
CREATE INDEX event_ical_uid ON event (ical_uid) WHERE ical_uid IS NOT NULL;
CREATE INDEX event_company ON event (company_id) WHERE company_id IS NOT NULL;
CREATE TABLE event_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
  contact_id INTEGER NOT NULL REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (event_id, contact_id)
) STRICT;
CREATE INDEX event_contact_contact ON event_contact (contact_id);
CREATE TABLE event_attendee (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
  email TEXT NOT NULL, name TEXT, status TEXT,
  organizer INTEGER NOT NULL DEFAULT 0 CHECK (organizer IN (0, 1))
) STRICT;
CREATE INDEX event_attendee_event ON event_attendee (event_id);
CREATE TABLE event_alarm (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
  minutes INTEGER NOT NULL
) STRICT;
CREATE INDEX event_alarm_event ON event_alarm (event_id);
CREATE TABLE calendar (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
,
  name TEXT, method TEXT, source TEXT,
  frame_hash TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
CREATE INDEX calendar_signature ON calendar (signature);
CREATE TABLE calendar_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  calendar_id INTEGER NOT NULL REFERENCES calendar (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL,
  component TEXT NOT NULL,
  ical_uid TEXT, recurrence_id TEXT,
  sequence INTEGER NOT NULL DEFAULT 0,
  hash TEXT NOT NULL,
  record_uid TEXT,
  UNIQUE (calendar_id, position)
) STRICT;
CREATE INDEX calendar_item_hash ON calendar_item (hash);
CREATE INDEX calendar_item_uid ON calendar_item (ical_uid) WHERE ical_uid IS NOT NULL;
CREATE INDEX calendar_item_record ON calendar_item (record_uid) WHERE record_uid IS NOT NULL;
CREATE TABLE not_a_visit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_uid TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  UNIQUE (event_uid, occurrence)
) STRICT;
CREATE TABLE reminded (
  record_uid TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (record_uid, occurrence)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_collection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
  url TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('contact', 'event')),
  user TEXT, password_command TEXT,
  direction TEXT NOT NULL DEFAULT 'both' CHECK (direction IN ('both', 'pull', 'push')),
  query TEXT,
  invite INTEGER NOT NULL DEFAULT 0 CHECK (invite IN (0, 1)),
  tasks INTEGER NOT NULL DEFAULT 0 CHECK (tasks IN (0, 1))
) STRICT;
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
  token TEXT, ctag TEXT, fingerprint TEXT,
  at TEXT, error TEXT
) STRICT;
CREATE TABLE sync_deleted (
  collection_id INTEGER NOT NULL, href TEXT NOT NULL,
  PRIMARY KEY (collection_id, href)
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_text (hash TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE search_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last_change_id INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search_card USING fts5
  (name, name_weak, company, company_weak, reach, facts, keys,
   tokenize = 'ascii', prefix = '1', detail = 'column', columnsize = 0);
CREATE VIRTUAL TABLE search_text USING fts5
  (name, body, tokenize = 'ascii', prefix = '1', detail = 'column', columnsize = 0);
CREATE VIRTUAL TABLE search_text_word USING fts5vocab (search_text, row);
CREATE TABLE search_word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE VIRTUAL TABLE search_near USING fts5
  (deletions, content = '', tokenize = 'ascii', detail = 'none', columnsize = 0);
INSERT INTO meta (key, value) VALUES ('device', 'aaaaaaaa');
INSERT INTO search_state (id, last_change_id, version) VALUES (1, 0, 1);
