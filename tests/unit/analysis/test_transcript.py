"""An act as people read it, whatever its kind."""

from negotiation.actions import CLOCK, MEDIATOR, Accept, Event, Offer, Pass, Say, Tick, Vote, Walk, Withdraw
from negotiation.analysis.transcript import carried_in, line, steps
from negotiation.formats import load
from negotiation.protocols import protocols

SCENARIO = load("cloud-for-two").scenario
TABLE = SCENARIO.tables["contract"]
DEAL = TABLE.deal(0)


def told(*events, protocol="open-floor"):
    opening = protocols()[protocol]().opening(SCENARIO)
    return [line(step.before, step.event) for step in steps(opening, events)]


def test_who_did_what_and_where():
    found = told(
        Event("kaido", Offer({"contract": DEAL}, "Take it.")),
        Event("nimbus", Say("Hm.")),
        Event("kaido", Withdraw(0)),
        Event("kaido", Offer({"contract": DEAL})),
        Event("nimbus", Pass(words="nimbus lost this turn: why")),
        Event(CLOCK, Tick()),
        Event("nimbus", Accept(3, "Good.")),
    )
    does = [(one.said, one.did) if one else None for one in found]
    assert does == [
        ("Take it.", f"offers at {TABLE.title}"),
        ("Hm.", ""),
        ("", f"takes back a signature at {TABLE.title}"),
        ("", f"offers at {TABLE.title}"),
        None,
        None,
        ("Good.", f"signs at {TABLE.title}"),
    ]
    options = zip(TABLE.issues, DEAL, strict=True)
    assert found[0].terms == tuple((issue.title, issue.texts[option]) for issue, option in options)
    assert found[6].terms == ()


def test_leaving_names_the_table():
    assert told(Event("nimbus", Walk("contract", "No.")))[0].did == f"leaves {TABLE.title} for good"


def test_a_mediator_drafts_and_votes_are_sealed():
    events = [Event(MEDIATOR, Offer({"contract": DEAL}, "A draft.")), Event("kaido", Vote(0, True))]
    draft, vote = told(*events, protocol="single-text")
    assert (draft.said, draft.did) == ("A draft.", f"drafts at {TABLE.title}")
    assert vote is None
    assert carried_in(steps(protocols()["single-text"]().opening(SCENARIO), events)) == []
