"""Caveats beside the numbers of a batch: games that are copies, means without intervals, lost turns."""

from __future__ import annotations

from negotiation.lab.summary import Summary
from negotiation.language import decimal, mark, plural, tr


def caveats(summary: Summary) -> str:
    """Return the caveats on a summary, each sentence with a space before it; empty if there are none."""
    return _copies(summary) + _unsure(summary) + _lost(summary)


def _copies(summary: Summary) -> str:
    """Return the caveat on runs that are copies of others, and types that were not drawn; empty if there are none."""
    different, undrawn = summary.different, summary.undrawn
    missing = undrawn and plural(
        "No seed drew {n} of the combinations of types: the means leave them out.",
        "No seed drew {n} of the combinations of types: the means leave them out.",
        undrawn,
    )
    missing = f" {missing}" if missing else ""
    if different is None or different >= summary.runs - summary.errors:
        return missing
    told = tr(
        "They are {n} different games: nothing but the types is drawn here, so that the same game came again with other "
        "seeds. Every combination of types counts by its odds, however often it was drawn.",
        n=decimal(f"{different:,}"),
    )
    return f" {told}{missing}"


def _unsure(summary: Summary) -> str:
    """Return the caveat where no mean has an interval; empty if some do."""
    some = any(isinstance(mean, dict) and mean["half"] is not None for row in summary.groups for mean in row.values())
    if some or not summary.groups:
        return ""
    return f" {tr('No mean has an interval: what is drawn at random was drawn once only.')}"


def _lost(summary: Summary) -> str:
    """Return the caveats on strategies that failed; empty if none did."""
    if summary.lost is None:
        unknown = mark(
            "Whether strategies lost turns is not known: these results are older than the columns that say so."
        )
        return f" {tr(unknown)}"
    return "".join(f" {line}{'' if line.endswith(('.', '…')) else '.'}" for line in summary.lost)
