"""Where an agent stands at its tables, as the answers to what others say need it."""

from __future__ import annotations

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
    return Mind(
        view, {name: _stand(evaluation, name, asks.get(name, 0.0)) for name in view.state.sits(view.me)}, candour, told
    )


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
