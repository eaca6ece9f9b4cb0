"""Nothing that a class says stands outside the catalogues: console, projector and seat, in every phase."""

import pytest
from support_pseudo import pseudo, untranslated
from support_school import HOSTILE, projector_script, seen

from negotiation import language
from negotiation.classroom.phases import Phase
from negotiation.classroom.settings import Settings
from negotiation.formats import load
from negotiation.formats.questionnaires import standard
from negotiation.language import speaking, tr
from negotiation.reports.words import kind
from negotiation.ui.common.words import literal
from negotiation.ui.play import class_tables
from negotiation.ui.screens import seat as screen
from negotiation.ui.server import identity as rooms
from negotiation.ui.teach import class_summary, console, group, inside, projector

CASE = "cloud-for-two"
PEOPLE = ("Anastasia", "Bartholomew", "Tea", "Cyril", "Dora")


def seat_script():
    from negotiation.ui.screens import seat

    seat.page()


def own(case=CASE):
    """The names of a case: of its parties, tables and issues; and what it says of itself."""
    scenario = load(case).scenario
    parties = [text for party in scenario.parties.values() for text in (party.title, party.title.partition(" (")[0])]
    tables = [text for table in scenario.tables.values() for text in (table.title, table.label)]
    issues = [
        text for table in scenario.tables.values() for issue in table.issues for text in (issue.title, *issue.texts)
    ]
    told = [scenario.title, scenario.title.partition(":")[0], scenario.unit, scenario.synopsis, scenario.brief]
    types = [kind(scenario, party, name) for party, odds in scenario.odds.items() for name in odds]
    return [text for text in (*parties, *tables, *issues, *told, *types, scenario.disclaimer) if text]


@pytest.fixture
def front(school, monkeypatch):
    """A class with two people; what other pages bring along is left out, and has tests of its own."""

    def made(**settings):
        school.create(**{"case": CASE, "protocol": "alternating", **settings})
        school.people = [school.join(name) for name in PEOPLE[:2]]
        return school

    for module, names in {
        console: ("render",),
        projector: ("render",),
        inside: ("conversation", "metric", "brief", "tiles", "terms", "signatures"),
        screen: ("papers", "worksheet", "render_own", "draw", "at_hand", "_how"),
        class_tables: ("page",),
    }.items():
        for name in names:
            monkeypatch.setattr(module, name, lambda *_, **__: ".")
    return made


def left(app, *names):
    return untranslated(seen(app), *PEOPLE, *own(), "Table that scrolls sideways", "green-badge", "gray-badge", *names)


def show(app, key, option):
    found = next(one for one in app.segmented_control if one.key.startswith(key))
    return seen(found.set_value(option).run())


@pytest.mark.parametrize("homework", [False, True])
@pytest.mark.parametrize("section", ["Groups", "People", "Join", "Record"])
def test_the_console_in_every_phase(front, monkeypatch, section, homework):
    school = front(homework=homework)
    pseudo(monkeypatch)
    for phase in ("negotiate", "debrief") if homework else Phase:
        if school.now.phase != phase:
            school.room.teaching.go(school.by, school.id, Phase(phase))
        app = show(school.open(**{"class": school.id}), "show-", section)
        assert left(app, school.code[:3], school.code[3:], "/join", "linear") == [], phase


@pytest.mark.parametrize("view", group.VIEWS)
def test_a_group_on_the_console(front, monkeypatch, view):
    school = front()
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    where = school.now.people[school.people[0].person].group
    assert school.room.talk.whisper(school.people[0], ["@teacher"], "Hic sumus", "k") is None
    pseudo(monkeypatch)
    app = show(school.open(**{"class": school.id, "group": where, "show": "Groups"}), "group-view", view)
    code = school.code[:3], school.code[3:], "linear", "Hic sumus"
    assert left(app, *code) == []
    if view == "Look inside":
        app = seen(app.button(key=f"look-{where}").click().run())
        assert left(app, *code) == []


def test_what_is_done_is_told_too(front, monkeypatch):
    school = front()
    pseudo(monkeypatch)
    room, by, person = school.room, school.by, school.people[0].person
    app = school.open(**{"class": school.id, "show": "People"})
    next(one for one in app.text_input if "Another name" in one.label).set_value("Cyril")
    app = seen(next(one for one in app.button if "Rename" in one.label).click().run())
    assert [toast.value for toast in app.toast] == ["⟦Renamed\\.⟧"]
    assert room.classes.get(school.id).people[person].name == "Cyril"
    room.teaching.correct(by, school.id, school.now.people[person].group, {"contract": None}, "Sic")
    room.teaching.take_away(by, school.id, "this record", names=True)
    app = show(school.open(**{"class": school.id}), "show-", "Record")
    assert left(app, school.code[:3], school.code[3:], "Sic", "unsigned") == []


