"""The effect of every act on the papers: the one reducer, for all parties and under all protocols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from negotiation.actions import (
    MEDIATOR,
    TEXTS,
    Accept,
    Action,
    Event,
    Offer,
    Open,
    Pass,
    Say,
    Tick,
    Vote,
    Walk,
    Withdraw,
)
from negotiation.ballots import cast_vote, open_ballot
from negotiation.errors import IllegalAction, unknown
from negotiation.language import mark, phrase
from negotiation.speaking import speak
from negotiation.state import Changes, Paper, State
from negotiation.table import Deal, Table

VERSION = 1
"""Grows when the same log would end differently than before; kept with every stored game."""


def apply(state: State, event: Event) -> State:
    """Return the state after `event`; the only place where papers change.

    Raises
    ------
    IllegalAction
        When no protocol could allow the act, saying why. Nothing has changed then.
    """
    party, action = event.party, event.action
    _readable(party, action)
    match action:
        case Offer():
            changes = _offer(state, party, action)
        case Accept():
            changes = _accept(state, party, action)
        case Vote():
            changes = cast_vote(state, party, action)
        case Withdraw():
            changes = _withdraw(state, party, action)
        case Pass():
            changes = _pass(state, party, action)
        case Walk():
            changes = _walk(state, party, action)
        case Say():
            changes = speak(state, party, action)
        case Tick():
            changes = {
                "round": state.round + 1,
                "passed": (),
                "acted": frozenset(),
                "ballots": 0,
                "turns_before": state.turns,
            }
        case Open():
            changes = open_ballot(state)
        case _:
            assert_never(action)
    changes["turns"] = {**state.turns, party: state.turns.get(party, 0) + 1}
    changes["events"] = (*state.events, event)
    return state.changed(changes)


CANNOT = {
    "accept": mark("{party} cannot accept"),
    "offer": mark("{party} cannot offer"),
    "pass": mark("{party} cannot pass"),
    "say": mark("{party} cannot say"),
    "sign": mark("{party} cannot sign"),
    "vote": mark("{party} cannot vote"),
    "walk": mark("{party} cannot walk"),
    "walk away": mark("{party} cannot walk away"),
    "withdraw": mark("{party} cannot withdraw"),
    "withdraw from": mark("{party} cannot withdraw from"),
}
"""Who cannot do what, by the word for it."""


def cannot(party: str, verb: str) -> str:
    """Return that a party cannot do something, for a sentence that says where and why: `Google cannot sign`."""
    return phrase(CANNOT[verb], party=party) if verb in CANNOT else f"{party} cannot {verb}"


def _closed_at(why: str, party: str, verb: str, table: str) -> str:
    """Return why a party cannot act at a table."""
    return phrase("{cannot} at {table}: {why}", cannot=cannot(party, verb), table=table, why=why)


def _offer(state: State, party: str, offer: Offer) -> Changes:
    if not offer.deals:
        raise IllegalAction(f"{party} offered nothing: an offer names at least one table")
    for name, deal in offer.deals.items():
        table = _seat(state, party, name, "offer")
        if table.index(deal) < 0:
            raise IllegalAction(f"{party} cannot offer {_shown(table, deal)} at {name}: {_why_not(table, deal)}")
        gone = [who for who in state.left.get(name, ()) if who in table.needs(deal)]
        if gone:
            raise IllegalAction(
                phrase(
                    "{party} cannot offer this at {table}: it needs {gone}, who has left the table",
                    party=party,
                    table=name,
                    gone=gone[0],
                )
            )
    if broken := state.scenario.breaks({**state.bound, **offer.deals}):
        raise IllegalAction(
            phrase(
                "{party} cannot offer this at {tables}: constraint {constraint} forbids {pattern}; put the other table on "
                "the same paper, or settle it first",
                party=party,
                tables=", ".join(offer.deals),
                constraint=broken.name,
                pattern=state.scenario.text(broken.pattern),
            )
        )
    new = len(state.events)
    paper = Paper(new, dict(offer.deals), party, state.round)
    if party == MEDIATOR:
        return _draft(state, paper)
    mine = () if state.one_paper else (party,)
    papers = {
        number: paper
        for number, paper in state.papers.items()
        if (mine and paper.author not in mine) or not any(name in paper.deals for name in offer.deals)
    }
    papers[new] = _signed(state, paper, (party,) if state.signable(party, paper) else ())
    acted = state.acted | {(party, name) for name in offer.deals}
    made = {name: (*state.offers.get(name, ()), (party, state.round, deal)) for name, deal in offer.deals.items()}
    return {"acted": acted, "offers": {**state.offers, **made}, **_settle(state, papers, new)}


def _draft(state: State, paper: Paper) -> Changes:
    """Return the changes by a mediator's draft: it lies beside the papers, and binds nobody before its ballot."""
    for draft in state.drafts:
        if both := [name for name in paper.deals if name in draft.deals]:
            raise IllegalAction(f"{MEDIATOR} cannot draft at {both[0]}: draft {draft.id} is put to the vote there")
    return {"papers": {**state.papers, paper.id: _signed(state, paper, ())}}


