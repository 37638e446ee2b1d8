"""Whole-process figures: CPU seconds and peak memory of a command, beside `python -c pass` in the same run."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians over the runs: CPU seconds (user + system), peak resident memory in MiB, the last exit code."""

    cpu: float
    memory: float
    code: int


def once(argv: Sequence[str], environment: dict[str, str], stdin: str = os.devnull) -> Figure:
    """Run a command to its end, output thrown away."""
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(os.open(stdin, os.O_RDONLY), 0)
        os.dup2(null, 1)
        os.dup2(null, 2)
        try:
            os.execvpe(argv[0], list(argv), environment)
        finally:
            os._exit(127)
    _, status, usage = os.wait4(child, 0)
    return Figure(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def paired(argv: Sequence[str], environment: dict[str, str], runs: int) -> tuple[Figure, float]:
    """Run a command and a bare Python in turn; return the command's medians and the median of the CPU ratios."""
    figures, ratios = [], []
    bare = [sys.executable, "-c", "pass"]
    once(argv, environment)
    for _ in range(runs):
        base = once(bare, environment)
        figure = once(argv, environment)
        figures.append(figure)
        ratios.append(figure.cpu / base.cpu)
    cpu = statistics.median(figure.cpu for figure in figures)
    memory = statistics.median(figure.memory for figure in figures)
    return Figure(cpu, memory, figures[-1].code), statistics.median(ratios)


def row(label: str, figure: Figure, ratio: float, goal: str = "") -> str:
    """Return one line of a report."""
    failed = f"  exit {figure.code}" if figure.code else ""
    return f"{label:<44} {ratio:6.2f} × py {figure.cpu * 1000:9.1f} ms CPU {figure.memory:7.1f} MiB  {goal}{failed}"
