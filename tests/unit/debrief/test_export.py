"""A class to take away: every row is there, nothing is a formula, every column is described, names only if wanted."""

import csv
import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest
from support_class import TEACHER, Class, play_out, seated
from unit_small import SMALL

from negotiation.actions import Accept, Event, Offer, Open, Pass, Say, Tick, Vote, Walk, Withdraw
from negotiation.classroom.facts import Given
from negotiation.cli import main
from negotiation.debrief.class_data import gather
from negotiation.debrief.export import export, talks_of, workbook
from negotiation.debrief.export_tables import HEADS, described, tables
from negotiation.debrief.report import findings
from negotiation.formats.log import encode
from negotiation.record import reopen

NAMES = ('=HYPERLINK("http://x")', "+Bob", "-Cid", "@Dan", "Eve", "Fay")


@pytest.fixture(scope="module")
def evil(rooms):
    """Two groups whose people have formulas for names; one has sent a worksheet, some have whispered."""
    room = rooms()
    one = Class(room, questionnaires={"consent": ""})
    seats = [one.seat(name) for name in NAMES]
    gone = one.seat("Gone")
    one.go("prepare")
    room.play.answer(seats[0], "consent", {"research": True}, "q")
    room.play.prepare(seats[0], {"target": "=1+1", "notes": "@x"}, "k")
    mate = next(seat for seat in seats[1:] if seat.group == seats[0].group)
    assert room.talk.whisper(seats[0], [mate.party], "=cmd|' /C calc'!A0", "w") is None
    one.go("negotiate")
    room.talk.announce(one.id, "Tea", "hello", "a")
    room.talk.announce(one.id, "Tea", "only you", "b", to=seats[1].person)
    room.play.leave(gone)
    play_out(one)
    one.go("debrief")
    table = next(iter(gather(room, one.id).case.scenario.tables))
    room.teaching.correct(TEACHER, one.id, seats[0].group, {table: None}, "torn")
    room.classes.change(one.id, TEACHER.name, lambda _: [Given("Colette")])
    return room, one, seats


def opened(data):
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        return {name: folder.read(name) for name in folder.namelist()}


def cells(data):
    """The cells of a workbook by sheet: rows of (type, text); shared strings are looked up."""
    files = opened(data)
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    strings = [
        "".join(one.itertext()) for one in ElementTree.fromstring(files["xl/sharedStrings.xml"]).findall("m:si", space)
    ]
    sheets = {}
    for name in sorted(name for name in files if name.startswith("xl/worksheets/sheet")):
        assert b"<f>" not in files[name]
        rows = []
        for row in ElementTree.fromstring(files[name]).iter(f"{{{space['m']}}}row"):
            line = []
            for cell in row.findall("m:c", space):
                value = cell.find("m:v", space).text
                line.append(strings[int(value)] if cell.get("t") == "s" else float(value))
            rows.append(line)
        sheets[name] = rows
    return list(sheets.values())


def test_everything_is_in_the_zip_and_no_text_is_a_formula(evil):
    room, one, seats = evil
    files = opened(export(room, one.id))
    assert files == opened(export(room, one.id))
    assert {"README.md", "class.xlsx", "debrief.html", "logs/class.jsonl", "any-two-of-three.yaml"} < set(files)
    read = {
        name: list(csv.DictReader(io.StringIO(files[f"csv/{name}.csv"].decode("utf-8-sig"))))
        for name in ("people", "groups", "events", "offers", "messages", "worksheets")
    }
    assert [row["name"] for row in read["people"]][:4] == [f"'{name}" for name in NAMES[:4]]
    for rows in read.values():
        for row in rows:
            for value in row.values():
                assert value == "" or re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", value) or value[0] not in "=+-@\t\r|%"
    klass = gather(room, one.id)
    assert len(read["events"]) == sum(len(group.state.events) for group in klass.groups)
    assert read["groups"][0]["corrected_why"] == "torn"
    for row, group in zip(read["groups"], klass.groups, strict=True):
        for party in klass.case.roles:
            assert float(row[f"points.{party}"]) == pytest.approx(group.points[party])
    mine = read["people"][0]
    group = klass.group(seats[0].group)
    assert float(mine["points"]) == pytest.approx(group.points[seats[0].party])
    z = float(mine["z_in_role"] or 0)
    assert float(mine["role_points"]) == pytest.approx(50 + 10 * z, abs=0.06)
    assert mine["prepared"] == "True"
    texts = [row["text"] for row in read["messages"]]
    assert texts[:2] == ["hello", "only you"]
    assert texts[2].startswith("'=cmd")
    assert [row["to"] for row in read["messages"]][:2] == ["all", "'+Bob"]
    assert read["worksheets"][0]["sheet"].startswith('{"target"')
    assert read["people"][6]["points"] == ""


