import json

import pytest

from negotiation.actions import CLOCK, MEDIATOR, Accept, Event, Offer, Open, Pass, Say, Tick, Vote, Walk, Withdraw
from negotiation.errors import LogError
from negotiation.formats import load
from negotiation.formats import log as logs

SCENARIO = load("cloud-for-two").scenario


@pytest.mark.parametrize(
    "event",
    [
        Event("kaido", Offer({"contract": (0, 1, 2, 0, 1)}, "Take it.")),
        Event("nimbus", Accept(4, "Good.")),
        Event("nimbus", Withdraw(4)),
        Event("nimbus", Pass()),
        Event("nimbus", Pass("contract")),
        Event("kaido", Walk("contract", "Enough.")),
        Event("kaido", Say("Hello «there» 日本")),
        Event(CLOCK, Tick()),
        Event(MEDIATOR, Offer({"contract": (0, 1, 2, 0, 1)})),
        Event("kaido", Vote(4, False)),
        Event(CLOCK, Open()),
    ],
)
def test_every_event_survives_writing_and_reading(event):
    row = json.loads(json.dumps(logs.encode(SCENARIO, event)))
    assert logs.decode(SCENARIO, row) == event


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({}, "unknown party 'None'; possible: kaido, nimbus, clock, mediator"),
        ({"party": "kaido", "kind": "ofer"}, "unknown kind of event 'ofer'; did you mean 'offer'?"),
        ({"party": "kaido", "kind": "offer"}, "offer of kaido lacks 'deals'"),
        ({"party": "kaido", "kind": "offer", "deals": {"kontract": {}}}, "unknown table 'kontract'"),
        (
            {"party": "kaido", "kind": "offer", "deals": {"contract": {"price": "p1"}}},
            "contract: issue 'data' is missing",
        ),
        ({"party": "kaido", "kind": "offer", "deals": [1]}, "offer of kaido cannot be read"),
        ({"party": "kaido", "kind": "accept", "paper": "x"}, "accept of kaido cannot be read"),
        ({"party": "kaido", "kind": "vote", "paper": 3, "yes": None}, "the vote is still sealed"),
        ({"party": "kaido", "kind": "vote", "paper": 3, "yes": 1}, "a vote is true or false, not 1"),
    ],
)
def test_what_is_no_event_is_named(row, message):
    with pytest.raises(LogError) as problem:
        logs.decode(SCENARIO, row)
    assert message in str(problem.value)


def test_a_log_is_written_whole_and_read_back(tmp_path):
    file = tmp_path / "game.jsonl"
    rows = [logs.encode(SCENARIO, Event(CLOCK, Tick()))] * 3
    logs.write(file, {"case": "cloud-for-two"}, rows)
    head, again = logs.read(file)
    assert (head["case"], head["events"], again) == ("cloud-for-two", 3, rows)
    assert [path.name for path in tmp_path.iterdir()] == ["game.jsonl"]


def test_a_log_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    with pytest.raises(LogError, match="cannot be written: No such file or directory"):
        logs.write(tmp_path / "none" / "game.jsonl", {}, [])
    with pytest.raises(LogError, match="cannot be written"):
        logs.write(tmp_path, {}, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: format is 'nothing', must be 'negotiation-log/1'"),
        ('{"format": "x"}\n', "line 1: format is 'x'"),
        (
            '{"format": "negotiation-log/1", "events": 2}\n{"a": 1}\n',
            "cut short: line 1 promises 2 events, 1 are there",
        ),
        ('{"format": "negotiation-log/1", "events": 1}\n{"a": 1', "line 2 is cut short or not JSON"),
        ('{"format": "negotiation-log/1", "events": 1}\n[1]\n', "line 2 is '[1]', must be an object"),
        ("[" * 100_000, "line 1 is cut short or not JSON"),
    ],
)
def test_a_spoilt_log_is_refused_with_the_line(text, message):
    with pytest.raises(LogError) as problem:
        logs.parse(text, "game.jsonl")
    assert str(problem.value).startswith("game.jsonl: ")
    assert message in str(problem.value)


def test_files_that_are_no_log(tmp_path, monkeypatch):
    with pytest.raises(LogError, match="No such file or directory"):
        logs.read(tmp_path / "none.jsonl")
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(LogError, match="not a text file in UTF-8"):
        logs.read(binary)
    monkeypatch.setattr(logs, "LARGEST", 1)
    with pytest.raises(LogError, match="too large for a log"):
        logs.read(binary)
