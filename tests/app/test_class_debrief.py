"""The debrief of a class on the pages: real classes, played by agents, on a real SQLite store."""

import base64
import io
import zipfile
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest
from support_app import click
from support_class import TEACHER, Class, play_out, played, seated

from negotiation.analysis.findings import read
from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.settings import SHOWN
from negotiation.classroom.store import VARIABLE, Store
from negotiation.debrief.class_data import gather
from negotiation.debrief.counterfactuals import Twin
from negotiation.debrief.jobs import agents_wanted, twins_wanted
from negotiation.debrief.report import findings
from negotiation.ui.debrief import downloads, of_class
from negotiation.ui.jobs import background


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.setattr(of_class, "_kept", type(of_class._kept)())
    monkeypatch.setenv(VARIABLE, str(tmp_path / "class.db"))
    monkeypatch.setattr(downloads, "account_here", lambda: TEACHER)
    store = Store(str(tmp_path / "class.db"))
    yield Classroom(store)
    store.engine.dispose()


def teacher(room, session, **more):
    def script(room, session, more):
        from negotiation.ui.debrief.of_class import render

        render(room, session, **{"names": True, "replays": False, **more})

    app = AppTest.from_function(script, args=(room, session, more), default_timeout=180).run()
    assert not app.exception, [problem.value for problem in app.exception]
    return app


def student(room, seat, **more):
    def script(room, seat, more):
        from negotiation.ui.debrief.of_class import render_own

        render_own(room, seat, **{"replays": False, **more})

    app = AppTest.from_function(script, args=(room, seat, more), default_timeout=180).run()
    assert not app.exception, [problem.value for problem in app.exception]
    return app


def html(app):
    return "".join(element.proto.body for element in app.get("html"))


def titles(app):
    return " ".join(element.value for element in app.markdown)


def test_a_teacher_goes_through_all_parts(room):
    one, _ = played(room, 6, case="cloud-for-two", protocol="alternating")
    app = teacher(room, one.id)
    assert "Person 3" in html(app)
    assert "How it ended" in titles(app)
    parts = app.button_group[0].options
    assert len(parts) == 11
    for part in parts:
        app.button_group[0].set_value(part).run()
        assert not app.exception, (part, [problem.value for problem in app.exception])
    assert "Improvements missed" in titles(app)
    assert "Person" not in html(teacher(room, one.id, names=False))
    names = {one.label for one in app.button}
    assert {"Debrief (HTML)", "Debrief (PDF)", "Data and grades (ZIP)", "Leak certificate"} <= names
    assert not teacher(room, one.id, projected=True).button


def test_files_are_made_in_a_process_of_their_own_and_offered(room):
    one, seats = played(room, 2, case="cloud-for-two", protocol="alternating")
    app = teacher(room, one.id)
    for label in ("Data and grades (ZIP)", "Leak certificate"):
        click(app, label)
    jobs = [app.session_state[f"debrief-file-{kind}"][-1].job for kind in ("zip", "certificate")]
    assert not app.get("download_button")
    for job in jobs:
        job.thread.join(200)
        assert not job.refused
    saves = {button.label for button in app.run().get("download_button")}
    assert saves == {"Save: Data and grades (ZIP)", "Save: Leak certificate"}
    archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(jobs[0].found["file"])))
    assert "Person 1" in archive.read("csv/people.csv").decode()
    assert b"nothing of another seat was found" in base64.b64decode(jobs[1].found["file"])
    assert "Data and grades (ZIP)" in {button.label for button in teacher(room, one.id).button}
    room.teaching.rename(TEACHER, one.id, seats[0].person, "Somebody else")
    app.run()
    assert not app.get("download_button")  # a name in them may have been forgotten
    assert not list(background.FOLDER.glob("*"))  # names are kept nowhere


def test_that_data_are_taken_away_is_on_record_and_observers_take_none(room, monkeypatch):
    one, _ = played(room, 2, case="cloud-for-two", protocol="alternating")
    for label in ("Data and grades (ZIP)", "Leak certificate"):
        click(teacher(room, one.id), label)
    facts = [fact for fact in room.teaching.record(TEACHER, one.id) if fact.kind == "exported"]
    assert [(fact.by, fact.what) for fact in facts] == [
        (TEACHER.name, "Data and grades (ZIP)"),
        (TEACHER.name, "Leak certificate"),
    ]
    for other in (Account("Obi", "observer"), None):
        monkeypatch.setattr(downloads, "account_here", lambda other=other: other)
        assert not {b.label for b in teacher(room, one.id).button} & {file.label for file in downloads.FILES}
    stranger = Account("Stranger", "teacher")
    monkeypatch.setattr(downloads, "account_here", lambda: stranger)
    app = teacher(room, one.id)
    click(app, "Leak certificate")
    assert "no such class" in app.session_state.flash
    assert "debrief-file-certificate" not in app.session_state


