"""The log told in full: every event with its round, and what it brought about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from negotiation.actions import MEDIATOR, Accept, Event, Offer, Open, Tick, said
from negotiation.ballots import carried
from negotiation.formats.log import encode
from negotiation.language import mark, phrase
from negotiation.rules import apply
from negotiation.scenario import Scenario
from negotiation.state import Paper, State
from negotiation.table import Deal


class Step(NamedTuple):
    """An event, the states around it, and what it brought about (see `consequences`)."""

    before: State
    event: Event
    after: State
    came: dict[str, Any]


def steps(opening: State, events: Iterable[Event]) -> Iterator[Step]:
    """Yield every event of a log with the states around it."""
    state = opening
    for event in events:
        after = apply(state, event)
        yield Step(state, event, after, consequences(state, after))
        state = after


def transcript(opening: State, events: Iterable[Event]) -> list[dict[str, object]]:
    """Return events as JSON rows: `seq` (from 0), `round` (from 1), `party`, `kind`, what was said, what came of it.

    An offer has the id of its paper. Where it applies a row says `signed` (tables that became binding), `lapsed`
    (papers that fell), `abandoned` (the table that can bind nothing more), `news` (announced for the round that
    begins) and, on the last tick, `unsigned` (why each table stayed so). When a ballot is opened the row has a
    roll call per draft in `ballot`: `paper`, `votes` by party, and whether it was `carried`.
    """
    return [
        {"seq": seq, "round": before.round + 1, **encode(before.scenario, event), **came}
        for seq, (before, event, _, came) in enumerate(steps(opening, events))
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """An act as people read it: what was said, and what was done.

    Attributes
    ----------
    did
        What it did and where, in words: `signs at Battery alliance`; empty where all is in what was said.
    terms
        Of an offer, by issue its title and the option in words.
    """

    said: str
    did: str = ""
    terms: tuple[tuple[str, str], ...] = ()


def line(before: State, event: Event) -> Line | None:
    """Return an act as people read it; None for what is sealed and for what nobody need read."""
    scenario, action = before.scenario, event.action
    if not (action.does or action.talk):
        return None
    where = titles(scenario, before.named(action))
    did = mark("drafts at {where}") if event.party == MEDIATOR else action.does
    deals = action.deals if isinstance(action, Offer) else {}
    return Line(said(action), phrase(did, where=where) if did else "", terms(scenario, deals))


def carried_in(told: Iterable[Step]) -> list[int]:
    """Return the drafts of a mediator that became texts."""
    return [call["paper"] for step in told for call in step.came.get("ballot", ()) if call["carried"]]


def titles(scenario: Scenario, names: Iterable[str]) -> str:
    """Return the titles of tables that go together: `Cloud + Data`."""
    return " + ".join(scenario.tables[name].title for name in names)


def terms(scenario: Scenario, deals: Mapping[str, Deal]) -> tuple[tuple[str, str], ...]:
    """Return the terms of deals: the title of every issue, and the option in words."""
    return tuple(
        (issue.title, issue.texts[option])
        for name, deal in deals.items()
        for issue, option in zip(scenario.tables[name].issues, deal, strict=True)
    )


def consequences(before: State, after: State) -> dict[str, object]:
    """Return the consequences of the last event of `after`, as `transcript` lists them."""
    event = after.events[-1]
    found: dict[str, Any] = {}
    if isinstance(event.action, Offer):
        found["paper"] = len(before.events)
    if signed := [name for name in after.bound if name not in before.bound]:
        found["signed"] = signed
    if isinstance(event.action, Offer | Accept) and (
        lapsed := [n for n, p in before.papers.items() if n not in after.papers and not set(p.deals) & set(signed)]
    ):
        found["lapsed"] = lapsed
    if isinstance(event.action, Open):
        found["ballot"] = [_roll_call(before, paper) for paper in before.drafts]
    if abandoned := [name for name in after.dead if name not in before.dead]:
        found["abandoned"] = abandoned
    if isinstance(event.action, Tick):
        news = [item.text for item in after.scenario.announcements if item.round == after.round + 1]
        if news and not after.over:
            found["news"] = news
    if after.over and (unsigned := {t: why_unsigned(after, t) for t in after.scenario.tables if t not in after.bound}):
        found["unsigned"] = unsigned
    return found


def _roll_call(state: State, draft: Paper) -> dict[str, object]:
    votes = {party: yes for party, yes in state.votes.get(draft.id, {}).items() if yes is not None}
    return {"paper": draft.id, "votes": votes, "carried": carried(state, draft, votes)}


def why_unsigned(state: State, table: str) -> str:
    """Return why a table is not signed, as far as everybody could see, in one sentence."""
    if table in state.dead:
        return phrase(
            "{gone} left the table, the last in {when}; no deal could bind without them",
            gone=_both([_title(state, party) for party in state.left[table]]),
            when=_when(state, state.dead[table]),
        )
    papers = state.at(table)
    if not papers:
        offers = sum(isinstance(e.action, Offer) and table in e.action.deals for e in state.events)
        if offers and state.turns.get(MEDIATOR):
            return phrase("none of the mediator's {offers} drafts was carried", offers=offers)
        if offers:
            return phrase("no paper lay there at the end, of {offers} offered", offers=offers)
        return phrase("nobody ever made an offer there")
    told = []
    for paper in papers:
        must, votes = state.missing(paper)[table]
        elsewhere = [n for n, lack in state.missing(paper).items() if n != table and lack != ((), 0)]
        lacks = [
            *(_title(state, party) for party in must),
            *([phrase("{n} more", n=votes)] if votes else []),
            *(phrase("signatures at {table}", table=state.scenario.tables[name].title) for name in elsewhere),
        ]
        told.append(
            phrase(
                "{whose} paper of {when} lacked {what}",
                whose=whose(_title(state, paper.author)),
                when=_when(state, paper.round),
                what=_both(lacks),
            )
        )
    *before, last = told
    for one in reversed(before):
        last = phrase("{one}; {other}", one=one, other=last)
    return phrase("no paper there was signed by all it needed: {papers}", papers=last)


def whose(name: str) -> str:
    """Return the possessive of a name: `Google's`, `Kaido Motors'`."""
    return phrase("{name}'", name=name) if name.endswith(("s", "S")) else phrase("{name}'s", name=name)


def _both(names: Sequence[str]) -> str:
    """Return all of some texts, to be told in another language too: `Google and 1 more`."""
    *before, last = names
    for one in reversed(before):
        last = phrase("{one} and {other}", one=one, other=last)
    return last


def _when(state: State, number: int) -> str:
    return phrase("{unit} {number}", unit=state.scenario.unit, number=number + 1)


def _title(state: State, party: str) -> str:
    return phrase("The mediator") if party == MEDIATOR else state.scenario.parties[party].title.partition(" (")[0]
