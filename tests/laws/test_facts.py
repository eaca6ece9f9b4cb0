"""The facts of a class on disk: what is written is read again, and logs of today say what they have always said."""

import json
from string import Formatter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.classroom import facts
from negotiation.classroom.facts import KINDS, LISTS, Fact, Stamped, read, written
from negotiation.errors import LogError

TEXT = st.text(max_size=8)
TERMS = st.dictionaries(TEXT, st.none() | st.dictionaries(TEXT, TEXT))
SHEETS = st.dictionaries(TEXT, TEXT | st.floats(allow_nan=False) | st.dictionaries(TEXT, TEXT))
ANSWERS = st.dictionaries(TEXT, st.none() | TEXT | st.integers(1, 7) | st.booleans())
HELD = {facts.Corrected: {"outcome": TERMS}, facts.Prepared: {"sheet": SHEETS}, facts.Answered: {"answers": ANSWERS}}
FACTS = st.one_of([st.builds(kind, by=TEXT, at=st.floats(0, 4e9), **HELD.get(kind, {})) for kind in get_args(Fact)])

STORED = """
{"kind": "joined", "person": "p", "name": "Ana", "by": "p", "at": 1.5}
{"kind": "joined", "person": "p", "name": "Ana", "member": "m", "by": "p", "at": 1.5}
{"kind": "renamed", "person": "p", "name": "Eve", "by": "Tea", "at": 1.5}
{"kind": "seated", "person": "p", "group": "g", "party": "kaido", "by": "p", "at": 1.5}
{"kind": "seated", "person": "p", "group": "g", "party": "kaido", "alone": true, "by": "p", "at": 1.5}
{"kind": "unseated", "person": "p", "by": "Tea", "at": 1.5}
{"kind": "left", "person": "p", "by": "p", "at": 1.5}
{"kind": "returned", "person": "p", "by": "p", "at": 1.5}
{"kind": "swapped", "one": "p", "other": "q", "by": "Tea", "at": 1.5}
{"kind": "grouped", "group": "g", "number": 1, "seed": 7, "by": "p", "at": 1.5}
{"kind": "ungrouped", "group": "g", "by": "Tea", "at": 1.5}
{"kind": "taken", "group": "g", "party": "kaido", "by": "Tea", "at": 1.5}
{"kind": "handed back", "group": "g", "party": "kaido", "by": "p", "at": 1.5}
{"kind": "phase", "phase": "negotiate", "by": "clock", "at": 1.5}
{"kind": "paused", "by": "Tea", "at": 1.5}
{"kind": "resumed", "by": "Tea", "at": 1.5}
{"kind": "extended", "seconds": -60.0, "by": "Tea", "at": 1.5}
{"kind": "prepared", "person": "p", "sheet": {"target": 50}, "by": "p", "at": 1.5}
{"kind": "answered", "person": "p", "questionnaire": "reflection", "answers": {"thoughts": "Yes."}, "done": true, "by": "p", "at": 1.5}
{"kind": "let go on", "questionnaire": "reflection", "by": "Tea", "at": 1.5}
{"kind": "given", "account": "Bea", "by": "Tea", "at": 1.5}
{"kind": "withdrawn", "account": "Bea", "by": "Tea", "at": 1.5}
{"kind": "together", "allowed": true, "by": "Tea", "at": 1.5}
{"kind": "belongs", "course": "c", "by": "Tea", "at": 1.5}
{"kind": "corrected", "group": "g", "outcome": {"contract": null}, "why": "No.", "by": "Tea", "at": 1.5}
{"kind": "group opened", "group": "g", "by": "Tea", "at": 1.5}
{"kind": "exported", "what": "Data", "names": false, "by": "Tea", "at": 1.5}
{"kind": "code opened", "by": "Tea", "at": 1.5}
{"kind": "code closed", "by": "Tea", "at": 1.5}
{"kind": "device", "person": "p", "by": "Tea", "at": 1.5}
{"kind": "revoked", "person": "p", "by": "Tea", "at": 1.5}
"""
"""A line of every kind, as databases hold them."""


@given(FACTS)
def test_what_is_written_is_read_again(fact):
    assert read(json.loads(json.dumps(written(fact)))) == fact


def test_every_kind_that_a_database_holds_is_read_and_written_as_it_stands():
    rows = STORED.strip().split("\n")
    assert [json.dumps(written(read(json.loads(row)))) for row in rows] == rows
    assert {json.loads(row)["kind"] for row in rows} == set(KINDS)


def test_every_kind_of_fact_can_be_read_and_told():
    assert set(KINDS.values()) == set(Stamped.__subclasses__())
    for row in map(json.loads, STORED.strip().split("\n")):
        fact = read(row)
        assert fact.sentence()
        told = {name for _, name, _, _ in Formatter().parse(fact.sentence()) if name}
        assert told <= ({"minutes"} if row["kind"] == "extended" else set(row))
        assert fact.listed in {"", *LISTS}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"kind": "jonied"}, "unknown kind of fact in a class 'jonied'; did you mean 'joined'?"),
        ({}, "unknown kind of fact in a class 'None'"),
        ({"kind": "joined", "person": "p"}, "of the kind 'joined' cannot be read: .*'name'"),
        ({"kind": "phase", "phase": "party"}, "unknown phase 'party'"),
    ],
)
def test_what_is_no_fact_is_an_error(row, why):
    with pytest.raises(LogError, match=why):
        read(row)


def test_further_keys_of_a_row_are_no_obstacle():
    assert read({"kind": "left", "person": "p", "by": "Tea", "at": 1.0, "more": 1}) == facts.Left("p", by="Tea", at=1.0)
