"""Debriefs in other languages: every text of theirs is translated, on the page and in the files, and stays English in data."""

import io
import re
import zipfile
from dataclasses import fields, is_dataclass
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest
from support_class import TEACHER, played
from support_pseudo import outside, pseudo, untranslated

from negotiation.actions import Pass, Say
from negotiation.analysis.figure_data import debriefed
from negotiation.analysis.findings import read, rows
from negotiation.analysis.par import Par
from negotiation.analysis.report import Wish
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.store import VARIABLE, Store
from negotiation.debrief.class_data import gather
from negotiation.debrief.counterfactuals import Twin
from negotiation.debrief.downloads import made
from negotiation.debrief.jobs import Replayed, agents_wanted, answered, joined, shares, twins_wanted
from negotiation.debrief.luck import twin_table
from negotiation.debrief.report import document, findings
from negotiation.formats import load
from negotiation.game import Game
from negotiation.language import speaking
from negotiation.reports import ending
from negotiation.reports.web import page
from negotiation.ui.debrief import downloads, grade, of_class, of_game
from negotiation.ui.debrief import hindsight as after

FOREIGN = ("Nash", "Kalai", "Smorodinsky", "HTML", "PDF", "ZIP", "JSON", "CSV", "SVG", "PNG", "agent", "linear")
"""Names of people, formats and players that are the same in every language."""


def texts(what):
    """All texts of a case, with what is made of them: names without brackets, and the keys of its files."""
    if isinstance(what, str):
        return {what, what.partition(" (")[0]}
    if is_dataclass(what):
        return set().union(*(texts(getattr(what, one.name)) for one in fields(what)))
    if isinstance(what, dict):
        return texts([*what, *what.values()])
    return set().union(*map(texts, what)) if isinstance(what, list | tuple | set | frozenset) else set()


def names(case, *more):
    own = texts(case.scenario) | texts(dict(case.references)) | {case.name}
    return [*(one for one in own if len(one) > 1), *FOREIGN, *more]


def ended(case="cloud-for-two", me="kaido"):
    """A game of one person that is over, in which there was talk."""
    game = Game(load(case), seats={me: "person"}, rounds=4, seed=1, talk="en")
    game.play()
    while not game.state.over:
        if not game.state.spoken:
            game.submit(me, Say("A word."))
        game.submit(me, Pass())
        game.play()
    return game


def drawn(script, *args):
    app = AppTest.from_function(script, args=args, default_timeout=180).run()
    assert not app.exception, [problem.value for problem in app.exception]
    return app


@pytest.fixture
def alone(monkeypatch):
    """No job of its own: hindsight is worked out here, par is known, and the map is another's."""

    def found(asked):
        game = ONE[0]
        opening = game.protocol.opening(game.case.scenario, game.state.rounds)
        return rows(debriefed(game.case, Wish(parties=tuple(asked["parties"])), opening, game.state.events))

    monkeypatch.setattr(after, "known", found)
    monkeypatch.setattr(of_game, "draw", lambda *_: None)
    job = SimpleNamespace(found={"points": [40.0, 50.0, 60.0, 70.0]}, running=False, refused="")
    monkeypatch.setattr(grade, "job", lambda *_, **__: job)
    return job


ONE = []
"""The game that is looked at."""


def of_one(game, me):
    def script(game, me):
        from negotiation.ui.debrief.of_game import debrief
        from negotiation.ui.debrief.result_card import result_card

        par = debrief(game, me)
        if me:
            result_card(game, me, par, 0.0)

    ONE[:] = [game]
    return drawn(script, game, me)


@pytest.mark.parametrize("me", ["kaido", ""])
def test_every_text_of_the_debrief_of_a_game_is_translated(alone, monkeypatch, me):
    game = ended()
    pseudo(monkeypatch)
    app = of_one(game, me)
    assert untranslated(app, *names(game.case)) == []
    assert "⟦" in "".join(one.proto.body for one in app.get("html"))


def test_without_par_the_reason_is_translated(alone, monkeypatch):
    alone.found, alone.refused = None, "no agent can meet them again"
    game = ended()
    pseudo(monkeypatch)
    assert untranslated(of_one(game, "kaido"), *names(game.case)) == []


@pytest.mark.parametrize(("code", "said"), [("fr", "Ce qu’il faut en retenir"), ("ja", "このゲームから学べること")])
def test_the_debrief_of_a_game_as_a_file_is_in_the_readers_language(code, said):
    game = ended()
    with speaking(code):
        told = page(ending.document(game, None, "kaido", Par([40.0, 50.0])))
    assert f'<html lang="{code}">' in told
    assert said in told
    assert "Next time" not in told


