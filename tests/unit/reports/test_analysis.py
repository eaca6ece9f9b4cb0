"""What an analysis found, told: one document, as a page that needs nothing else and as text for a terminal."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from negotiation.analysis.figure_data import frontier_data
from negotiation.analysis.report import Wish, analyse, wished
from negotiation.formats import load
from negotiation.reports import terminal, web
from negotiation.reports.analysis import document
from negotiation.reports.frontier_figure import frontier, frontier_figures, table, thinned
from negotiation.reports.label_placement import Mark
from negotiation.reports.palette import PAINT
from negotiation.reports.words import terms

CARMAKERS = ("renault", "nissan", "mitsubishi")


def looked(case, front):
    return frontier_data(case, front, {name: reference.outcome for name, reference in case.references.items()})


def written(case, wish, **changes):
    front = wished(case, wish)
    found = replace(analyse(case, wish, front=front), **changes)
    return document(case, found, looked(case, front)), found


def plain(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.fixture(scope="module")
def flagship():
    case = load("alliance-2023")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("negotiation.analysis.report.MOST_TIES", 1)
        return case, *written(case, Wish(parties=CARMAKERS))


class Balance(HTMLParser):
    """Tags that are open; to close another than the last is a fault."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_a_page_is_whole_and_needs_nothing_else(flagship):
    text = web.page(flagship[1])
    balance = Balance()
    balance.feed(text)
    assert balance.open == []
    assert set(re.findall(r"https?://[^\"' ]+", text)) == {"http://www.w3.org/1999/xlink", "http://www.w3.org/2000/svg"}
    assert not re.search(r"<(script|link|img|iframe)|url\((?!#)|@import|\bsrc=", text)
    assert text.count("<svg") == 3
    assert "prefers-color-scheme:dark" in text


@pytest.mark.parametrize("render", [web.page, terminal.text])
def test_it_says_in_words_what_was_found(flagship, render):
    case, told, found = flagship
    words = plain(render(told)).replace("&#x27;", "'")
    for said in (
        "696 outcomes",
        "none of Renault Group, Nissan Motor and Mitsubishi Motors can improve without costing another of them (exact)",
        "Google, Geely and Nimbus sign no table",
        "Private types: Renault Group as usual",
        "82.76 (+40.86)",
        "One of 2 outcomes with these points.",
        "Licensed to partners",
        "2 points tie",
        "Zero-zero, full divorce",
        "84 outcomes on the frontier are better than this",
        "in one of them each has at least",
        "Who may use it: Alliance partners too (Renault Group +0.80, Google +15.00, nobody worse)",
        "+35.00",
        "Mitsubishi Motors is 25.00 points short of having nothing signed",
        "All together could have 36.20 points more without anybody losing any.",
        "Renault Group +10.36, Nissan Motor +6.60",
        "no group could do better alone (the core is not empty)",
        "nucleolus",
        " ".join(case.scenario.disclaimer.split()),
    ):
        assert said in words
    for party in CARMAKERS:
        assert f"{found.references['merger'].scores[party]:.2f}".replace("-", "−") in words


def test_what_if_without_references_or_gains(monkeypatch):
    monkeypatch.setattr("negotiation.reports.frontier_figure.MOST_POINTS", 40)
    wish = Wish((*CARMAKERS, "geely"), without=("horse",), linked=False, epsilon=9.0)
    told, _ = written(load("alliance-2023"), wish, solutions={}, references={}, coalitions=None)
    text = plain(web.page(told))
    for said in (
        "What if: without horse, without links.",
        "approximate: nobody loses more than",
        "frontier of Renault Group, Nissan Motor and Mitsubishi Motors only",
        "Nothing: no outcome gives everybody as much as leaving everything unsigned.",
        "there are too many parties",
    ):
        assert said in text
    assert "The outcomes this case names" not in text


def test_an_empty_core_two_parties_and_one():
    case = load("any-two-of-three")
    told, found = written(case, Wish(("aster", "boreal")))
    text = web.page(told)
    assert found.core.empty is True
    assert "some group could do better alone (the core is empty)" in text
    assert "nucleolus" in text
    assert "nucleolus" not in web.page(written(case, Wish(("aster", "boreal")), nucleolus=None)[0])
    assert text.count("<svg") == 1
    alone, _ = written(case, Wish(("aster",)))
    assert "<svg" not in web.page(alone)
    assert "Diamonds" not in terminal.text(alone)


