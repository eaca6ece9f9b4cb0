"""Where an agent stands at its tables, as the answers to what others say need it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from negotiation.strategies.evaluation import Evaluation
from negotiation.talk.answers import Candour, Mind
from negotiation.talk.stand import Stand


def mind(evaluation: Evaluation, asks: Mapping[str, float], candour: Candour = "candid", *, told: bool = False) -> Mind:
    """Return an agent as one who answers.

    Parameters
    ----------
    asks
        The gain it asks for now by open table of its own: `Strategy.aims`.
    told
        Whether the one who speaks has told it something before.
    """
    view = evaluation.view
    asked = {name: min(asks.get(name, 0.0), _offered(evaluation, name)) for name in view.state.sits(view.me)}
    return Mind(view, {name: _stand(evaluation, name, gain) for name, gain in asked.items()}, candour, told)


def _offered(evaluation: Evaluation, table: str) -> float:
    """Return the least gain that one offers to sign for at a table oneself, alone on a paper; infinite without an offer."""
    papers = evaluation.state.at(table)
    mine = (paper for paper in papers if paper.author == evaluation.view.me and len(paper.deals) == 1)
    return min(map(evaluation.worth, mine), default=math.inf)


def _stand(evaluation: Evaluation, table: str, asked: float) -> Stand:
    preferences = evaluation.view.preferences
    return Stand(
        evaluation.state.scenario.tables[table],
        preferences.by_option[table],
        evaluation.gains(table),
        evaluation.possible(table),
        asked,
        evaluation.delay,
        evaluation.estimated_utility(table),
        evaluation.rivalled(table) or preferences.adjust.get(table, 0.0) > 0.0,
    )
