"""What the bundled agents say: a word with every act, an answer to whatever wants one, and now and then a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast, get_args

from negotiation.actions import Event, Offer, Say, said
from negotiation.dice import Dice
from negotiation.moves import (
    Ask,
    Courtesy,
    Move,
    Obstacle,
    Prefer,
    Trade,
    tables_of,
)
from negotiation.state import Paper
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.reminders import quoted, reminder
from negotiation.strategies.standing import mind
from negotiation.table import Deal
from negotiation.talk.answers import Candour, Mind, reply
from negotiation.talk.commitments import commitments
from negotiation.talk.effects import Made
from negotiation.talk.evidence import Claim
from negotiation.talk.offers import offer_words, signature_words
from negotiation.talk.reading.folding import Language, language_of
from negotiation.talk.wording.sentences import unread, worded
from negotiation.unanswered import URGENT, circle
from negotiation.view import View

STATEMENTS = (*get_args(Claim), Obstacle)
"""Moves by which one tells something of oneself."""

QUESTIONS = 2
"""Questions that an agent asks of its own accord in a round."""


def with_offer(evaluation: Evaluation, deals: Mapping[str, Deal], dice: Dice) -> str:
    """Return what is said with an offer; nothing where agents are silent."""
    view = evaluation.view
    if not view.talk:
        return ""
    last = {name: deal for name in deals if (deal := _last(view, name)) is not None}
    beliefs = {name: evaluation.estimates(name) for name in deals}
    points = {name: view.preferences.by_option[name] for name in deals}
    made = Made(deals, last, beliefs, points)
    return offer_words(made, view.scenario, view.me, dice, spoken(view), view.talk)


def with_signature(view: View, paper: Paper, dice: Dice) -> str:
    """Return what is said with a signature; nothing where agents are silent."""
    if not view.talk:
        return ""
    return signature_words(paper.deals, paper.author, view.scenario, view.me, dice, spoken(view), view.talk)


def answer(
    evaluation: Evaluation, aims: Mapping[str, float], candour: Candour, asked: Sequence[int], dice: Dice
) -> Say | None:
    """Return the answer to the first who wants one, in the circle in which it was said, to all that was said there.

    Offers are answered to their author alone.
    """
    view = evaluation.view
    first = view.state.events[asked[0]]
    to = circle(first, view.me)
    together = [seq for seq in asked if circle(view.state.events[seq], view.me) == to]
    me = mind(evaluation, aims, candour, told=bool(told(view, first.party)))
    moves = tuple(dict.fromkeys(move for seq in together for move in _reply(me, view, seq)))
    language = language_of(first.action.text, cast(Language, view.talk)) if isinstance(first.action, Say) else view.talk
    hearers, before = to or (first.party,), spoken(view)
    if not moves:
        return Say(unread(view.scenario, view.me, hearers, dice, before, language), to)
    heard = [quoted(view.state, made) for made in commitments(view.state) if made.said in together]
    return Say(worded(moves, view.scenario, view.me, hearers, dice, before, language, heard[:1]), to, moves)


def of_its_own(evaluation: Evaluation, dice: Dice) -> Say | None:
    """Return what an agent says of its own accord: it reminds others of their words, or asks; None for nothing."""
    return reminder(evaluation.view, dice, spoken(evaluation.view)) or question(evaluation, dice)


def question(evaluation: Evaluation, dice: Dice) -> Say | None:
    """Return a question of one's own: what matters to somebody at a table, where most is at stake first; None if all is asked.

    `QUESTIONS` a round. Somebody who answered with less than it knows is asked once more, after one has told it oneself.
    """
    view, state = evaluation.view, evaluation.state
    mine = [(seq, move) for seq in state.spoken for move in _asked(state.events[seq], view.me)]
    if sum(seq >= state.round_began for seq, _ in mine) >= QUESTIONS:
        return None
    asked = [(move.whom, move.table) for _, move in mine]
    before = [(move.whom, move.table) for seq, move in mine if seq < state.round_began]
    tables = sorted(state.sits(view.me), key=lambda table: -float(evaluation.gains(table).max()))
    for table in tables:
        others = (
            party for party in view.scenario.tables[table].seats if party != view.me and table in state.sits(party)
        )
        for party in others:
            again = (party, table) in before and _more(view, party, table)
            if asked.count((party, table)) < 1 + again and not _open(view, party, table):
                moves = (Ask("priority", table, None, party),)
                text = worded(moves, view.scenario, view.me, (party,), dice, spoken(view), view.talk)
                return Say(text, (party,), moves)
    return None


def _asked(event: Event, party: str) -> Iterator[Ask]:
    """Yield the questions that a party asked."""
    if event.party == party and isinstance(event.action, Say):
        yield from (move for move in event.action.moves if isinstance(move, Ask))


def _open(view: View, party: str, table: str) -> bool:
    """Return whether a party has told what it wants at a table, not only what matters to it there."""
    return any(isinstance(move, Prefer) for move in told(view, party).get(table, ()))


def _more(view: View, party: str, table: str) -> bool:
    """Return whether one has told a party what matters at a table, which may loosen its tongue."""
    return table in told(view, view.me, party)


def spoken(view: View) -> tuple[str, ...]:
    """Return what one has said so far, with acts and without, oldest first."""
    return tuple(filter(None, (said(event.action) for event in view.state.events if event.party == view.me)))


def told(view: View, party: str, to: str = "") -> dict[str, list[Move]]:
    """Return what one has heard a party tell of itself, by table; with `to` only what that one heard as well."""
    found: dict[str, list[Move]] = {}
    for seq in view.state.spoken:
        event = view.state.events[seq]
        if event.party != party or not isinstance(event.action, Say) or (to and not event.action.heard_by(to)):
            continue
        for move in event.action.moves:
            if isinstance(move, STATEMENTS):
                for table in tables_of(move):
                    found.setdefault(table, []).append(move)
    return found


def _reply(me: Mind, view: View, seq: int) -> tuple[Move, ...]:
    """Return the answer to an event in moves; empty if there is nothing in it that one could answer."""
    event = view.state.events[seq]
    if isinstance(event.action, Offer):
        paper = view.state.papers.get(seq)
        return reply(me, event.party, paper) if paper else ()
    moves = event.action.moves if isinstance(event.action, Say) else ()
    asked = [move for move in moves if isinstance(move, URGENT)]
    obstacles = [Trade((move.issue,), ()) for move in moves if isinstance(move, Obstacle)]
    if asked or obstacles:
        return reply(me, event.party, [*asked, *obstacles])
    return _thanks(me, view, event.party, moves)


def _thanks(me: Mind, view: View, party: str, moves: Sequence[Move]) -> tuple[Move, ...]:
    """Return thanks for what somebody told of itself, with something in return if one has not told it yet; or a greeting."""
    tables = dict.fromkeys(t for move in moves if isinstance(move, STATEMENTS) for t in tables_of(move))
    if not tables:
        return tuple(move for move in moves if isinstance(move, Courtesy))
    mine = told(view, view.me, party)
    fresh = [Ask("priority", table) for table in tables if table in me.stands and table not in mine]
    return (Courtesy("thanks"), *(move for move in reply(me, party, fresh) if not isinstance(move, Courtesy)))


def _last(view: View, table: str) -> Deal | None:
    """Return one's own last offer at a table."""
    offers = view.state.offers.get(table, ())
    return next((deal for party, _, deal in reversed(offers) if party == view.me), None)