def offering(monkeypatch):
    """A page that offers files of a class, with jobs that the test ends; what is asked for comes from `now`."""
    now = {"session": "s", "title": "T", "versions": [1], "people": {"a": "Ana"}, "names": True, "pair": ["x", "y"]}
    now |= {"agents": None, "twins": None}
    begun = []
    noted = SimpleNamespace(teaching=SimpleNamespace(take_away=lambda *_, **__: None))
    monkeypatch.setattr(downloads, "room", lambda: noted)
    monkeypatch.setattr(downloads, "account_here", lambda: TEACHER)
    monkeypatch.setattr(downloads, "begun_once", lambda wanted, _still: begun.append(background.Job()) or begun[-1])

    def script(now):
        from negotiation.ui.debrief.downloads import files

        files(now, "t")

    return now, begun, AppTest.from_function(script, args=(now,), default_timeout=180).run()


def saves(app):
    assert not app.exception, [problem.value for problem in app.exception]
    return [button.label for button in app.get("download_button")]


def finish(job, text=b"x"):
    job.tell({"file": base64.b64encode(text).decode()})
    job.over = True


def test_a_file_asked_for_stays_while_replays_and_results_come_in(monkeypatch):
    """What is being made when the next replays come goes on, and what is there can still be taken."""
    now, begun, app = offering(monkeypatch)
    click(app, "Debrief (PDF)")
    begun[0].step(0.5, "writing")
    now |= {"twins": {"1": "the first replays"}, "versions": [2]}
    app.run()
    assert "Debrief (PDF): writing" in app.get("progress")[0].proto.text
    finish(begun[0])
    assert saves(app.run()) == ["Save: Debrief (PDF)"]
    now |= {"twins": {"1": "the next replays"}, "pair": ["x", "z"]}
    assert saves(app.run()) == ["Save: Debrief (PDF)"]
    assert "when you asked for it" in app.caption[0].value
    click(app, "Debrief (PDF) as it is now")
    assert saves(app) == ["Save: Debrief (PDF)"]  # the old one, until the new one is there
    finish(begun[1])
    assert saves(app.run()) == ["Save: Debrief (PDF)"]
    assert not app.caption
    assert "Debrief (PDF)" not in {button.label for button in app.button}
    assert len(begun) == 2


def test_files_with_names_and_without_stand_side_by_side(monkeypatch):
    now, begun, app = offering(monkeypatch)
    for label in ("Data and grades (ZIP)", "Leak certificate"):
        click(app, label)
    for job in begun:
        finish(job)
    now["names"] = False
    assert saves(app.run()) == ["Save: Data and grades (ZIP), with names", "Save: Leak certificate"]
    click(app, "Data and grades (ZIP)")
    finish(begun[2])
    assert len(saves(app.run())) == 3
    now["people"] = {"a": "P01"}  # forgotten
    assert not saves(app.run())


def test_a_file_whose_process_ended_can_be_asked_for_again(monkeypatch):
    now, begun, app = offering(monkeypatch)
    click(app, "Debrief (HTML)")
    begun[0].over = True
    assert "ended without a result" in app.run().error[0].value
    click(app, "Debrief (HTML)")
    assert not app.error
    finish(begun[1])
    assert saves(app.run()) == ["Save: Debrief (HTML)"]
    now["session"] = "another"
    assert not saves(app.run())


def test_a_file_that_cannot_be_made_says_why(room, monkeypatch):
    one, _ = played(room, 2, case="cloud-for-two", protocol="alternating")
    app = teacher(room, one.id)
    monkeypatch.setattr(downloads, "room", lambda: room)
    monkeypatch.setenv(VARIABLE, "/proc/version")
    click(app, "Leak certificate")
    app.session_state["debrief-file-certificate"][-1].job.thread.join(200)
    assert "cannot be opened" in app.run().error[0].value
    assert "Leak certificate" in {button.label for button in app.button}


def test_nothing_to_talk_about_is_said(room):
    app = teacher(room, Class(room, arrive=False).id)
    assert "nothing to talk about" in app.info[0].value


def test_a_person_sees_the_own_part_when_the_debrief_has_begun(room):
    one, seats = seated(room, 4, case="cloud-for-two", protocol="alternating")
    one.go("negotiate")
    play_out(one)
    assert "has not begun" in student(room, seats[0]).info[0].value
    assert not html(student(room, seats[0]))
    one.go("debrief")
    app = student(room, seats[0])
    told = html(app) + titles(app)
    assert "You were" in told
    assert "Left on the table" in told
    assert not any(f"Person {n}" in told for n in range(4))