def _accept(state: State, party: str, action: Accept) -> Changes:
    paper = _paper(state, party, action.paper, "sign")
    if party in paper.signed:
        raise IllegalAction(
            phrase("{party} cannot sign paper {paper}: {party} has signed it already", party=party, paper=paper.id)
        )
    if paper.draft:
        raise IllegalAction(
            phrase("{party} cannot sign paper {paper}: it is a draft, put to the vote", party=party, paper=paper.id)
        )
    if not state.signable(party, paper):
        at = ", ".join(paper.deals)
        raise IllegalAction(
            phrase(
                "{party} cannot sign paper {paper} at {at}: it does not need {party}; seats: {seats}",
                party=party,
                paper=paper.id,
                at=at,
                seats=", ".join(state.sits(party)) or phrase("none open"),
            )
        )
    signed = _signed(state, paper, (*paper.signed, party))
    acted = state.acted | {(party, name) for name in paper.deals}
    return {"acted": acted, **_settle(state, {**state.papers, paper.id: signed}, paper.id)}


def _withdraw(state: State, party: str, action: Withdraw) -> Changes:
    paper = _paper(state, party, action.paper, "withdraw from")
    if paper.author != party and party not in paper.signed:
        raise IllegalAction(
            phrase("{party} cannot withdraw from paper {paper}: {party} has not signed it", party=party, paper=paper.id)
        )
    papers = dict(state.papers)
    if paper.author == party:
        del papers[paper.id]
    else:
        papers[paper.id] = _signed(state, paper, tuple(who for who in paper.signed if who != party))
    return {"papers": papers}


def _pass(state: State, party: str, action: Pass) -> Changes:
    if not action.table:
        return {"passed": (*state.passed, party), "acted": state.acted | {(party, t) for t in state.sits(party)}}
    _seat(state, party, action.table, "pass")
    return {"acted": state.acted | {(party, action.table)}}


def _walk(state: State, party: str, action: Walk) -> Changes:
    table = _seat(state, party, action.table, "walk away")
    left = {**state.left, table.name: (*state.left.get(table.name, ()), party)}
    possible = table.signable(left[table.name])
    dead = {} if possible.any() else {table.name: state.round}
    after = _closed(replace(state, left=left, dead={**state.dead, **dead}))
    papers = {}
    for number, paper in state.papers.items():
        if table.name in paper.deals:
            if dead or paper.author == party or not possible[table.index(paper.deals[table.name])]:
                continue
            paper = _signed(
                after, paper, tuple(who for who in paper.signed if who != party or _counts(after, who, paper))
            )
        papers[number] = paper
    return {"left": left, "dead": after.dead, "papers": papers, "open": after.open, "sitting": after.sitting}


def _settle(state: State, papers: Mapping[int, Paper], number: int) -> Changes:
    """Close the tables of a paper that has all its signatures; papers that cannot bind any more lapse."""
    paper = papers[number]
    if paper.lacks:
        return {"papers": papers}
    bound = {**state.bound, **paper.deals}
    standing = {
        other: kept
        for other, kept in papers.items()
        if not any(name in paper.deals for name in kept.deals)
        and state.scenario.breaks({**bound, **kept.deals}) is None
    }
    signed = {
        name: tuple(who for who in paper.signed if state.scenario.tables[name].signs(who, deal))
        for name, deal in paper.deals.items()
    }
    after = _closed(replace(state, bound=bound))
    return {
        "papers": standing,
        "bound": bound,
        "bound_in": {**state.bound_in, **dict.fromkeys(paper.deals, state.round)},
        "signed": {**state.signed, **signed},
        "open": after.open,
        "sitting": after.sitting,
    }