def test_the_workbook_holds_the_same_and_no_formula(evil):
    room, one, _ = evil
    klass = gather(room, one.id)
    every = tables(findings(klass), talks_of(room, klass))
    sheets = cells(workbook(every))
    assert [len(rows) - 1 for rows in sheets] == [len(rows) for rows in every.values()]
    assert sheets[0][1][1] == f"'{NAMES[0]}"
    assert cells(workbook({"messages": []})) == [[list(HEADS["messages"])]]


def test_every_column_is_in_the_codebook(evil):
    room, one, _ = evil
    files = opened(export(room, one.id))
    text = files["README.md"].decode()
    for name in ("people", "groups", "events", "offers", "messages", "worksheets"):
        head = files[f"csv/{name}.csv"].decode("utf-8-sig").splitlines()[0]
        for column in head.split(","):
            assert f"- `{column}`: {described(column)}" in text
    assert described("points.renault") == "points of that role"
    assert described("a.signed_in").startswith("round in which")
    assert described("a.b").startswith("option chosen")
    with pytest.raises(KeyError):
        described("nonsense")


def test_pseudonyms_hide_every_name_and_are_always_the_same(evil):
    room, one, _ = evil
    files = opened(export(room, one.id, names=False))
    whole = b"".join(data for name, data in files.items() if not name.endswith(".xlsx"))
    for name in (*NAMES, "Gone", "Tea"):
        shown = json.dumps(name)[1:-1].encode()
        assert shown not in whole or name in ("Eve", "Fay", "Gone", "Tea")
        assert f'"{name}"'.encode() not in whole
    people = list(csv.DictReader(io.StringIO(files["csv/people.csv"].decode("utf-8-sig"))))
    assert [row["name"] for row in people] == [row["person"] for row in people] == [f"P0{n}" for n in range(1, 8)]
    log = [json.loads(line) for line in files["logs/class.jsonl"].decode().splitlines()]
    assert {row["by"] for row in log} <= {"teacher", *one.now.people}
    assert b"torn" not in whole  # a reason may name people
    assert next(row["why"] for row in log if row["kind"] == "corrected") == "the reason is on the record of the class"
    assert b"Colette" not in whole
    assert [row["account"] for row in log if row["kind"] == "given"] == ["colleague"]
    said = list(csv.DictReader(io.StringIO(files["csv/messages.csv"].decode("utf-8-sig"))))
    assert [row["from"] for row in said] == ["'@teacher", "'@teacher", "P01"]


def test_logs_are_games_that_can_be_replayed(evil, tmp_path, capsys):
    room, one, _ = evil
    files = opened(export(room, one.id))
    (tmp_path / "game.jsonl").write_bytes(files["logs/group-001.jsonl"])
    assert main(["replay", str(tmp_path / "game.jsonl")]) == 0
    assert capsys.readouterr().out


