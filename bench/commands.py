"""Whole commands on generated address books, beside their peers."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Sequence

from bench.measure import once, paired, row
from bench.people import Person, people, vcard

CRM = os.path.join(sysconfig.get_path("scripts"), "crm")

# topic → (label, arguments after `crm`, goal of the measured ratio)
READS: dict[str, tuple[tuple[str, tuple[str, ...], str], ...]] = {
    "start-up": (
        ("crm --version", ("--version",), "≤ 2"),
        ("crm --help", ("--help",), "≤ 7"),
        ("crm due", ("due",), "≤ 4.5"),
        ("crm today", ("today",), "≤ 7"),
        ("crm completion of a name", ("_complete", "bash", "--", "{given}", "crm find {given}"), "≤ 4.5"),
    ),
    "find": (
        ("crm find, exact", ("find", "{family}", "{given}"), "≤ 4.5"),
        ("crm find, typo", ("find", "{typo}"), "≤ 6"),
        ("crm show", ("show", "{email}"), "≤ 4.5"),
        ("crm show, nothing like it (exit 3)", ("show", "Xyzzyq", "Plughner"), "≤ 6"),
        ("crm whois, known number", ("whois", "{phone}"), "≤ 4.5"),
        ("crm whois, unknown extension", ("whois", "{phone}99"), "≤ 4.5"),
    ),
    "list": (
        ("crm contact list, 20 of them", ("contact", "list", "--limit", "20"), "≤ 7"),
        ("crm contact list city:Köln, 20", ("contact", "list", "city:Köln", "--limit", "20"), "≤ 7"),
        ("crm history of a person", ("history", "{email}"), "≤ 7"),
        ("crm history", ("history",), "≤ 7"),
    ),
}


def run(topics: Iterable[str], sizes: Sequence[int], runs: int) -> None:
    """Print the figures of the topics for each size."""
    topics = list(topics)
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(f"\n{size:,} contacts")
            environment = {**os.environ, "CRM_HOME": folder, "LC_ALL": "C.UTF-8"}
            # Whoever runs this with byte code switched off would measure the compiler.
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            person = next(people(size))
            cards = imported(size, environment, folder, shown="import" in topics)
            for topic in topics:
                for label, arguments, goal in READS.get(topic, ()):
                    _read(label, arguments, goal, person, environment, runs)
            if "log" in topics:
                _log(person, environment, runs)
            if "export" in topics:
                _export(size, environment)
            if {"find", "list"} & set(topics):
                _peers(cards, folder, environment, runs)


def imported(size: int, environment: dict[str, str], folder: str, *, shown: bool = False) -> str:
    """Import generated cards into the store of the environment; return the path of the file."""
    cards = os.path.join(folder, "cards.vcf")
    with open(cards, "w", encoding="utf-8", newline="") as file:
        file.writelines(vcard(person) for person in people(size))
    figure = once([CRM, "import", cards, "--quiet"], environment)
    if figure.code:
        sys.exit(f"crm import ended with {figure.code}")
    if shown:
        print(f"{'crm import':<44} {size / figure.cpu:12,.0f} cards per CPU second {figure.memory:7.1f} MiB  ≥ 7,000")
        again = once([CRM, "import", cards, "--quiet"], environment)
        print(f"{'crm import, the same file again':<44} {size / again.cpu:12,.0f} cards per CPU second")
    return cards


def _read(
    label: str, arguments: Sequence[str], goal: str, person: Person, environment: dict[str, str], runs: int
) -> None:
    place = len(person.family) // 2
    typo = person.family[: place - 1] + person.family[place] + person.family[place - 1] + person.family[place + 1 :]
    words = {"family": person.family, "given": person.given, "email": person.email, "phone": person.phone, "typo": typo}
    argv = [CRM, *(argument.format(**words) for argument in arguments)]
    figure, ratio = paired(argv, environment, runs)
    print(row(label, figure, ratio, goal))


def _log(person: Person, environment: dict[str, str], runs: int) -> None:
    line = ["log", "besuch", f"@{person.email}", "45m", "Prüfstand", "gesehen", "wv:+3d", "Angebot"]
    figure, ratio = paired([CRM, *line], environment, runs)
    print(row("crm log, durable", figure, ratio, "≤ 4.5"))
    figure, ratio = paired([CRM, *line, "--dry-run"], environment, runs)
    print(row("crm log --dry-run", figure, ratio, "≤ 4.5"))


def _export(size: int, environment: dict[str, str]) -> None:
    figure = once([CRM, "export", "contact", "--format", "vcard"], environment)
    print(
        f"{'crm export, vCard':<44} {size / figure.cpu:12,.0f} cards per CPU second {figure.memory:7.1f} MiB  ≥ 100,000"
    )


def _peers(cards: str, folder: str, environment: dict[str, str], runs: int) -> None:
    if shutil.which("sqlite3"):
        store = os.path.join(folder, "crm.db")
        sql = "SELECT name FROM contact WHERE family = 'Müller' LIMIT 10"
        figure, ratio = paired(["sqlite3", store, sql], environment, runs)
        print(row("sqlite3 shell, one query on the same file", figure, ratio))
    if shutil.which("abook"):
        book = os.path.join(folder, "abook")
        once(
            ["abook", "--convert", "--informat", "vcard", "--infile", cards, "--outformat", "abook", "--outfile", book],
            environment,
        )
        figure, ratio = paired(["abook", "--datafile", book, "--mutt-query", "Müller"], environment, min(runs, 3))
        print(row("abook --mutt-query", figure, ratio))
    if shutil.which("khard"):
        vdir = os.path.join(folder, "vdir")
        os.makedirs(vdir)
        with open(cards, encoding="utf-8", newline="") as file:
            for number, card in enumerate(file.read().split("END:VCARD\r\n")[:-1]):
                with open(os.path.join(vdir, f"{number}.vcf"), "w", encoding="utf-8", newline="") as single:
                    single.write(card + "END:VCARD\r\n")
        config = os.path.join(folder, "khard.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(f"[addressbooks]\n[[bench]]\npath = {vdir}\n")
        figure, ratio = paired(["khard", "-c", config, "email", "--parsable", "Müller"], environment, 1)
        print(row("khard email", figure, ratio))
