"""Promises and threats: each status by hand, and all of them against a slow reading of the definition."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from negotiation.actions import Accept, Event, Offer, Pass, Say, Tick, Walk
from negotiation.errors import IllegalAction
from negotiation.formats.notation import read
from negotiation.moves import Commit
from negotiation.rules import apply
from negotiation.scenario import Party, Scenario
from negotiation.state import State
from negotiation.table import Issue, Signers, Table
from negotiation.talk.commitments import commitments
from negotiation.view import sealed

WHO = ("ann", "bob", "cid")
ISSUE = Issue("x", "X", ("no", "yes"), ("No", "Yes"))
WITH = Issue("with", "With", ("bob", "cid"), ("Bob", "Cid"))
TABLES = {
    "pact": Table("pact", "Pact", (ISSUE,), Signers(("ann", "bob"))),
    "cloud": Table(
        "cloud", "Cloud", (WITH,), Signers(("ann",), (("bob", "with", ("bob",)), ("cid", "with", ("cid",))))
    ),
    "club": Table("club", "Club", (ISSUE,), Signers((), of=WHO, quorum=2)),
}
SCENARIO = Scenario("small", "Small", {who: Party(who, who.title()) for who in WHO}, TABLES, 5)
OPENING = State.opening(SCENARIO, 5, one_paper=False)


def said(text, party="ann", to=()):
    return Event(party, Say("So.", to, read(text, SCENARIO)))


def ticks(n):
    return [Event("clock", Tick())] * n


def deal(table, *parties, options=(0,), together=()):
    """The events by which these parties sign a deal; the paper is the event before the first signature."""
    return [("sign", {table: options, **dict.fromkeys(together, (0,))}, parties)]


def played(*parts):
    state = OPENING
    for part in parts:
        for one in part if isinstance(part, list) else [part]:
            if isinstance(one, Event):
                state = apply(state, one)
            else:
                number = len(state.events)
                first, *others = one[2]
                state = apply(state, Event(first, Offer(one[1])))
                for other in others:
                    state = apply(state, Event(other, Accept(number)))
    return state


def left(table, party):
    return Event(party, Walk(table))


PACT = deal("pact", "ann", "bob")
BOB, CID = deal("cloud", "ann", "bob"), deal("cloud", "ann", "cid", options=(1,))
UNLESS = "commit unless pact by 2 then sign cloud cid"
IF = "commit if pact by 2 then walk cloud"
CASES = {
    "nothing has happened": ([said(UNLESS)], ("open", None)),
    "signed early, not due yet": ([said(UNLESS), CID], ("open", None)),
    "signed early, then due": ([said(UNLESS), CID, ticks(2)], ("kept", 4)),
    "the condition fails": ([said(UNLESS), PACT, ticks(2)], ("void", 2)),
    "signed early, the condition fails": ([said(UNLESS), CID, PACT], ("void", 4)),
    "the pact is signed too late": ([said(UNLESS), ticks(2), PACT], ("open", None)),
    "due, kept": ([said(UNLESS), ticks(2), CID], ("kept", 4)),
    "due, signed with another": ([said(UNLESS), ticks(2), BOB], ("broken", 4)),
    "due, left for good": ([said(UNLESS), ticks(2), left("cloud", "ann")], ("broken", 3)),
    "due, partner left": ([said(UNLESS), ticks(2), left("cloud", "cid")], ("void", 3)),
    "the partner left before": ([left("cloud", "cid"), said(UNLESS)], ("void", 1)),
    "due, and the talks end": ([said(UNLESS), ticks(5)], ("broken", 5)),
    "due, and nobody else signs": ([said(UNLESS), ticks(2), deal("cloud", "ann", options=(1,)), ticks(3)], ("void", 6)),
    "no time left": ([said("commit unless pact by 5 then sign cloud"), ticks(5)], ("void", 5)),
    "no time left, but done": ([said("commit unless pact then sign cloud"), BOB, ticks(5)], ("kept", 7)),
    "no time left, and given up": ([said("commit unless pact then walk cloud"), BOB, ticks(5)], ("broken", 7)),
    "the pact is dead": ([said(UNLESS), left("pact", "bob"), CID], ("kept", 3)),
    "dead before it was said": ([left("pact", "bob"), said("commit if pact then walk cloud")], ("void", 1)),
    "if, in time, kept": ([said(IF), PACT, left("cloud", "ann")], ("kept", 3)),
    "if, in time, done before": ([said(IF), left("cloud", "ann"), PACT], ("kept", 3)),
    "if, in time, broken": ([said(IF), PACT, BOB], ("broken", 4)),
    "if, too late": ([said(IF), ticks(2), PACT], ("void", 2)),
    "if, and the talks end without": ([said("commit if pact then walk cloud"), ticks(5)], ("void", 5)),
    "on one paper": (
        [said("commit if pact then sign cloud bob"), deal("pact", "ann", "bob", together=["cloud"])],
        ("kept", 2),
    ),
    "the other closed the club": ([said("commit if pact then walk club"), deal("club", "bob", "cid")], ("void", 2)),
    "all tables are signed": (
        [said("commit if pact then walk club"), PACT, BOB, deal("club", "bob", "ann")],
        ("broken", 6),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_commitment_has_the_status_that_is_written(name):
    parts, wanted = CASES[name]
    (found,) = commitments(played(*parts))
    assert (found.status, found.decided) == wanted
    assert (found.party, found.to, found.round) == ("ann", (), 0)


def test_only_those_who_hear_a_commitment_know_of_it():
    state = played(said("commit unless pact then walk cloud", to=("bob",)), said("rank pact.x > club.x"), ticks(1))
    assert [one.to for one in commitments(sealed(state, "bob"))] == [("bob",)]
    assert commitments(sealed(state, "cid")) == ()
    assert commitments(OPENING) == ()


acts = st.one_of(
    st.builds(
        lambda unless, table, by, act, where, partner: Say(
            "So.", (), (Commit(unless, table, act, where, by, partner if act == "sign" else ""),)
        ),
        st.booleans(),
        st.sampled_from([*TABLES]),
        st.none() | st.integers(1, 5),
        st.sampled_from(["walk", "sign"]),
        st.sampled_from([*TABLES]),
        st.sampled_from(["", *WHO]),
    ),
    st.builds(lambda name, n: Offer({name: (n,)}), st.sampled_from([*TABLES]), st.integers(0, 1)),
    st.builds(lambda n: Offer({"pact": (n,), "club": (n,)}), st.integers(0, 1)),
    st.builds(Walk, st.sampled_from([*TABLES])),
    st.just(Accept(-1)),
    st.just(Pass()),
    st.just(Tick()),
)


@given(st.lists(st.tuples(st.sampled_from(WHO), acts), max_size=40))
@example([("ann", Say("So.", (), read(UNLESS, SCENARIO))), *[("ann", Tick())] * 5, ("bob", Say("Well."))])
@settings(max_examples=600, deadline=None)
def test_it_is_what_a_slow_reading_of_the_definition_finds(wanted):
    states = [OPENING]
    for party, action in wanted:
        if states[-1].over and not action.talk:
            break
        papers = [n for n in states[-1].papers if party not in states[-1].papers[n].signed]
        action = Accept(papers[-1]) if isinstance(action, Accept) and papers else action
        try:
            states.append(apply(states[-1], Event("clock" if isinstance(action, Tick) else party, action)))
        except IllegalAction:
            continue
    for found in commitments(states[-1]):
        assert (found.status, found.decided) == slowly(states, found.said, found.party, found.move)


def slowly(states, said, party, move):
    """Read the status off the states after every event since it was said."""
    due = failed = act = None
    for event in range(said, len(states) - 1):
        state = states[event + 1]
        if due is None and failed is None:
            table = move.table
            in_time = table in state.bound and (move.by is None or state.bound_in[table] < move.by)
            missed = not in_time and (
                table in state.dead or (move.by is not None and state.round >= move.by) or state.over
            )
            due, failed = (missed, in_time) if move.unless else (in_time, missed)
            due, failed = (event if due else None), (event if failed else None)
        act = act or fate(state, party, move)
        if act == "void" or failed is not None:
            return "void", event
        if due is not None and act:
            return act, event
        if state.over and due is not None:
            tried = move.act == "sign" and any(
                move.where in paper.deals and party in paper.signed for paper in state.papers.values()
            )
            return ("void" if tried or due == event else "broken"), event
    return "open", None


def fate(state, party, move):
    signers = state.signed.get(move.where, ())
    if move.act == "walk":
        if party in state.left.get(move.where, ()):
            return "kept"
        if party in signers:
            return "broken"
        return "void" if move.where in state.bound or move.where in state.dead else ""
    if party in state.left.get(move.where, ()):
        return "broken"
    if party in signers:
        return "kept" if move.partner in ("", *signers) else "broken"
    gone = move.partner in state.left.get(move.where, ())
    return "void" if gone or move.where in state.bound or move.where in state.dead else ""