def test_a_log_of_a_class_with_a_case_of_its_own_opens_anywhere(rooms, tmp_path, capsys):
    room = rooms()
    one = Class(room, case="own", text=SMALL)
    seat = one.seat("Ana")
    one.go("negotiate")
    play_out(one)
    one.go("debrief")
    room.teaching.correct(TEACHER, one.id, seat.group, {"house": None}, "a\u2028b")
    files = opened(export(room, one.id))
    assert len(files["logs/class.jsonl"].decode().splitlines()) == files["logs/class.jsonl"].count(b"\n")
    (tmp_path / "game.jsonl").write_bytes(files["logs/group-001.jsonl"])
    assert main(["replay", str(tmp_path / "game.jsonl"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["case"] == "small"


def test_a_person_who_was_renamed_is_the_same_in_old_talk(rooms):
    room = rooms()
    one, seats = seated(room, 3)
    one.go("negotiate")
    room.talk.whisper(seats[0], [seats[1].party], "psst", "w")
    room.teaching.rename(TEACHER, one.id, seats[0].person, "Other")
    klass = gather(room, one.id, names=False)
    assert [row["from"] for row in tables(findings(klass), talks_of(room, klass))["messages"]] == ["P01"]
    named = gather(room, one.id)
    assert [row["from"] for row in tables(findings(named), talks_of(room, named))["messages"]] == ["Other"]
    with room.store.writing() as write:  # as kept before authors were
        row = {"name": "Old", "party": seats[0].party, "to": [], "text": "x"}
        write.append(f"{seats[0].group}.talk", 0, [row])
    assert {row["from"] for row in tables(findings(klass), talks_of(room, klass))["messages"]} == {"P01", "somebody"}


def test_every_table_has_its_head_where_nobody_spoke_acted_or_prepared(evil, rooms):
    """Else whoever puts classes together finds files of other shapes."""
    quiet, (room, one, _) = rooms(), evil
    silent, _ = seated(quiet, 3)
    silent.go("debrief")
    none, some = (opened(export(*pair)) for pair in ((quiet, silent.id), (room, one.id)))
    empty = {"events", "offers", "messages", "worksheets", "answers", "questions"}
    for name in ("people", "groups", *sorted(empty)):
        lines = none[f"csv/{name}.csv"].decode("utf-8-sig").splitlines()
        assert lines[0] == some[f"csv/{name}.csv"].decode("utf-8-sig").splitlines()[0]
        assert (len(lines) == 1) == (name in empty)
    assert [len(rows) for rows in cells(none["class.xlsx"])][2:] == [1] * len(empty)
    assert none["README.md"].decode().count("(no rows)") == len(empty)


def test_a_log_says_who_sat_there_and_who_acted(evil):
    room, one, seats = evil
    group = gather(room, one.id).group(seats[0].group)
    files = opened(export(room, one.id, names=False))
    head, *rows = map(json.loads, files[f"logs/group-{group.number:03d}.jsonl"].decode().splitlines())
    for party, people in group.people.items():
        assert (head["seats"][party] == "person") is bool(people)
    assert len(rows) == len(group.state.events)
    assert {row["by"] for row in rows} & set(gather(room, one.id).keys.values())
    assert all(row["by"] for row in rows)
    assert reopen(head, rows).state.events == group.state.events


def test_heads_are_what_rows_hold(evil):
    room, one, _ = evil
    klass = gather(room, one.id)
    every = tables(findings(klass), talks_of(room, klass))
    for name, head in HEADS.items():
        assert every[name]
        assert {key for row in every[name] for key in row} <= set(head), name
        if name != "events":
            assert list(every[name][0]) == list(head)
    scenario, deal = klass.case.scenario, next(iter(klass.case.scenario.tables.values())).deal(0)
    name = next(iter(scenario.tables))
    acts = (Offer({name: deal}, "a"), Accept(0, "a"), Vote(0, True), Withdraw(0), Pass(name, "a"), Walk(name, "a"))
    for act in (*acts, Say("a"), Tick(), Open()):
        assert set(encode(scenario, Event("kaido", act))) <= set(HEADS["events"])


def test_export_as_a_user_types_it(evil, tmp_path, capsys):
    room, one, _ = evil
    base = ["export", "--database-url", room.store.place]
    assert main(base) == 0
    assert one.id in capsys.readouterr().out
    assert main([*base, one.id]) == 1
    assert "say where to" in capsys.readouterr().err
    assert main([*base, "--out", str(tmp_path / "none.zip")]) == 1
    assert "say of which class: negotiation export ID --out FILE" in capsys.readouterr().err
    assert main([*base, "", "--out", str(tmp_path / "none.zip")]) == 1
    assert "there is no game ''" in capsys.readouterr().err
    assert not (tmp_path / "none.zip").exists()
    out, book, told = (str(tmp_path / name) for name in ("c.zip", "c.xlsx", "c.txt"))
    assert main([*base, one.id, "--out", out, "--pseudonyms"]) == 0
    assert main([*base, one.id, "--out", book, "--certificate", told]) == 0
    assert zipfile.is_zipfile(out)
    assert cells((tmp_path / "c.xlsx").read_bytes())
    assert "nothing of another seat was found" in (tmp_path / "c.txt").read_text()
    assert main([*base, one.id, "--certificate", str(tmp_path / "c.json")]) == 0
    assert json.loads((tmp_path / "c.json").read_text())["clean"] is True
    assert main([*base, one.id, "--out", str(tmp_path / "no" / "c.zip")]) == 1
    assert "No such file" in capsys.readouterr().err
    assert main([*base, "nonsense", "--out", out]) == 1


def test_a_database_without_classes_says_so(rooms, capsys, monkeypatch):
    room = rooms()
    assert room.classes.all() == []
    monkeypatch.setenv("NEGOTIATION_DATABASE", room.store.place)
    assert main(["export"]) == 0
    assert "there is no class" in capsys.readouterr().out