def test_every_text_of_a_file_is_translated(monkeypatch):
    game = ended()
    pseudo(monkeypatch)
    told = page(ending.document(game, None, "kaido", Par([40.0, 50.0])))
    assert left(told, names(game.case)) == []


def left(told, known):
    """The words of a page of HTML that nobody has translated, but for names."""
    told = re.sub(r"<(style|title|svg)\b.*?</\1>", " ", told, flags=re.DOTALL)
    rest = outside(re.sub(r"<[^>]*>", "\n", told).replace("&#x27;", "'").replace("&amp;", "&").replace("&quot;", '"'))
    for one in sorted(known, key=len, reverse=True):
        rest = rest.replace(one, " ")
    return [line for line in rest.splitlines() if re.search(r"[^\W\d_]{2,}", line)]


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.setattr(of_class, "_kept", type(of_class._kept)())
    monkeypatch.setenv(VARIABLE, str(tmp_path / "class.db"))
    monkeypatch.setattr(downloads, "account_here", lambda: TEACHER)
    store = Store(str(tmp_path / "class.db"))
    yield Classroom(store)
    store.engine.dispose()


def called(one):
    return [person.name for person in one.now.people.values()] + [one.now.title]


def test_every_text_of_the_debrief_of_a_class_is_translated(room, monkeypatch):
    one, _ = played(room, 4, case="cloud-for-two", protocol="alternating")
    known = names(load("cloud-for-two"), *called(one), "P01", "P02", "P03", "P04")
    pseudo(monkeypatch)

    def script(room, session):
        from negotiation.ui.debrief.of_class import render

        render(room, session, names=True, replays=False)

    app = drawn(script, room, one.id)
    for part in app.button_group[0].options:
        app.button_group[0].set_value(part).run()
        assert not app.exception, part
        assert untranslated(app, *known) == [], part


def test_every_text_of_ones_own_part_is_translated(room, monkeypatch):
    one, seats = played(room, 4, case="cloud-for-two", protocol="alternating")
    known = names(load("cloud-for-two"), *called(one))
    pseudo(monkeypatch)

    def script(room, seat):
        from negotiation.ui.debrief.of_class import render_own

        render_own(room, seat, replays=False)

    assert untranslated(drawn(script, room, seats[0]), *known) == []


def data(file):
    """What a ZIP file holds besides the debrief and the workbook, which says when it was made."""
    folder = zipfile.ZipFile(io.BytesIO(file))
    return {name: folder.read(name) for name in folder.namelist() if name.endswith((".csv", ".jsonl", ".md"))}


def test_the_files_of_a_class_are_in_the_language_of_who_asks(room, monkeypatch):
    one, _ = played(room, 2, case="cloud-for-two", protocol="alternating")
    pair = list(gather(room, one.id).case.roles)
    asked = {"session": one.id, "names": True, "pair": pair, "agents": None, "twins": None}
    quiet = lambda _share, _what: None  # noqa: E731
    french, english = (made(room, {**asked, "kind": "html", "language": code}, quiet).decode() for code in ("fr", "en"))
    assert "Créé ensemble, capté par chacun" in french
    assert "Created together, claimed by each" in english
    tables = [data(made(room, {**asked, "kind": "zip", "language": code}, quiet)) for code in ("ja", "en")]
    assert tables[0] == tables[1]
    assert made(room, {**asked, "kind": "pdf", "language": "ja"}, quiet).startswith(b"%PDF-")
    pseudo(monkeypatch)
    known = names(load("cloud-for-two"), *called(one))
    assert left(page(document(findings(gather(room, one.id)))), known) == []


def test_luck_and_skill_are_translated(room, monkeypatch):
    one, _ = played(room, 2, case="cloud-for-two", protocol="alternating")
    found = findings(gather(room, one.id))
    quiet = lambda _share, _what: None  # noqa: E731
    wanted = twins_wanted(found)
    answers = [read(Replayed, answered(part, quiet)) for part in shares(wanted, 0, 20, 1)]
    twins = {key: read(Twin, row) for key, row in joined(wanted, {}, answers)[1].items()}
    with speaking("fr"):
        section = twin_table(found.klass, twins)
        assert section.title == "Chance et savoir-faire"
        assert "20 fois" in section.about
    assert agents_wanted(found.klass)["job"] == "agents"
