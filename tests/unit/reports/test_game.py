"""A game that is over, told: how it ended, what could have been, how it came about; as page, paper and text."""

import re
from dataclasses import replace

import pytest

from negotiation.actions import Offer, Pass
from negotiation.analysis.figure_data import debriefed
from negotiation.analysis.findings import Missed
from negotiation.analysis.improvements import Improvement
from negotiation.analysis.report import Wish
from negotiation.formats import load
from negotiation.game import Game
from negotiation.reports import ending, game_figures, terminal, web
from negotiation.reports import hindsight as told
from negotiation.reports.blocks import Document
from negotiation.reports.case_wording import Reader
from negotiation.reports.palette import PAINT, ink
from negotiation.reports.pdf import pdf


def seen(game, parties):
    """What the job of a debrief finds."""
    opening = game.protocol.opening(game.case.scenario, game.state.rounds)
    return debriefed(game.case, Wish(parties=parties, types=game.types), opening, game.state.events)


def flat(document):
    return " ".join(terminal.text(document).split())


@pytest.fixture(scope="module")
def flagship():
    game = Game("alliance-2023", strategy="fair", seed=1, rounds=6, types={"nissan": "hawk", "renault": "base"})
    game.play()
    return game, seen(game, ("nissan", "renault"))


def test_a_debrief_says_who_has_what_and_why(flagship):
    game, found = flagship
    assert game.state.bound
    text = flat(ending.document(game, found, "nissan"))
    scenario = game.case.scenario
    for party, seat in game.seated.items():
        assert f"{game.points(party):.1f}" in text
        assert f"{seat.unsigned_points:.1f}" in text
    assert "hawk" in text
    assert "as usual" in text
    for name, table in scenario.tables.items():
        assert table.title.split()[0] in text
        if name in game.state.bound:
            assert f"{scenario.unit} {game.state.bound_in[name] + 1}" in text
    assert "your talks" in text
    assert "these talks" in flat(ending.document(game, None))
    for title in ("LEFT ON THE TABLE", "CREATED TOGETHER", "HOW IT CAME ABOUT", "Who made offers to whom"):
        assert title in text
    assert "LEFT ON THE TABLE" not in flat(ending.document(game, None))


def test_it_is_a_page_and_paper(flagship):
    game, found = flagship
    document = ending.document(game, found, "nissan")
    page = web.page(document)
    assert page.count("<svg") == 4
    assert not re.search(r"<(script|link|img|iframe)", page)
    assert pdf(document).startswith(b"%PDF")


def test_shares_add_up_to_what_was_made(flagship):
    game, found = flagship
    grid = told.shares(found.hindsight, Reader(game.case.scenario, 1)).blocks[1]
    assert sum(row[1] for row in grid.rows) == pytest.approx(found.hindsight.created, abs=0.31)
    nothing = replace(found.hindsight, created=0.0, most=None, possible=dict.fromkeys(game.case.roles))
    section = told.shares(nothing, Reader(game.case.scenario, 1))
    assert section.blocks[0].text.endswith(
        "No outcome gives all together more than everything unsigned with nobody below it."
    )
    assert {row[3] for row in section.blocks[1].rows} == {None}


def test_the_matrix_of_offers_holds_every_offer(flagship):
    game, found = flagship
    (section,) = told.course(game.case, found.hindsight, Reader(game.case.scenario, 1))
    grid = section.blocks[1]
    counts = sum(cell for row in grid.rows for cell in row[1:] if cell)
    assert counts == sum(count for _, _, count in found.hindsight.proposed)
    assert max(grid.shades.values()) == 1


