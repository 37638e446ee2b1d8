"""The tables of calendars: events, who takes part, and the files they came in.

A calendar keeps its lines as a frame (`domain/ical_item.py`) and every component of it as a row; both texts lie in
`raw_card`, once, by hash. A component knows the record made of it by public id, not by key: tasks and log entries
are deleted without asking calendars, and an undo brings them back to their component.
"""

from __future__ import annotations

OWNED_TABLES = ("event_contact", "event_attendee", "event_alarm", "calendar_item", "not_a_visit")

_RECORD = """
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 16),
  owner TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
"""
_EVENT = "event_id INTEGER NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED"

CALENDAR_DDL = f"""
-- `start_at` and `end_at` are ISO 8601: a date, a floating time, or one with offset; `first_day` and `last_day`
-- bound them in any zone, `last_day` is NULL where a series has no known end.
CREATE TABLE event ({_RECORD},
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
  {_EVENT},
  contact_id INTEGER NOT NULL REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (event_id, contact_id)
) STRICT;
CREATE INDEX event_contact_contact ON event_contact (contact_id);

CREATE TABLE event_attendee (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  {_EVENT},
  email TEXT NOT NULL, name TEXT, status TEXT,
  organizer INTEGER NOT NULL DEFAULT 0 CHECK (organizer IN (0, 1))
) STRICT;
CREATE INDEX event_attendee_event ON event_attendee (event_id);

CREATE TABLE event_alarm (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  {_EVENT},
  minutes INTEGER NOT NULL
) STRICT;
CREATE INDEX event_alarm_event ON event_alarm (event_id);

CREATE TABLE calendar ({_RECORD},
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

-- Appointments the user never wants to be asked about; `event_uid` is the public id.
CREATE TABLE not_a_visit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_uid TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  UNIQUE (event_uid, occurrence)
) STRICT;

-- What `crm remind` has said on this device; no record of the business, so not journalled.
CREATE TABLE reminded (
  record_uid TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (record_uid, occurrence)
) STRICT, WITHOUT ROWID;
"""