def test_of_many_outcomes_and_of_ties_as_many_as_are_known_are_told(monkeypatch):
    monkeypatch.setattr("negotiation.analysis.report.FEW", 10.0)
    told, found = written(load("any-two-of-three"), Wish())
    assert "One of very many outcomes with these points." in terminal.text(told)
    nash = found.solutions["nash"]
    tied = {"nash": replace(nash, ties=5, points=nash.points * 2)}
    told, _ = written(load("any-two-of-three"), Wish(), solutions=tied)
    assert "5 points tie; the 2 with the largest sums are shown." in terminal.text(told)


def test_a_case_without_disclaimer_or_gain_for_all():
    case = load("cloud-for-two")
    assert case.scenario.disclaimer in written(case, Wish())[0].notes
    front = wished(case, Wish())
    found = analyse(case, Wish(), front=front)
    (group,) = found.tables["contract"]
    nothing = replace(group.solutions["nash"], value=0.0)
    found = replace(found, tables={"contract": (replace(group, solutions={"nash": nothing}),)})
    case = replace(case, scenario=replace(case.scenario, disclaimer=""))
    assert terms(case.scenario, "contract", None) == "not signed"
    bare = document(case, found, looked(case, front))
    assert bare.notes == ()
    assert "no gain for all" in terminal.text(bare)


def test_what_is_drawn_of_a_frontier(monkeypatch):
    case = load("alliance-2023")
    front = wished(case, Wish(CARMAKERS))
    assert len(thinned(front.points)) == 696
    monkeypatch.setattr("negotiation.reports.frontier_figure.MOST_POINTS", 100)
    rows = thinned(front.points)
    assert 99 <= len(rows) <= 106
    for k in range(len(CARMAKERS)):
        drawn = [row[k] for row in rows]
        assert (min(drawn), max(drawn)) == (front.points[:, k].min(), front.points[:, k].max())


def test_each_pair_has_its_picture_with_the_third_as_colour():
    front = wished(load("alliance-2023"), Wish(CARMAKERS))
    here = [Mark("A", "solution", (50.0, 40.0, 20.0)), Mark("1", "reference", (90.0, 80.0, 10.0))]
    found = frontier_figures(("R", "N", "M"), front.points.tolist(), (50.0, 45.0, 15.0), here, "x")
    assert [(one.title, one.name) for one in found] == [
        ("R and N", "x-0-1"),
        ("R and M", "x-0-2"),
        ("N and M", "x-1-2"),
    ]
    assert len(frontier_figures(("R", "N", "M"), front.points.tolist(), (50.0, 45.0, 15.0), here, "x", 1)) == 1
    layer = found[2].spec(PAINT)["layer"]
    assert layer[3]["encoding"]["color"]["title"] == "points of R"
    spots = [row for one in layer for row in one["data"]["values"] if row.get("kind")]
    assert {(row["name"], row["p0"], row["p1"]) for row in spots} == {("A", 40.0, 20.0), ("1", 80.0, 10.0)}
    assert layer[1]["data"]["values"] == [{"v": 45.0}]


def test_the_path_of_a_game_begins_where_nothing_is_signed():
    marks = [Mark("no", "unsigned", (0.0, 0.0)), Mark("w1", "path", (1.0, 1.0)), Mark("end", "game", (2.0, 1.0))]
    spec = frontier(("a", "b"), [(3.0, 3.0)], (0.0, 0.0), marks, PAINT)
    [line] = [one for one in spec["layer"] if one["mark"].get("type") == "line"]
    assert [(row["p0"], row["n"]) for row in line["data"]["values"]] == [(0.0, 0), (1.0, 1), (2.0, 2)]
    assert table(("a", "b"), [(3.0, 3.0)], marks).splitlines()[0::2] == [
        "kind,name,a,b",
        "unsigned,no,0.0,0.0",
        "game,end,2.0,1.0",
    ]
