"""One valid row for every journalled table, written with plain SQL."""

from __future__ import annotations

import sqlite3

from crm_cli.store.store import new_uid

_STAMP = "2025-11-19T09:00:00Z"

# Table -> its columns; "@contact" stands for the row of a contact made before, and so on.
ROWS: dict[str, dict[str, object]] = {
    "contact": {"name": "Hans Müller", "title": "Einkauf", "custom": '{"nr": "7"}', "notes": "a\0b\x1b\u2028ü\r\n"},
    "company": {"name": "Ehrler Prüftechnik GmbH"},
    "interaction": {"kind": "visit", "at": "2025-11-19", "text": "Prüfstand", "distance_km": 31.4, "all_day": 1},
    "task": {"text": "Angebot senden", "due": "2025-11-21"},
    "deal": {"title": "Prüfstand", "stage": "Angebot", "value_minor": 1250000, "currency": "EUR"},
    "need": {"text": "Wartung", "interaction_id": "@interaction"},
    "request": {"kind": "offer", "text": "2 Stk.", "opened_at": _STAMP},
    "segment": {"name": "Messe", "entity": "contact", "query": "tag:messe"},
    "email": {"value": "Hans@Ehrler.de", "folded": "hans@ehrler.de", "contact_id": "@contact"},
    "phone": {"value": "0821 123", "e164": "+49821123", "company_id": "@company"},
    "address": {"street": "Hauptstr. 1", "city": "Augsburg", "contact_id": "@contact"},
    "link": {"value": "https://example.org", "contact_id": "@contact"},
    "employment": {"contact_id": "@contact", "company_id": "@company", "title": "Leiter"},
    "relation": {"kind": "knows", "contact_id": "@contact", "to_company_id": "@company"},
    "tag": {"name": "messe", "contact_id": "@contact"},
    "card": {"uid": "urn:uuid:1", "format": "vcard", "hash": "h", "contact_id": "@contact"},
    "interaction_contact": {"interaction_id": "@interaction", "contact_id": "@contact"},
    "task_contact": {"task_id": "@task", "contact_id": "@contact"},
    "deal_contact": {"deal_id": "@deal", "contact_id": "@contact"},
    "cadence": {"days": 30, "started_on": "2025-11-19", "contact_id": "@contact"},
    "field": {"entity": "contact", "name": "nr", "type": "text"},
    "not_duplicate": {"first_uid": "a", "second_uid": "b"},
    "csv_mapping": {"name": "outlook", "body": "{}"},
    "event": {"title": "Vorführung", "start_at": "2025-12-03T09:00:00+01:00", "recurrence": '["RRULE:FREQ=DAILY"]'},
    "calendar": {"name": "Arbeit", "frame_hash": "h", "signature": "s"},
    "event_contact": {"event_id": "@event", "contact_id": "@contact"},
    "event_attendee": {"event_id": "@event", "email": "hans@ehrler.de"},
    "event_alarm": {"event_id": "@event", "minutes": 30},
    "calendar_item": {"calendar_id": "@calendar", "position": 0, "component": "VEVENT", "hash": "h"},
    "not_a_visit": {"event_uid": "a", "occurrence": "2025-12-03"},
    "sync_collection": {"name": "phone", "url": "https://dav.example.org/a/", "kind": "contact"},
    "sync_item": {
        "collection_id": "@sync_collection",
        "href": "/a/1.vcf",
        "etag": '"1"',
        "record_uid": "a",
        "origin": "here",
        "body_hash": "h",
        "facts_hash": "h",
    },
    "sync_conflict": {
        "collection_id": "@sync_collection",
        "href": "/a/1.vcf",
        "record_uid": "a",
        "kind": "changed",
        "name": "Hans",
        "fields": "[]",
        "at": _STAMP,
    },
}
# Table -> a column and another value for it.
UPDATES: dict[str, tuple[str, object]] = {
    "contact": ("title", None),
    "company": ("name", "Ehrler SE"),
    "interaction": ("distance_km", 0.1 + 0.2),
    "task": ("done_at", _STAMP),
    "deal": ("value_minor", 2**60),
    "need": ("text", "Ölwechsel"),
    "request": ("kind", "repair"),
    "segment": ("query", "has:email"),
    "email": ("preferred", 1),
    "phone": ("e164", None),
    "address": ("postcode", "01067"),
    "link": ("label", "\ufeff"),
    "employment": ("end_on", "2025-12-31"),
    "relation": ("note", ""),
    "tag": ("name", "MESSE"),
    "card": ("hash", "other"),
    "interaction_contact": ("position", 3),
    "task_contact": ("position", 3),
    "deal_contact": ("position", 3),
    "cadence": ("days", 60),
    "field": ("choices", "[]"),
    "not_duplicate": ("second_uid", "c"),
    "csv_mapping": ("body", "[]"),
    "event": ("end_at", "2025-12-03T10:00:00+01:00"),
    "calendar": ("method", "PUBLISH"),
    "event_contact": ("position", 3),
    "event_attendee": ("status", "accepted"),
    "event_alarm": ("minutes", -5),
    "calendar_item": ("sequence", 2),
    "not_a_visit": ("occurrence", "2025-12-04"),
    "sync_collection": ("direction", "pull"),
    "sync_item": ("etag", '"2"'),
    "sync_conflict": ("answer", "mine"),
}
RECORDS = ("contact", "company", "interaction", "task", "deal", "need", "request", "segment", "event", "calendar")


def insert(connection: sqlite3.Connection, table: str, made: dict[str, int], **changed: object) -> int:
    """Insert a row, the records it refers to first; `made` holds what there is. Returns its id."""
    values: dict[str, object] = {**ROWS[table], **changed}
    if table in RECORDS:
        values = {"uid": new_uid(), "created_at": _STAMP, "updated_at": _STAMP, **values}
    for column, value in values.items():
        if isinstance(value, str) and value.startswith("@"):
            name = value[1:]
            if name not in made:
                made[name] = insert(connection, name, made)
            values[column] = made[name]
    marks = ", ".join("?" for _ in values)
    cursor = connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))
    return int(cursor.lastrowid or 0)
