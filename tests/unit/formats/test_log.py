import json
from pathlib import Path

import pytest

from negotiation.actions import (
    CLOCK,
    MEANINGS,
    MEDIATOR,
    Accept,
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
from negotiation.errors import LogError
from negotiation.formats import load
from negotiation.formats import log as logs

SCENARIO = load("cloud-for-two").scenario
TABLE = SCENARIO.tables["contract"]


@pytest.mark.parametrize(
    "event",
    [
        Event("kaido", Offer({"contract": (0, 1, 2, 0, 1)}, "Take it.")),
        Event("nimbus", Accept(4, "Good.")),
        Event("nimbus", Withdraw(4)),
        Event("nimbus", Pass()),
        Event("nimbus", Pass("contract")),
        Event("nimbus", Pass("contract", "nimbus lost this turn: ValueError: no")),
        Event("nimbus", Pass(words="nimbus lost this turn: ValueError: no")),
        Event("kaido", Vote(4, None)),
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
        ({"party": "kaido", "kind": "accept", "paper": True}, "paper is True, must be the number of a paper"),
        ({"party": "kaido", "kind": "accept", "paper": 1.0}, "paper is 1.0, must be the number of a paper"),
        ({"party": "kaido", "kind": "accept", "paper": 1e999}, "paper is inf, must be the number of a paper"),
        ({"party": "kaido", "kind": "say", "text": ["x" * 99]}, "text is ['xxxx"),
        ({"party": "kaido", "kind": "pass", "words": None}, "words is None, must be text"),
        ({"party": "kaido", "kind": "walk"}, "walk of kaido lacks 'table'"),
        ({"party": "kaido", "kind": "offer", "deals": {"contract": 7}}, "7 must be an object"),
        ({"party": ["kaido"], "kind": "pass"}, "unknown party \"['kaido']\""),
        ({"party": "kaido", "kind": {}}, "unknown kind of event '{}'"),
        ({"party": "kaido", "kind": "vote", "paper": 3, "yes": 1}, "a vote is true or false, not 1"),
    ],
)
def test_what_is_no_event_is_named(row, message):
    with pytest.raises(LogError) as problem:
        logs.decode(SCENARIO, row)
    assert message in str(problem.value)


@pytest.mark.parametrize("depth", [10, 800, 900, 940, 960])
@pytest.mark.parametrize("key", ["party", "kind", "paper", "text", "words", "table", "yes", "deals", "option"])
def test_what_is_nested_deep_is_refused_in_one_short_line(key, depth):
    deep = json.loads("[" * 10 + "]" * 10)
    for _ in range(depth):
        deep = [deep]
    row = {
        "party": "kaido",
        "kind": {"text": "say", "table": "walk", "yes": "vote", "deals": "offer"}.get(key, "accept"),
    }
    row |= {"paper": 1, key: deep}
    if key == "option":
        row = {"party": "kaido", "kind": "offer", "deals": {"contract": {i.name: deep for i in TABLE.issues}}}
    with pytest.raises(LogError) as problem:
        logs.decode(SCENARIO, row)
    assert len(str(problem.value)) < 200


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
        ("", "line 1: format is 'nothing', must be 'negotiation-log/2'"),
        ('{"format": "x"}\n', "line 1: format is 'x'"),
        (
            '{"format": "negotiation-log/1", "events": 2}\n{"a": 1}\n',
            "cut short: line 1 promises 2 events, 1 are there",
        ),
        ('{"format": "negotiation-log/1"}\n', "line 1 promises None events, 0 are there"),
        ('{"format": "negotiation-log/1", "events": true}\n{}\n', "line 1 promises True events, 1 are there"),
        ('{"format": "negotiation-log/1", "events": Infinity}\n', "line 1 is cut short or not JSON"),
        ('{"format": "negotiation-log/1", "events": 1e999}\n', "line 1 promises inf events"),
        ('{"format": "negotiation-log/1", "events": 1}\n{"a": NaN}\n', "line 2 is cut short or not JSON"),
        ('{"format": "negotiation-log/1", "events": 1' + "0" * 5000 + "}", "line 1 is cut short or not JSON"),
        ("\0\0\0", "line 1 is cut short or not JSON"),
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
    with pytest.raises(LogError, match=r"binary.jsonl: \d+ bytes, must be at most 1 \(0 MiB\)"):
        logs.read(binary)


BREAKS = "".join(chr(n) for n in range(0x11000) if len(f"a{chr(n)}b".splitlines()) > 1)


def test_nothing_that_is_said_ends_a_line(tmp_path):
    """U+2028 from a word processor, a next-line from a terminal: for us and for every other reader of lines."""
    assert {"\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"} <= set(BREAKS)
    rows = [logs.encode(SCENARIO, Event("kaido", Say(f"one{BREAKS}two")))]
    text = logs.dumps({"case": "cloud-for-two"}, rows)
    assert len(text.splitlines()) == len(text.split("\n")) - 1 == 2
    assert logs.parse(text, "x")[1] == rows
    old = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ({"format": logs.FORMAT, "events": 1}, *rows))
    assert len(old.splitlines()) > 2
    assert logs.parse(old, "x")[1] == rows
    assert "日本" in logs.json_lines([{"text": "日本"}])


@pytest.mark.parametrize("change", [("", "\n"), ("", " \r\n\n"), ("\n", "\r\n"), ("\n", "\n\n"), ("{", "\ufeff{")])
def test_what_editors_do_to_a_file_does_no_harm(tmp_path, change):
    file = tmp_path / "game.jsonl"
    rows = [logs.encode(SCENARIO, Event(CLOCK, Tick()))] * 2
    logs.write(file, {}, rows)
    old, new = change
    text = file.read_text(encoding="utf-8")
    changed = text.replace(old, new, 1 if new[0] == "\ufeff" else -1) if old else text + new
    file.write_bytes(changed.encode())
    assert logs.read(file)[1] == rows


def test_a_log_of_nothing_but_lines_is_not_taken_apart(monkeypatch):
    monkeypatch.setattr(logs, "MOST_LINES", 3)
    with pytest.raises(LogError, match="x: more than 3 lines, too many for a log"):
        logs.parse("{}\n" * 4, "x")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_device_without_end_is_not_read_to_the_end(monkeypatch):
    monkeypatch.setattr(logs, "LARGEST", 2**20)
    with pytest.raises(LogError, match="/dev/zero: endless, must be at most 1,048,576"):
        logs.read(Path("/dev/zero"))


def test_every_kind_of_act_stands_in_the_docs_with_its_fields():
    docs = (Path(__file__).parents[3] / "docs" / "files.md").read_text(encoding="utf-8")
    for kind, said in MEANINGS.items():
        assert f"| `{kind}` | {', '.join(f'`{name}`' for name in said) or '–'} |" in docs
