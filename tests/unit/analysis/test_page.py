import re
from html.parser import HTMLParser

import pytest

from negotiation.analysis.figures import frontier, pictures, table, thinned
from negotiation.analysis.labels import Mark
from negotiation.analysis.page import PAINT, page
from negotiation.analysis.report import Wish, analyse, wished
from negotiation.formats import load

CARMAKERS = ("renault", "nissan", "mitsubishi")


def written(case, wish):
    front = wished(case, wish)
    found = analyse(case, wish, front=front)
    return page(case, found, front), found


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
    _, text, _ = flagship
    balance = Balance()
    balance.feed(text)
    assert balance.open == []
    assert set(re.findall(r"https?://[^\"' ]+", text)) == {"http://www.w3.org/1999/xlink", "http://www.w3.org/2000/svg"}
    assert not re.search(r"<(script|link|img|iframe)|url\((?!#)|@import|\bsrc=", text)
    assert text.count("<svg") == 3
    assert "prefers-color-scheme:dark" in text


def test_a_page_says_in_words_what_was_found(flagship):
    case, text, found = flagship
    words = re.sub(r"<[^>]+>", " ", text)
    for said in (
        "696 different results cannot be improved for all of Renault Group, Nissan Motor and Mitsubishi Motors at once (exact)",
        "Google, Geely and Nimbus never sign",
        "Private types: Renault Group base",
        "Licensed to partners",
        "(2 points tie)",
        "Zero-zero, full divorce",
        "Who may use it: Alliance partners too (renault +0.80, google +15.00, nobody worse)",
        "+35.00",
        "The core is not empty: no coalition does better alone than with the nucleolus.",
    ):
        assert said in words
    assert case.scenario.disclaimer.replace("'", "&#x27;") in text
    for party in CARMAKERS:
        assert f"{found['references']['merger']['scores'][party]:.2f}" in words


def test_what_if_without_references_or_gains(monkeypatch):
    monkeypatch.setattr("negotiation.analysis.figures.MOST_POINTS", 40)
    case = load("alliance-2023")
    wish = Wish((*CARMAKERS, "geely"), without=("horse",), linked=False, epsilon=9.0)
    front = wished(case, wish)
    found = analyse(case, wish, front=front)
    text = page(case, {**found, "solutions": {}, "references": {}, "coalitions": None}, front)
    for said in (
        "What if: without horse, without links.",
        "approximate: nobody loses more than",
        "frontier of Renault Group, Nissan Motor and Mitsubishi Motors only",
        "points are drawn",
        "None: no outcome gives everybody as much as nothing signed.",
    ):
        assert said in text
    assert "<h2>References" not in text
    assert "<h2>Coalitions" not in text
    assert "<h2>Who would leave" not in text


def test_an_empty_core_two_parties_and_one():
    case = load("any-two-of-three")
    text, found = written(case, Wish(("aster", "boreal")))
    assert found["core"]["empty"] is True
    assert "The core is empty: some coalition always does better alone." in text
    assert "Shapley value</th><th class=n>nucleolus</th>" in text
    assert "nucleolus" not in page(case, {**found, "nucleolus": None}, wished(case, Wish(("aster", "boreal"))))
    assert text.count("<svg") == 1
    text, _ = written(case, Wish(("aster",)))
    assert "<svg" not in text
    assert "Letters are solutions" not in text


def test_a_case_without_disclaimer_links_or_gain_for_all():
    case = load("cloud-for-two")
    text, found = written(case, Wish())
    assert ("Private types" in text) is any(len(roles) > 1 for roles in case.roles.values())
    assert "class=fiction" in text
    found["tables"]["contract"][0]["solutions"]["nash"]["value"] = 0.0
    object.__setattr__(case.scenario, "disclaimer", "")
    front = wished(case, Wish())
    bare = page(case, found, front)
    assert "class=fiction" not in bare
    assert "no gain for all" in bare


def test_what_is_drawn_of_a_frontier(monkeypatch):
    case = load("alliance-2023")
    front = wished(case, Wish(CARMAKERS))
    rows, count = thinned(front)
    assert len(rows) == count == 696
    monkeypatch.setattr("negotiation.analysis.figures.MOST_POINTS", 100)
    rows, count = thinned(front)
    assert (count, 99 <= len(rows) <= 106) == (696, True)
    for k in range(len(CARMAKERS)):
        drawn = [row[k] for row in rows]
        assert (min(drawn), max(drawn)) == (front.points[:, k].min(), front.points[:, k].max())


def test_each_pair_has_its_picture_with_the_third_as_colour():
    front = wished(load("alliance-2023"), Wish(CARMAKERS))
    marks = [Mark("A", "solution", (50.0, 40.0, 20.0)), Mark("1", "reference", (90.0, 80.0, 10.0))]
    found = pictures(front, (50.0, 45.0, 15.0), marks, ("R", "N", "M"), PAINT)
    assert list(found) == [("renault", "nissan"), ("renault", "mitsubishi"), ("nissan", "mitsubishi")]
    layer = found["nissan", "mitsubishi"]["layer"]
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
