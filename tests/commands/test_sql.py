"""`crm sql` reads anything and writes nothing."""

from __future__ import annotations

import pytest

from tests.dump import dump


def test_a_select_is_shown_in_every_format(crm) -> None:
    crm("contact", "add", "Ada")
    query = "SELECT name, 1.5 AS number, NULL AS empty, x'00ff' AS bytes FROM contact"
    assert crm("sql", query, "--json").json == [{"name": "Ada", "number": 1.5, "empty": None, "bytes": "00ff"}]
    assert crm("sql", query, "--format", "csv").out == "name,number,empty,bytes\nAda,1.5,,00ff\n"
    assert crm("sql", query, "--format", "tsv").out == "name\tnumber\tempty\tbytes\nAda\t1.5\t\t00ff\n"
    assert "Ada" in crm("sql", query).out
    assert "| Ada" in crm("sql", query, "--format", "md").out


def test_words_of_the_query_need_no_quotes(crm) -> None:
    assert crm("sql", "SELECT", "1", "AS", "one", "--json").json == [{"one": 1}]


def test_columns_of_one_name_are_kept_apart(crm) -> None:
    assert crm("sql", "SELECT 1 AS a, 2 AS a, 3 AS a_2, 4 AS a", "--json").json == [
        {"a": 1, "a_2": 2, "a_2_2": 3, "a_3": 4}
    ]


def test_limit_and_sort_work_as_everywhere(crm) -> None:
    numbers = "WITH n(x) AS (VALUES (2), (3), (1)) SELECT x FROM n"
    assert crm("sql", numbers, "--limit", "2", "--json").json == [{"x": 2}, {"x": 3}]
    assert crm("sql", numbers, "--limit", "2", "--sort", "x", "--json").json == [{"x": 1}, {"x": 2}]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO contact (name) VALUES ('x')",
        "UPDATE contact SET name = 'x'",
        "DELETE FROM contact",
        "WITH x AS (SELECT 1) DELETE FROM contact",
        "INSERT INTO contact (name) VALUES ('x') RETURNING id",
        "DROP TABLE contact",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT x",
        "VACUUM",
        "VACUUM INTO '{folder}/copy.db'",
        "ATTACH '{folder}/other.db' AS other",
        "REINDEX",
        "UPDATE sqlite_master SET sql = ''",
        "DELETE FROM sqlite_master",
        "ANALYZE",
        "PRAGMA user_version = 7",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = 1",
        "PRAGMA wal_checkpoint",
        "SELECT load_extension('x')",
        "SELECT fts3_tokenizer('simple')",
        "INSERT INTO search_card (search_card) VALUES ('optimize')",
    ],
)
def test_a_write_is_refused_with_a_hint(crm, home, statement: str) -> None:
    crm("contact", "add", "Ada")
    before, files = dump(home / "crm.db"), sorted(home.iterdir())
    result = crm("sql", statement.format(folder=home), "--json")
    assert result.code == 2, result
    assert result.error["hint"]
    assert dump(home / "crm.db") == before
    assert sorted(home.iterdir()) == files


@pytest.mark.parametrize(
    "statement",
    ["SELEC 1", "SELECT * FROM nothing", "SELECT 1; SELECT 2", "", "SELECT ?", "SELECT zeroblob(999999999)"],
)
def test_a_query_that_cannot_run_is_a_usage_error(crm, statement: str) -> None:
    result = crm("sql", statement, "--json")
    assert result.code == 2, result
    assert result.error["code"] == "usage"


def test_an_endless_query_is_stopped(crm) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    result = crm("sql", endless, "--timeout", "0.05", "--json")
    assert result.code == 7
    assert "0.05" in result.error["message"]


def test_what_tells_about_the_store_is_allowed(crm) -> None:
    crm("contact", "add", "Ada")
    assert "contact" in {row["name"] for row in crm("sql", "SELECT name FROM pragma_table_list", "--json").json}
    assert crm("sql", "PRAGMA table_info(contact)", "--json").json[0]["name"] == "id"
    assert crm("sql", "EXPLAIN QUERY PLAN SELECT * FROM contact", "--json").code == 0
    assert crm("sql", "SELECT count(*) AS n FROM search_card('ada')", "--json").json == [{"n": 1}]
    assert crm("sql", "SELECT value FROM json_each('[7]')", "--json").json == [{"value": 7}]
    assert crm("sql", "SELECT name FROM pragma_table_info('contact') LIMIT 1", "--json").json == [{"name": "id"}]
