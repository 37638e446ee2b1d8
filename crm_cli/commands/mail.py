"""`crm email` for mutt, aerc and other mail programs; `crm mail add` for a message they pipe in."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param, Stream
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crm_cli.context import AppContext
    from crm_cli.services.mail import Correspondent, MailAddress

_DEFAULT_HEADERS = "from"


def email(ctx: AppContext, *, query: list[str], mutt: bool, tsv: bool) -> object:
    """List addresses; what mail programs read is lines of address, name and more, parted by tabs."""
    from crm_cli.services import mail

    if mutt and tsv:
        raise UsageError("--mutt and --tsv contradict each other.", hint="Give one of them.")
    found = mail.addresses(
        ctx.store,
        query=" ".join(query),
        region=ctx.config.region,
        limit=None if ctx.options.sort else ctx.options.limit,
    )
    if not (mutt or tsv):
        return found
    return Stream(_lines(ctx, found, headed=mutt))


def _lines(ctx: AppContext, found: Sequence[MailAddress], *, headed: bool) -> Iterator[str]:
    from crm_cli.domain.display import clean_line

    if headed:  # mutt shows the first line and reads addresses from the second on
        yield ctx.t("{count:address|addresses}", count=len(found)) + "\n"
    for item in found:
        yield "\t".join(clean_line(part).replace("\t", " ") for part in (item.address, item.name, item.other)) + "\n"


def add(ctx: AppContext, *, headers: str) -> object:
    """Add who a message on stdin names; the known are passed over."""
    from crm_cli.services import mail

    names = [name.strip().lower().rstrip(":") for name in headers.split(",") if name.strip()]
    people = mail.correspondents(ctx.stdin_bytes(), names)
    if not people:
        raise UsageError(
            "The message names nobody in {headers}.", headers=", ".join(names), hint="--headers from,to,cc"
        )
    notes: list[Note] = []
    wanted = []
    for person in people:
        if mail.is_known(ctx.store, person.address):
            notes.append(Note("{address} is known already.", address=person.address))
        elif _is_wanted(ctx, person):
            wanted.append(person)
    records = []
    with ctx.store.transaction(ctx.now()):
        for person in wanted:
            saved = mail.add(ctx.store, person=person, region=ctx.config.region, now=ctx.now())
            records.append(saved.record)
    return Outcome(records, notes=notes)


def _is_wanted(ctx: AppContext, person: Correspondent) -> bool:
    if ctx.options.yes or ctx.options.dry_run:
        return True
    if not ctx.can_prompt:
        raise UsageError("{address} is not in the address book.", address=person.address, hint="--yes adds it.")
    shown = f"{person.name} <{person.address}>" if person.name else person.address
    return ctx.prompt.yes_no("Add {person}?", person=shown)


COMMANDS = (
    Command(
        "email",
        email,
        (
            Param("query", many=True, required=True, metavar="TEXT", complete="contact", help="A name, firm, address."),
            Param("mutt", "--mutt", type="flag", help="As mutt's query_command wants it: a message line first."),
            Param("tsv", "--tsv", type="flag", help="As aerc's address-book-cmd wants it: lines only."),
        ),
        help="Find e-mail addresses, for mail programs.",
        example=("crm email --mutt lovelace", "crm email --tsv lovelace", "crm email ehrler"),
    ),
    Command(
        "mail add",
        add,
        (
            Param(
                "headers",
                "--headers",
                metavar="A,B",
                default=_DEFAULT_HEADERS,
                help="Whom to add: from, reply-to, sender, to, cc.",
            ),
        ),
        help="Add who wrote the message on stdin; those who are known are passed over.",
        example=("crm mail add --yes < message.eml", "crm mail add --headers from,cc --yes < message.eml"),
        writes=True,
    ),
)
