"""The global options, declared once for both doors, and what was given of them."""

from __future__ import annotations

from crm_cli.commands._spec import Param

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "md", "ids")
LANGUAGES = ("de", "en")

GLOBALS: tuple[Param, ...] = (
    Param("db", "--db", metavar="PATH", complete="file", help="The store to use."),
    Param("json", "--json", type="flag", help="The same as --format json."),
    Param("format", "--format", type="choice", choices=FORMATS, help="How to print the result."),
    Param("columns", "--columns", metavar="A,B", help="Which columns, in which order."),
    Param("sort", "--sort", metavar="[-]FIELD", help="Sort by a field; - sorts downwards."),
    Param("limit", "--limit", type="int", metavar="N", help="At most so many."),
    Param("plain", "--plain", type="flag", help="Lines, for screen readers and scripts: no columns, no screen."),
    Param("excel", "--excel", type="flag", help="CSV for spreadsheets: a BOM, and no cell is a formula."),
    Param("no_input", "--no-input", type="flag", help="Never ask."),
    Param("yes", "--yes", type="flag", help="Answer every question with yes."),
    Param("dry_run", "--dry-run", type="flag", help="Show what would happen and write nothing."),
    Param("quiet", "--quiet", type="flag", help="No hints and counts on stderr."),
    Param("color", "--color", type="choice", choices=("auto", "always", "never"), help="When to use colour."),
    Param("lang", "--lang", type="choice", choices=LANGUAGES, help="The language of texts."),
    Param("debug", "--debug", type="flag", help="Show the traceback of an error."),
)

# Handled before everything else, so it stands in the help only.
VERSION = Param("version", "--version", type="flag", help="Show the version.")


class Options:
    """The global options of one run; `format` is `json` where `--json` was given."""

    __slots__ = (
        "color",
        "columns",
        "db",
        "debug",
        "dry_run",
        "excel",
        "format",
        "lang",
        "limit",
        "no_input",
        "plain",
        "quiet",
        "sort",
        "yes",
    )

    def __init__(
        self,
        *,
        db: str | None = None,
        format: str = "table",
        columns: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        plain: bool = False,
        excel: bool = False,
        no_input: bool = False,
        yes: bool = False,
        dry_run: bool = False,
        quiet: bool = False,
        color: str = "auto",
        lang: str | None = None,
        debug: bool = False,
    ) -> None:
        self.db = db
        self.format = format
        self.columns = columns
        self.sort = sort
        self.limit = limit
        self.plain = plain
        self.excel = excel
        self.no_input = no_input
        self.yes = yes
        self.dry_run = dry_run
        self.quiet = quiet
        self.color = color
        self.lang = lang
        self.debug = debug
