"""An act out of what a model answers: checked against the case and the rules before anybody sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from negotiation.actions import Accept, Action, Event, Offer, Pass, Say, Tick, Walk, Withdraw
from negotiation.dice import Dice
from negotiation.errors import IllegalAction, LogError, NegotiationError
from negotiation.formats.log import decode
from negotiation.llm.faithful import faithful, numbers, public_numbers, quotes, tidy
from negotiation.llm.replies import moves_in, object_in, sensible
from negotiation.moves import Sketch, Term
from negotiation.rules import apply
from negotiation.talk.reading.folding import Language
from negotiation.talk.reading.understanding import understood
from negotiation.talk.wording.sentences import worded
from negotiation.view import View

MOST_SAID = 3
"""Texts of a model in a round; what it says beyond that is no answer."""


class Unusable(NegotiationError):
    """An answer that is no act which is possible now; the message is for the model, and may repeat what it wrote."""


def kinds_for(view: View) -> tuple[type[Action], ...]:
    """Return the kinds of act that are open to a model: those that it can do, and talk where and while one talks."""
    papers, me = view.state.papers.values(), view.me
    signs = any(not paper.draft and view.state.signable(me, paper) for paper in papers)
    takes_back = any(me in (paper.author, *paper.signed) for paper in papers)
    silent = not (view.allowed and view.talk) or said_in_round(view) >= MOST_SAID
    shut = {kind for kind, no in ((Accept, not signs), (Withdraw, not takes_back), (Say, True)) if no}
    return (*(kind for kind in view.allowed if kind not in shut), *(() if silent else (Say,)))


def act_in(text: str, view: View, kinds: tuple[type[Action], ...], dice: Dice) -> Action:
    """Return the act in an answer; what it says may be put into other words, or left out, as where agents are silent.

    Raises
    ------
    Unusable
        When there is none, or it is not possible now.
    """
    row = object_in(text)
    if row is None:
        raise Unusable("there is no JSON object in your answer")
    action = _speech(row, view, dice) if row.get("kind") == Say.kind else _act(row, view)
    if not isinstance(action, kinds):
        raise Unusable(f"you cannot {action.kind} now; possible: {', '.join(kind.kind for kind in kinds)}")
    if isinstance(action, Offer) and (same := _again(action, view)):
        raise Unusable(f"paper {same} of yours says that already; offer something else, or do something else")
    tables = view.state.named(action)
    if tables and not set(tables) & set(view.due):
        raise Unusable(f"you cannot act at {', '.join(tables)} now; possible: {', '.join(view.due)}")
    try:
        apply(view.state, Event(view.me, action))
    except IllegalAction as refusal:
        raise Unusable(str(refusal)) from None
    return action


def spoken_in(view: View) -> Language:
    """Return the language in which agents speak; where they are silent, it does not matter."""
    return cast("Language", view.talk or "en")


def _again(offer: Offer, view: View) -> str:
    """Return the number of a live paper of this party that offers the same; empty if none does."""
    papers = view.state.papers.values()
    return next((str(paper.id) for paper in papers if paper.author == view.me and paper.deals == offer.deals), "")


def _act(row: Mapping[str, object], view: View) -> Action:
    plain = {**row, "party": view.me, **({"words": tidy(row["words"])} if "words" in row else {})}
    try:
        action = decode(view.scenario, plain).action
    except LogError as problem:
        raise Unusable(str(problem)) from None
    if isinstance(action, Offer | Accept | Walk) and action.words:
        return replace(action, words=_honest(action, view))
    return replace(action, words="") if isinstance(action, Pass) else action


def _honest(action: Offer | Accept | Walk, view: View) -> str:
    """Return the words with an act if they say nothing that the act does not, and no secret; else nothing."""
    if not view.talk:
        return ""
    paper = view.state.papers.get(action.paper) if isinstance(action, Accept) else None
    deals = action.deals if isinstance(action, Offer) else paper.deals if paper else {}
    terms = tuple(
        Term(name, issue, option)
        for name, deal in deals.items()
        for issue, option in view.scenario.tables[name].name_of(deal).items()
    )
    moves = [Sketch(terms)] if terms else []
    language = spoken_in(view)
    told = worded(moves, view.scenario, view.me, (), Dice(0, 0, 0), (), language)
    people = (view.me, *view.scenario.parties)
    fine = faithful(action.words, told, moves, view.scenario, people, language, whole=False)
    return action.words if fine and not quotes(action.words, view.role.brief) else ""


def _speech(row: Mapping[str, object], view: View, dice: Dice) -> Say:
    """Return what is said: in the model's words if they fit its moves, else in ours."""
    hearers = row.get("to") or []
    to = tuple(hearers) if isinstance(hearers, list) else (hearers,)
    if not all(isinstance(party, str) and party in view.scenario.parties for party in to):
        raise Unusable(f'"to" must be a list of these: {", ".join(view.scenario.parties)}')
    text, language = tidy(row.get("text")), spoken_in(view)
    if moves := moves_in(row.get("moves"), view.state, view.me):
        before = [e.action.text for e in view.state.events if e.party == view.me and isinstance(e.action, Say)]
        ours = worded(moves, view.scenario, view.me, to, dice, before, language)
        people = (view.me, *to) if to else (view.me, *view.scenario.parties)
        text = text if faithful(text, ours, moves, view.scenario, people, language) else ours
    else:
        moves = sensible(understood(text, view.scenario, view.me, language=language).moves, view.state, view.me)
        text = text if set(numbers(text, language)) <= public_numbers(view.scenario, language) else ""
    if not text or quotes(text, view.role.brief):
        raise Unusable("what you say must be one short text, without your points and without words of your brief")
    return Say(text, to, moves)


def said_in_round(view: View) -> int:
    """Return how often this party has spoken in the round that is running."""
    count = 0
    for event in reversed(view.state.events):
        if isinstance(event.action, Tick):
            break
        count += event.party == view.me and isinstance(event.action, Say)
    return count
