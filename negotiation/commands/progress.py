"""How far a long command is: a bar on a terminal's error stream, with rate and time left; nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar while the block runs; it yields what is told how many there are, and how many there will be.

    Parameters
    ----------
    what
        The things that are counted, such as `runs`.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = BarColumn(), MofNCompleteColumn(), TextColumn(what), rate, TimeRemainingColumn()
    shown = Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())
    task = shown.add_task(what, total=None, rate="")

    def progress(done: int, total: int) -> None:
        if shown.tasks[0].total is None:  # what was there before says nothing about the rate
            shown.reset(task, total=total, completed=done)
        speed = shown.tasks[0].speed
        told = "" if not speed else f"{speed:,.0f}/s" if speed >= 1 else f"{speed:.2f}/s"
        shown.update(task, completed=done, total=total, rate=told)

    with shown:
        yield progress