def _closed(state: State) -> State:
    """Return the state with `open` and `sitting` recomputed, after a table closed or a party left one."""
    tables = tuple(name for name in state.scenario.tables if name not in state.bound and name not in state.dead)
    sitting = {
        party: tuple(
            name for name in state.scenario.at(party) if name in tables and party not in state.left.get(name, ())
        )
        for party in state.scenario.parties
    }
    return replace(state, open=tables, sitting=sitting)


def _signed(state: State, paper: Paper, signed: tuple[str, ...]) -> Paper:
    lacks = state.lacking(paper.deals, signed)
    return Paper(paper.id, paper.deals, paper.author, paper.round, signed, lacks, paper.ballot)


def _counts(state: State, party: str, paper: Paper) -> bool:
    return state.signable(party, replace(paper, signed=()))


def _seat(state: State, party: str, name: str, verb: str) -> Table:
    """Return the open table where `party` has a seat, or the reason why it cannot act there."""
    if name not in state.scenario.tables:
        raise IllegalAction(f"{party} cannot {verb} there: {unknown('table', name, state.scenario.tables)}")
    if name in state.bound:
        raise IllegalAction(
            _closed_at(phrase("signed in {when}", when=_round(state, state.bound_in[name])), party, verb, name)
        )
    if name in state.dead:
        raise IllegalAction(
            _closed_at(phrase("abandoned in {when}", when=_round(state, state.dead[name])), party, verb, name)
        )
    seats = state.open if party == MEDIATOR else state.sits(party)
    if name not in seats:
        left = party in state.left.get(name, ())
        why = phrase("{party} has left it", party=party) if left else phrase("no seat there")
        has = phrase("{why}; seats: {seats}", why=why, seats=", ".join(seats) or phrase("none open"))
        raise IllegalAction(_closed_at(has, party, verb, name))
    return state.scenario.tables[name]


def _paper(state: State, party: str, number: int, verb: str) -> Paper:
    paper = state.papers.get(number)
    if paper is None:
        raise IllegalAction(
            phrase(
                "{cannot} paper {paper}: it does not lie on any table now; papers: {papers}",
                cannot=cannot(party, verb),
                paper=number,
                papers=", ".join(map(str, state.papers)) or phrase("none"),
            )
        )
    return paper


def _round(state: State, number: int) -> str:
    return phrase("{unit} {number}", unit=state.scenario.unit, number=number + 1)


def _readable(party: str, action: Action) -> None:
    """Raise `IllegalAction` unless every text of an act is valid and of a permitted length."""
    for name, means in TEXTS[action.kind]:
        text = getattr(action, name)
        if not isinstance(text, str):
            raise IllegalAction(f"{party} said {type(text).__name__}, which is no text")
        if not means.least <= len(text.strip()) or len(text) > means.most:
            raise IllegalAction(
                phrase(
                    "{party} said {n:,} characters; a text has {least} to {most:,}",
                    party=party,
                    n=len(text),
                    least=means.least,
                    most=means.most,
                )
            )
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise IllegalAction(phrase("{party} said something that is no text: half a character", party=party))


def _fits(table: Table, deal: Deal) -> bool:
    """Return whether a deal has one option number per issue, each of them there."""
    return len(deal) == len(table.issues) and all(
        0 <= option < len(issue.options) for issue, option in zip(table.issues, deal, strict=True)
    )


def _shown(table: Table, deal: Deal) -> str:
    if not _fits(table, deal):
        return str(deal)
    return ", ".join(f"{issue} {option}" for issue, option in table.name_of(deal).items())


def _why_not(table: Table, deal: Deal) -> str:
    for constraint in table.forbidden if _fits(table, deal) else ():
        if table.clashes(constraint, deal):
            return f"constraint {constraint.name} forbids it"
    return f"it is not one of the {table.size} deals there"
