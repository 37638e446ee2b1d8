"""`crm report …`: what is handed on."""

from __future__ import annotations

from crm_cli.commands._figures import COMMANDS as _FIGURES
from crm_cli.commands._spec import Command, Note, Outcome, Param, Stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext


def day(ctx: AppContext, *, date: list[str], html: bool, mail: bool, output: str | None, force: bool) -> object:
    from crm_cli.commands._log_day import read_past_day
    from crm_cli.documents import visit_report
    from crm_cli.services import visits

    on = read_past_day(ctx, " ".join(date)) or ctx.now().date()
    report = visits.day_report(ctx.store, day=on, now=ctx.now(), localize=ctx.localize)
    if ctx.options.format in ("json", "jsonl"):
        return report
    body: str | bytes = (
        visit_report.mail(report, ctx.t, lang=ctx.lang)
        if mail
        else visit_report.html(report, ctx.t, lang=ctx.lang)
        if html
        else visit_report.markdown(report, ctx.t)
    )
    if output is None or output == "-":
        return Stream([body])
    from crm_cli.services import export_files

    export_files.write_file(output, [body.encode() if isinstance(body, str) else body], force=force)
    return Outcome(None, notes=[Note("Written: {path}", path=output)])


COMMANDS = (
    Command(
        "report day",
        day,
        (
            Param("date", many=True, metavar="DATE", help="Which day; today unless said."),
            Param("html", "--html", type="flag", help="As a web page."),
            Param("mail", "--mail", type="flag", help="As the draft of a mail."),
            Param("output", "--output", "-o", metavar="FILE", complete="file", help="Where to; without it stdout."),
            Param("force", "--force", type="flag", help="Write through a symbolic link."),
        ),
        help="The visit report of a day, with kilometres and hours.",
        example=("crm report day", "crm report day yesterday --mail -o report.eml"),
    ),
    *_FIGURES,
)
