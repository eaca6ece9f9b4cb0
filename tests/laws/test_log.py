"""Whatever can happen at a table survives being written down and read back, with every word."""

import dataclasses
import json
import typing
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_moves import moves

from negotiation.actions import CLOCK, KINDS, MEANINGS, MEDIATOR, TEXTS, Action, Event
from negotiation.errors import IllegalAction, NegotiationError
from negotiation.formats import load
from negotiation.formats.log import FORMAT, decode, dumps, encode, parse
from negotiation.game import Game
from negotiation.moves import Move
from negotiation.record import heading, reopen, result
from negotiation.reports.result_text import result_text
from negotiation.rules import apply
from negotiation.state import State
from negotiation.table import Deal

SCENARIO = load("alliance-2023").scenario
OPENING = State.opening(SCENARIO, 3, one_paper=False)

deals = st.fixed_dictionaries(
    {},
    optional={
        name: st.tuples(*(st.integers(0, len(issue.options) - 1) for issue in table.issues))
        for name, table in SCENARIO.tables.items()
    },
)
VALUES = {
    Mapping[str, Deal]: deals,
    str: st.text(),
    int: st.integers(),
    bool | None: st.none() | st.booleans(),
    tuple[str, ...]: st.lists(st.sampled_from(list(SCENARIO.parties))).map(tuple),
    tuple[Move, ...]: st.lists(moves(SCENARIO), max_size=3).map(tuple),
}
"""What a field may say, by its type."""


ACTIONS = {
    kind: st.builds(
        kind, **{field.name: VALUES[typing.get_type_hints(kind)[field.name]] for field in dataclasses.fields(kind)}
    )
    for kind in KINDS.values()
}
events = st.builds(Event, st.sampled_from([*SCENARIO.parties, CLOCK, MEDIATOR]), st.one_of(*ACTIONS.values()))


@given(st.lists(events, max_size=6))
@settings(max_examples=300)
def test_what_is_written_is_what_is_read(happened):
    rows = [encode(SCENARIO, event) for event in happened]
    _, again = parse(dumps({}, rows), "log")
    assert [decode(SCENARIO, row) for row in again] == happened
    assert [decode(SCENARIO, row) for row in rows] == happened
    assert again == rows == json.loads(json.dumps(rows))


def test_a_kind_is_named_once_and_says_what_its_fields_mean():
    assert set(KINDS) == {kind.__name__.lower() for kind in typing.get_args(Action)}
    for name, kind in KINDS.items():
        assert list(MEANINGS[name]) == [field.name for field in dataclasses.fields(kind)]


@given(st.data())
def test_every_text_of_every_kind_has_the_length_it_is_declared_with(data):
    kind = data.draw(st.sampled_from([kind for kind in KINDS.values() if TEXTS[kind.kind]]))
    name, means = data.draw(st.sampled_from(TEXTS[kind.kind]))
    action = data.draw(ACTIONS[kind])
    wrong = ["x" * (means.most + 1), "\ud800", *([" \n"] if means.least else [])]
    spoilt = dataclasses.replace(action, **{name: data.draw(st.sampled_from(wrong))})
    with pytest.raises(IllegalAction, match="characters; a text has|half a character"):
        apply(OPENING, Event("nissan", spoilt))


def saved():
    model = Game("cloud-for-two", seed=3, rounds=2)
    model.play()
    return [heading(model), *result(model)["events"]]


SAVED = saved()
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["kaido", "../x.yaml"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)


@given(st.data())
@settings(max_examples=400)
def test_whatever_stands_in_a_log_it_opens_or_says_in_one_line_why_not(data):
    rows = [dict(row) for row in SAVED]
    for _ in range(data.draw(st.integers(1, 2))):
        row = data.draw(st.sampled_from(rows))
        key = data.draw(st.sampled_from(sorted(row)))
        if data.draw(st.booleans()):
            row[key] = data.draw(anything)
        else:
            del row[key]
        if not row:
            return
    text = "".join(
        json.dumps(row) + "\n" for row in ({"format": FORMAT, "events": len(rows) - 1, **rows[0]}, *rows[1:])
    )
    try:
        model = reopen(*parse(text, "log"), source="log")
        result_text(result(model))
    except NegotiationError as problem:
        assert "\n" not in str(problem)
        assert len(str(problem)) < 1000
