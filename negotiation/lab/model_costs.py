"""What language models at the seats of a batch have cost: questions and tokens by run, and all of it in a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from negotiation.plural import counted
from negotiation.seating import Seat
from negotiation.strategies.llm_seat import ModelSeat
from negotiation.strategies.llm_voice import Voiced
from negotiation.strategies.naming import asks_model

COSTS = ("calls", "tokens")
"""What is counted: questions, and tokens of those and their answers."""


def columns(texts: Iterable[str], parties: Iterable[str]) -> list[str]:
    """Return the columns of `runs` for the costs of models; none if no seat of the plan is a model's."""
    return [f"{what}.{party}" for what in COSTS for party in parties] if any(map(asks_model, texts)) else []


def in_game(seats: Mapping[str, Seat]) -> dict[str, int]:
    """Return the costs of the models at the seats of a game that was played, by column."""
    found: dict[str, int] = {}
    for party, seat in seats.items():
        if isinstance(seat.strategy, ModelSeat | Voiced):
            asker = seat.strategy.asker
            found |= {f"calls.{party}": asker.calls, f"tokens.{party}": asker.tokens}
    return found


def costs_text(out: Path) -> Iterator[str]:
    """Yield a line for every model of a folder of results: its questions and tokens, and in how many games."""
    from negotiation.lab.results import open_results

    results = open_results(out)
    if not any(asks_model(text) for seats in results.plan.lineups.values() for text in seats.values()):
        return
    parties = list(dict.fromkeys(party for case in results.runs.cases.values() for party in case.roles))
    names = [f"{what}.{party}" for what in ("strategy", *COSTS) for party in parties]
    found: dict[str, list[int]] = {}
    for row in results.dataset().to_table(columns=names).to_pylist():
        for party in parties:
            if row[f"calls.{party}"] is not None:
                sums = found.setdefault(row[f"strategy.{party}"], [0, 0, 0])
                for n, more in enumerate((row[f"calls.{party}"], row[f"tokens.{party}"], 1)):
                    sums[n] += more
    for strategy, (calls, tokens, games) in sorted(found.items()):
        yield cost_text(strategy, calls, tokens) + f" in {counted(games, 'game')}"


def cost_text(who: str, calls: int, tokens: int) -> str:
    """Return in words what a model has cost.

    Examples
    --------
    >>> cost_text("llm:qwen", 1, 1234)
    'llm:qwen: 1 question, 1,234 tokens'
    """
    return f"{who}: {counted(calls, 'question')}, {counted(tokens, 'token')}"
