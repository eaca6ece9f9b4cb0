"""Whatever can happen at a table survives being written down and read back, with every word."""

import dataclasses
import json
import typing

from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.actions import CLOCK, MEDIATOR, Action, Event, Offer
from negotiation.formats import load
from negotiation.formats.log import KINDS, decode, dumps, encode, parse

SCENARIO = load("alliance-2023").scenario
KINDS_OF_ACTION = typing.get_args(Action)

deals = st.fixed_dictionaries(
    {},
    optional={
        name: st.tuples(*(st.integers(0, len(issue.options) - 1) for issue in table.issues))
        for name, table in SCENARIO.tables.items()
    },
)
FIELDS = {
    "deals": deals,
    "words": st.text(),
    "text": st.text(),
    "paper": st.integers(),
    "yes": st.none() | st.booleans(),
    "table": st.sampled_from(["", *SCENARIO.tables]),
}
"""Every field that an action has: a new one fails here until the log knows it."""

actions = st.one_of(
    *(
        st.builds(kind, **{field.name: FIELDS[field.name] for field in dataclasses.fields(kind)})
        for kind in KINDS_OF_ACTION
    )
)
events = st.builds(Event, st.sampled_from([*SCENARIO.parties, CLOCK, MEDIATOR]), actions)


@given(st.lists(events, max_size=6))
@settings(max_examples=300)
def test_what_is_written_is_what_is_read(happened):
    rows = [encode(SCENARIO, event) for event in happened]
    _, again = parse(dumps({}, rows), "log")
    assert [decode(SCENARIO, row) for row in again] == happened
    assert [decode(SCENARIO, row) for row in rows] == happened
    assert again == rows == json.loads(json.dumps(rows))


def test_every_action_has_a_kind():
    assert {kind.__name__.lower() for kind in KINDS_OF_ACTION} == set(KINDS)
    assert Offer in KINDS_OF_ACTION