def test_what_was_left_is_said_with_care(flagship):
    game, found = flagship
    reader = Reader(game.case.scenario, 1)
    last = f"path-{len(found.path) - 1}"
    table, deal = next(iter(game.state.bound.items()))
    issue = game.case.scenario.tables[table].issues[0]
    better = Improvement(table, deal, (issue.name,), {"nissan": 0.04})
    whole = replace(better, changed=tuple(one.name for one in game.case.scenario.tables[table].issues))

    def changed(beaten, **changes):
        row = replace(found.end, dominated_by=beaten, equal_gain=0.0 if beaten else found.end.equal_gain)
        picture = replace(found.picture, outcomes={**found.picture.outcomes, last: row})
        return replace(found, picture=picture, hindsight=replace(found.hindsight, left=0.0, **changes))

    here = {
        "improvements": (better, whole),
        "missed": (Missed(table, issue.name, (0, 1)),),
        "logrolling": {"alliance": -0.2, "sdv": 1.2, "cloud": None},
    }
    none = changed(0, more=1, **here)
    text = flat(Document("", tuple(told.sections(game.case, none, reader))))
    assert "could not have had more than in this game without somebody having fewer" in text
    assert f"{issue.title}: {issue.texts[deal[0]]} (Nissan Motor +0.04, nobody worse)" in text
    assert ": all of it: " in text
    assert "There is 1 other at these tables." in text
    assert f"all preferred {issue.texts[0]} or {issue.texts[1]}" in text
    assert "worse for them together than splitting every issue" in text
    assert ": 100%" in text
    none = changed(1, more=0, **here)
    first, *rest = told.left(game.case, none, reader).blocks
    assert first.text.startswith("One outcome on the frontier is better than this for at least one of Nissan Motor and")
    assert "worse for none of them. The others may lose by it" in first.text
    assert not any("at these tables" in getattr(block, "text", "") for block in rest)
    several = changed(1, more=3, missed=(), improvements=(), logrolling={})
    text = flat(Document("", tuple(told.sections(game.case, several, reader))))
    assert "There are 3 others at these tables." in text
    assert "Wanted by everybody" not in text
    assert "What was traded" not in text


def test_where_nobody_moved_there_is_nothing_to_tell(flagship):
    game, found = flagship
    quiet = replace(found.hindsight, moves={"nissan": {"first": 2}}, proposed=())
    assert [*told.moved(game.case, quiet)] == []
    assert [*told.course(game.case, quiet, Reader(game.case.scenario, 1))] == []


def test_what_the_last_papers_were_worth_to_those_who_did_not_sign():
    game = Game("cloud-for-two", seats={"kaido": "person", "nimbus": "person"}, rounds=1)
    game.submit("kaido", Offer({"contract": game.case.scenario.tables["contract"].deal(5)}))
    for party in ("kaido", "nimbus"):
        game.submit(party, Pass())
    game.play()
    text = flat(ending.document(game, None))
    assert "No paper there was signed by all it needed: Kaido Motors' paper of round 1 lacked Nimbus" in text
    assert re.search(r"Kaido Motors' last paper: [+−]\d+\.\d for Nimbus", text)


def test_offers_of_a_mediator_have_a_colour_of_their_own():
    scenario = load("cloud-for-two").scenario
    rows = [{"round": 1, "who": "The mediator", "points": 3.0}]
    spec = game_figures.dance(scenario, "contract", rows, PAINT)
    assert spec["layer"][1]["encoding"]["color"]["scale"] == {"domain": ["The mediator"], "range": [PAINT["accent"]]}
    spec = game_figures.dance(scenario, "contract", [{**rows[0], "who": "Nimbus"}], ink(night=True))
    assert spec["layer"][1]["encoding"]["color"]["scale"]["domain"] == ["Kaido Motors", "Nimbus"]


def test_a_gain_is_the_difference_of_the_points_that_are_shown(flagship):
    """60.84 and 43.15 are shown as 60.8 and 43.2: what is gained is then 17.6, on every page."""
    game, found = flagship
    seen = replace(found.hindsight, gained={"nissan": 17.69}, unsigned={"nissan": 43.15}, possible={"nissan": 50.0})
    (row,) = told.shares(seen, Reader(game.case.scenario, 1)).blocks[1].rows
    assert row[1] == 17.6
