"""Votes of the bundled agents on a mediator's drafts."""

from __future__ import annotations

import math

from negotiation.actions import Vote
from negotiation.dice import Dice
from negotiation.strategies.decision_rules import TOLERANCE
from negotiation.strategies.evaluation import Evaluation
from negotiation.view import View


def says_yes(gain: float, text: float, heat: float, draw: float, least: float = 0.0) -> bool:
    """Return whether a draft gets a yes: no worse than the text, or by chance if worse, and never below the floor.

    A hill climber votes yes if a draft is at least as good as the text; an annealer accepts a loss with the chance
    `exp(-loss / heat)` (Metropolis' rule; Klein, Faratin, Sayama and Bar-Yam 2003).

    Parameters
    ----------
    gain, text
        Points of the draft and of the text over leaving the tables unsigned; without a text that is 0.
    heat
        The annealing temperature in points; 0 for a hill climber.
    draw
        A uniform draw in [0, 1).
    least
        What a signature costs in delay: a draft that gains less is a loss.
    """
    if gain < least - TOLERANCE:
        return False
    loss = text - gain
    if loss <= TOLERANCE:
        return True
    return heat > 0.0 and draw < math.exp(-loss / heat)


def vote(view: View, heat: float, dice: Dice) -> Vote:
    """Return my vote on the oldest draft that waits for it."""
    evaluation, state = Evaluation(view), view.state
    draft = next(
        paper
        for paper in state.drafts
        if state.signable(view.me, paper) and view.me not in state.votes.get(paper.id, {})
    )
    texts = [paper for paper in state.papers.values() if not paper.draft and set(paper.deals) & set(draft.deals)]
    stands = {name: deal for paper in texts for name, deal in paper.deals.items()}
    text = max(0.0, evaluation.gain(stands)) if stands else 0.0
    return Vote(draft.id, says_yes(evaluation.gain(draft.deals), text, heat, dice.uniform(), evaluation.delay))