@pytest.mark.parametrize("homework", [False, True])
def test_the_projector_in_every_phase(front, monkeypatch, homework):
    school = front(homework=homework, minutes={"negotiate": 60})
    pseudo(monkeypatch)
    for phase in ("negotiate", "debrief") if homework else Phase:
        if school.now.phase != phase:
            school.room.teaching.go(school.by, school.id, Phase(phase))
        app = school.open(projector_script, **{"class": school.id})
        assert left(app, school.code[:3], school.code[3:], "/join") == [], phase


def test_the_pages_of_an_account(front, monkeypatch):
    school = front()
    school.room.accounts.add(school.by, "Dora", HOSTILE + "a long password", "observer")
    pseudo(monkeypatch)
    app = school.open()
    for view in ("My classes", "Accounts"):
        assert left(show(app, "class_list", view)) == []


@pytest.mark.parametrize("way", ["clock", "rounds", "homework"])
def test_a_new_class(school, monkeypatch, way):
    pseudo(monkeypatch)
    app = show(school.open(), "create-way", way)
    told = left(app, *(text for name in ("alliance-2023", "any-two-of-three", "electric-quay") for text in own(name)))
    assert told == []


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", "agents: fair"), ("fr", "agents\N{NO-BREAK SPACE}: équilibré"), ("ja", "エージェント：公平")],
)
def test_the_summary_of_a_class_names_the_agents(code, told):
    with speaking(code):
        assert class_summary.summary(Settings(case=CASE, level="fair"), load(CASE))[-1] == told
        assert class_summary.summary(Settings(case=CASE, level="boulware:exponent=3"), load(CASE))[-1].endswith(
            "exponent=3"
        )


@pytest.mark.parametrize("code", ["en", "fr", "ja"])
def test_a_class_without_a_title_is_called_by_its_case_as_it_is_told(school, monkeypatch, code):
    school.create(case=CASE)
    monkeypatch.setattr(language, "_ask", [lambda: code])
    title, plain = load(CASE).told(code).scenario.title, load(CASE).scenario.title
    pages = school.open(**{"class": school.id}), school.open(projector_script, **{"class": school.id}), school.open()
    for app in pages:
        drawn = "".join(one.proto.body for one in app.get("html"))
        assert title in drawn
        assert (plain in drawn) == (code == "en")


def pages(school, cookies, token):
    from streamlit.testing.v1 import AppTest

    cookies[rooms.SEAT] = token
    return AppTest.from_function(seat_script, default_timeout=180)


def test_the_page_of_a_seat_in_every_phase(front, monkeypatch):
    school = front(arrive=False)
    token = school.room.seats.join(school.code, "Cyril", key="key-of-cyril-0000")
    pseudo(monkeypatch)
    assert left(pages(school, school.cookies, token).run()) == []
    school.room.teaching.form(school.by, school.id)
    for phase in Phase:
        if school.now.phase != phase:
            school.room.teaching.go(school.by, school.id, phase)
        assert left(pages(school, school.cookies, token).run()) == [], phase


def test_a_seat_that_is_none(front, monkeypatch):
    school = front()
    token = school.room.seats.join(school.code, "Cyril", key="key-of-cyril-0000")
    school.room.teaching.remove(school.by, school.id, school.room.seats.identify(token).person)
    pseudo(monkeypatch)
    assert left(pages(school, school.cookies, token).run()) == []
    assert left(pages(school, school.cookies, "").run()) == []


@pytest.mark.parametrize("code", ["fr", "ja"])
def test_a_console_in_another_language(front, monkeypatch, code):
    school = front()
    with speaking(code):
        wanted = [tr("Pause"), tr("Lobby"), tr("Tell everybody")]
    monkeypatch.setattr(language, "_ask", [lambda: code])
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    app = seen(school.open(**{"class": school.id, "show": "Groups"}))
    assert wanted[0] in [one.label for one in app.button]
    assert any(wanted[1] in one.proto.body for one in app.get("html"))


def test_the_questionnaires_of_a_seat(front, monkeypatch):
    questionnaires = dict.fromkeys(standard(), "")
    school = front(arrive=False, questionnaires=questionnaires, required=["brief_read", "reflection"])
    token = school.room.seats.join(school.code, "Cyril", key="key-of-cyril-0000")
    pseudo(monkeypatch)
    own_words = [text for one in standard().values() for told in _texts(one) for text in told.values()]
    school.room.teaching.form(school.by, school.id)
    for phase in (Phase.READ, Phase.NEGOTIATE, Phase.DEBRIEF):
        school.room.teaching.go(school.by, school.id, phase)
        told = left(pages(school, school.cookies, token).run(), *own_words, *map(literal, own_words), *own())
        assert told == [], phase


def _texts(one):
    yield from (one.title, one.about)
    for item in one.items:
        yield from (text for text in (item.text, item.low, item.high) if text)