def test_where_sheets_stay_hidden_only_the_result_is_shown(room):
    reveal = {**SHOWN, "sheets": "closed"}
    one, seats = played(room, 2, case="cloud-for-two", protocol="alternating", reveal=reveal)
    told = titles(student(room, seats[0]))
    assert "You were" in told
    assert "frontier" not in told
    hidden, others = played(room, 2, case="cloud-for-two", protocol="alternating", reveal={"results": "closed"})
    assert "has not begun" in student(room, others[0]).info[0].value
    assert hidden.id != one.id


def test_who_only_observed_is_told_so(room):
    one, seats = seated(room, 3, case="cloud-for-two", protocol="alternating", surplus="observe")
    one.go("negotiate")
    play_out(one, [group for group in one.now.groups if not one.now.groups[group].closed])
    one.go("debrief")
    watching = next(one.again(seat) for seat in seats if not one.again(seat).party)
    assert "no seat" in student(room, watching).info[0].value


def test_replays_come_in_the_background_and_are_remembered(room, monkeypatch):
    one, seats = played(room, 2, case="cloud-for-two", protocol="alternating")
    made = findings(gather(room, one.id))
    wanted = [agents_wanted(made.klass, 20), twins_wanted(made, 1.0)]
    monkeypatch.setattr(of_class, "agents_wanted", lambda klass: wanted[0])
    monkeypatch.setattr(of_class, "twins_wanted", lambda found: wanted[1])
    teacher(room, one.id, replays=True)
    jobs = [background.job(asked) for asked in wanted]
    for job in jobs:
        job.thread.join(200)
    assert not any(job.running or job.refused for job in jobs)
    app = teacher(room, one.id, replays=True)
    app.button_group[0].set_value("Luck and skill").run()
    assert "Luck and skill" in titles(app)
    assert "agents in your seat got" in html(student(room, seats[0], replays=True))
    background._jobs.clear()
    again = [background.job(asked) for asked in wanted]
    assert [one.found for one in again] == [job.found for job in jobs]
    again[1].thread.join(200)


def test_twins_are_told_early_and_gone_on_with(room):
    """After a few replays of every seat, then after more; a server that begins anew goes on where it was."""
    one, _ = played(room, 2, case="cloud-for-two", protocol="alternating")
    asked = twins_wanted(findings(gather(room, one.id)), 0.3)

    def games(rows):
        return {read(Twin, row).policy.games for row in rows.values()}

    first = background.job(asked)
    first.thread.join(200)
    assert not first.refused
    assert first.stage > 0
    (many,) = games(first.found)
    kept = background.remembered(background.FOLDER, asked)
    assert (kept["games"], kept["seconds"] > 0) == (many, True)
    background.remember(background.FOLDER, asked, {**kept, "seconds": 0.0})  # as if it had been quick: it may go on
    background._jobs.clear()
    more = background.job(asked)
    assert more.found == first.found
    more.thread.join(200)
    (then,) = games(more.found)
    assert then > many


def test_homework_that_goes_on_is_worked_out_once_a_minute(room, monkeypatch):
    one = Class(room, case="cloud-for-two", protocol="alternating", homework=True)
    seats = [one.seat(f"Person {n}") for n in range(3)]
    play_out(one, [seats[0].group])
    jobs = dict(background._jobs)
    app = teacher(room, one.id, replays=True)
    assert "when it is over" in app.caption[0].value
    assert background._jobs == jobs  # nothing is replayed that changes all the time
    first = of_class.kept(room, one.id)
    play_out(one, [seats[1].group])
    assert of_class.kept(room, one.id) is first
    monkeypatch.setattr(of_class, "FRESH", 0.0)
    second = of_class.kept(room, one.id)
    assert second.stamp["versions"] != first.stamp["versions"]
    assert of_class.kept(room, one.id) is second  # nothing has changed
    monkeypatch.setattr(of_class, "FRESH", 60.0)
    one.go("debrief")
    over = of_class.kept(room, one.id)
    assert over.over
    assert over is not second
    play_out(one, [seats[2].group])
    assert of_class.kept(room, one.id) is not over


def test_a_refusal_in_the_background_is_told(room):
    one, _ = played(room, 2, case="cloud-for-two", protocol="alternating")
    asked = {**agents_wanted(gather(room, one.id), 20), "protocol": "nonsense"}
    job = background.job(asked)
    job.thread.join(200)
    assert "cannot be replayed" in job.refused


def test_who_cannot_be_printed_is_named_before_anybody_prints(monkeypatch):
    now, _begun, app = offering(monkeypatch)
    assert not app.caption
    now["people"] = {"a": "Ana", "b": "አበበ", "c": "김민준"}
    told = app.run().caption[0].value
    assert "አበበ" in told
    assert "Ana" not in told
    assert "김민준" not in told
    assert "HTML" in told
    now["names"] = False
    assert not app.run().caption
