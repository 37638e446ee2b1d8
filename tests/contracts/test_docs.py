"""The command lines of the documentation are lines the program reads."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from crm_cli import front

PAGES = sorted((Path(__file__).parents[2] / "docs").glob("*.md"))
_LINE = re.compile(r"^ {4,}(crm .+)$", re.MULTILINE)


def commands(text: str) -> list[list[str]]:
    """Return the words of each `crm` on indented lines, up to a pipe or the next command."""
    found = []
    for line in _LINE.findall(text):
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
        lexer.whitespace_split = True
        lexer.commenters = ""
        words = list(lexer)
        end = next((place for place, word in enumerate(words) if word[0] in "|&;<>"), len(words))
        found.append(words[1:end])
    return found


@pytest.mark.parametrize("page", [page for page in PAGES if _LINE.search(page.read_text())], ids=lambda page: page.stem)
def test_every_command_of_a_page_is_a_line_the_front_door_reads(page: Path) -> None:
    for words in commands(page.read_text()):
        located = front.locate(words)
        assert located is not None, words
        assert front.parse(located.command, front.arguments_for(located.command, located.arguments)) is not None, words
