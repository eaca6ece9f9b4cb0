"""What can be said at all: to whom, and in which moves; words bind nobody, so that nothing but the log changes."""

from __future__ import annotations

from collections.abc import Sequence

from negotiation.actions import Say
from negotiation.errors import IllegalAction, unknown
from negotiation.language import phrase
from negotiation.moves import Ask, Commit, Move, Term, tables_of
from negotiation.scenario import Scenario
from negotiation.state import Changes, State
from negotiation.well_formed import malformed

MOST_MOVES = 20
"""Moves in one text; more are refused."""


def speak(state: State, party: str, say: Say) -> Changes:
    """Return the changes by a word: it is noted where it was said, and where in private.

    Raises
    ------
    IllegalAction
        When it is said to nobody or to oneself, or a move of it can mean nothing.
    """
    for name, values in (("hearers", say.to), ("moves", say.moves)):
        if type(values) is not tuple:
            raise IllegalAction(
                f"{party} said something of which the {name} are a {type(values).__name__}, not a tuple"
            )
    for hearer in say.to:
        if hearer not in state.scenario.parties:
            raise IllegalAction(f"{party} cannot speak to that: {unknown('party', hearer, state.scenario.parties)}")
    if party in say.to:
        others = ", ".join(other for other in state.scenario.parties if other != party)
        raise IllegalAction(
            phrase("{party} cannot speak to itself in private; others: {others}", party=party, others=others)
        )
    if len(set(say.to)) < len(say.to):
        raise IllegalAction(f"{party} cannot speak twice to the same; it said: to {', '.join(say.to)}")
    if len(say.moves) > MOST_MOVES:
        raise IllegalAction(
            phrase(
                "{party} made {n} moves in one text; it may have {most}", party=party, n=len(say.moves), most=MOST_MOVES
            )
        )
    for move in say.moves:
        if why := nonsense(state, party, move, say.to):
            raise IllegalAction(
                phrase("{party} cannot say {what!r}: {why}", party=party, what=getattr(move, "kind", "that"), why=why)
            )
    if twice := _at_odds(say.moves):
        raise IllegalAction(phrase("{party} contradicts itself: {why}", party=party, why=twice))
    here = len(state.events)
    changes: Changes = {"spoken": (*state.spoken, here)}
    if say.to:
        changes["private"] = (*state.private, here)
    return changes


def _unheard(scenario: Scenario, move: Move, to: Sequence[str]) -> str:
    """Return why a question can reach nobody who knows an answer; empty if it can."""
    if not (to and isinstance(move, Ask)):
        return ""
    if move.whom and move.whom not in to:
        return phrase("{whom} does not hear it; it is said to {to}", whom=move.whom, to=", ".join(to))
    for table in tables_of(move):
        seats = scenario.tables[table].seats
        if not set(to) & set(seats):
            return phrase(
                "nobody who hears it has a seat at {table}; seats: {seats}", table=table, seats=", ".join(seats)
            )
    return ""


def _at_odds(moves: Sequence[Move]) -> str:
    """Return what two promises of one text say of one condition that cannot both be; empty if there are none."""
    said: dict[tuple[bool, str, int | None, str], Commit] = {}
    for move in moves:
        if isinstance(move, Commit):
            other = said.setdefault((move.unless, move.table, move.by, move.where), move)
            if other.act != move.act:
                return phrase("it would both leave {table} and sign there", table=move.where)
            if other.partner and move.partner and other.partner != move.partner:
                return phrase(
                    "it would sign at {table} with {one} and with {other}",
                    table=move.where,
                    one=other.partner,
                    other=move.partner,
                )
    return ""


def nonsense(state: State, party: str, move: Move, to: Sequence[str] = ()) -> str:
    """Return why a move of a party can mean nothing now, said to these (nobody in particular: to all); empty if it can."""
    scenario = state.scenario
    if why := malformed(move) or _unknown(scenario, move):
        return why
    if isinstance(move, Ask) and move.whom == party:
        return phrase("nobody asks itself")
    if why := _unheard(scenario, move, to):
        return why
    if isinstance(move, Ask):
        whom, seats = move.whom, tables_of(move)
        if closed := next(filter(None, (_closed(state, table) for table in seats)), ""):
            return closed
        return next(
            (
                phrase("{party} has no seat at {table}", party=scenario.parties[whom].title, table=t)
                for t in seats
                if whom and t not in scenario.at(whom)
            ),
            "",
        )
    if isinstance(move, Commit) and (why := _contradiction(state, move)):
        return why
    about = (move.where,) if isinstance(move, Commit) else tables_of(move)
    for table in about:
        if closed := _closed(state, table):
            return closed
        if table not in state.sits(party):
            return phrase(
                "no seat at {table}; seats: {seats}",
                table=table,
                seats=", ".join(state.sits(party)) or phrase("none open"),
            )
    return ""


def _closed(state: State, table: str) -> str:
    """Return since when a table is closed; empty if it is open."""
    if table in state.bound:
        return phrase("{table} was signed in {when}", table=table, when=_when(state, state.bound_in[table] + 1))
    if table in state.dead:
        return phrase("{table} was abandoned in {when}", table=table, when=_when(state, state.dead[table] + 1))
    return ""


def _when(state: State, number: int) -> str:
    return phrase("{unit} {number}", unit=state.scenario.unit, number=number)


def _contradiction(state: State, move: Commit) -> str:
    """Return why a commitment contradicts itself, or comes too late; empty if it does not."""
    scenario = state.scenario
    if move.table == move.where and not (move.unless and move.act == "walk"):
        return phrase("what happens at {table} cannot be the condition for what happens there", table=move.table)
    if move.partner and move.partner not in scenario.tables[move.where].seats:
        seats = ", ".join(scenario.tables[move.where].seats)
        return phrase(
            "{party} has no seat at {table}; seats: {seats}", party=move.partner, table=move.where, seats=seats
        )
    if move.by is not None and not state.round < move.by <= state.rounds:
        return phrase(
            "{when} is over or never comes; possible: {first} to {last}",
            when=_when(state, move.by),
            first=state.round + 1,
            last=state.rounds,
        )
    if move.table in state.bound:
        return phrase(
            "{table} was signed in {when}", table=move.table, when=_when(state, state.bound_in[move.table] + 1)
        )
    return ""


def _unknown(scenario: Scenario, move: Move) -> str:
    """Return which name in a move is none of the case; empty if all are."""
    for table in tables_of(move):
        if table not in scenario.tables:
            return unknown("table", table, scenario.tables)
    for party in filter(None, (getattr(move, "whom", ""), getattr(move, "partner", ""))):
        if party not in scenario.parties:
            return unknown("party", party, scenario.parties)
    return next((why for term in move.terms() if (why := _unknown_term(scenario, term))), "")


def _unknown_term(scenario: Scenario, term: Term) -> str:
    table = scenario.tables[term.table]
    if term.issue not in table.by_name:
        return unknown(f"issue of {term.table}", term.issue, table.by_name)
    options = table.issues[table.by_name[term.issue]].options
    return unknown(f"option of {term.issue}", term.option, options) if term.option not in ("", *options) else ""
