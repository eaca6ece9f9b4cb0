"""One grade, computed by hand, the same on the screen, in the document that is printed, on the own page and in the export.

A price from 0 to 100: what the buyer gets the vendor does not. Five groups, in the last the vendor is an agent.
"""

import csv
import io
import zipfile

import pytest
import yaml
from support_class import TEACHER, Class

from negotiation.debrief import outcomes
from negotiation.debrief.class_data import gather
from negotiation.debrief.export import export
from negotiation.debrief.personal import result_of
from negotiation.debrief.report import document, findings
from negotiation.formats import bundled
from negotiation.reports.blocks import Grid, Text

BUYER, VENDOR = "kaido", "nimbus"
PRICES = {1: "p0", 2: "p50", 3: "p50", 4: "p100", 5: "p75"}
"""By group what was paid: the buyers have 100, 50, 50, 0 and 25 points, the vendors that are people 0, 50, 50, 100."""

BY_HAND = {
    # points: n, percentile, z, role points. Buyers: mean 45, deviation 37.081; vendors (people): mean 50, deviation 40.825
    BUYER: {
        1: (100.0, 5, 100.0, 1.483, 64.8),
        2: (50.0, 5, 62.5, 0.135, 51.3),
        3: (50.0, 5, 62.5, 0.135, 51.3),
        4: (0.0, 5, 0.0, -1.214, 37.9),
        5: (25.0, 5, 25.0, -0.539, 44.6),
    },
    VENDOR: {
        1: (0.0, 4, 0.0, -1.225, 37.8),
        2: (50.0, 4, 50.0, 0.0, 50.0),
        3: (50.0, 4, 50.0, 0.0, 50.0),
        4: (100.0, 4, 100.0, 1.225, 62.2),
    },
}


def one_price():
    """A case with one issue and no cost of delay."""
    case = yaml.safe_load(bundled()["cloud-for-two"].read_text())
    options = {f"p{points}": str(points) for points in (0, 25, 50, 75, 100)}
    case["clock"] = {"unit": "round", "rounds": 2}
    case["tables"]["contract"]["issues"] = {"price": {"title": "Price", "options": options}}
    case["tables"]["contract"]["if_unsigned"] = {"options": {}, "adjust": {BUYER: 10, VENDOR: 10}}
    worth = {option: int(points) for option, points in options.items()}
    case["preferences"] = {
        BUYER: {"contract.price": {"weight": 100, "scores": {o: 100 - points for o, points in worth.items()}}},
        VENDOR: {"contract.price": {"weight": 100, "scores": worth}},
    }
    for key in ("references", "variants", "types", "aliases", "translations"):
        case.pop(key, None)
    for party in case["parties"].values():
        party.pop("reasons")
    return yaml.safe_dump({**case, "id": "one-price"}, sort_keys=False)


def graded(rooms, prices, people, **settings):
    """A class in which the groups of these numbers agreed on these prices."""
    room = rooms()
    one = Class(room, case="one-price", text=one_price(), **settings)
    seats = [one.seat(f"Person {n}") for n in range(people)]
    one.go("negotiate")
    for group in one.now.groups.values():
        if not group.closed:
            outcome = {"contract": {"price": prices[group.number]}}
            room.teaching.correct(TEACHER, one.id, group.id, outcome, "by hand")
    one.go("debrief")
    return room, one, [one.again(seat) for seat in seats]


@pytest.fixture(scope="module")
def five(rooms):
    return graded(rooms, PRICES, 9)


def test_a_grade_is_the_same_wherever_it_is_shown(five):
    room, one, seats = five
    klass = gather(room, one.id)
    found = findings(klass)
    with zipfile.ZipFile(io.BytesIO(export(room, one.id))) as folder:
        exported = {
            (row["party"], int(row["group"])): row
            for row in csv.DictReader(io.StringIO(folder.read("csv/people.csv").decode("utf-8-sig")))
        }
    [screen] = [block for block in outcomes.roles(klass, found.grades).blocks if isinstance(block, Grid)][-1:]
    assert screen.head[3:] == ("points", "gain", "n", "z", "percentile", "role points")
    shown = {(row[0], row[1]): row[3:] for row in screen.rows}
    printed = next(one for one in document(found).sections if one.title == "Each role against its own kind")
    assert [block for block in printed.blocks if isinstance(block, Grid)][-1].rows == screen.rows
    assert "agents do not" in printed.about
    for party, groups in BY_HAND.items():
        for number, (points, n, percentile, z, role_points) in groups.items():
            row = exported[party, number]
            assert float(row["points"]) == points
            assert int(row["n_in_role"]) == n
            assert float(row["percentile_in_role"]) == percentile
            assert float(row["z_in_role"] or 0) == z
            assert float(row["role_points"]) == role_points
            cells = shown[klass.title(party), f"group {number}"]
            assert (cells[0], cells[2], round(cells[3], 3), *cells[4:]) == (points, n, z, percentile, role_points)
            assert screen.said(list(shown).index((klass.title(party), f"group {number}")), 8) == f"{role_points:.1f}"
            [seat] = [seat for seat in seats if klass.results[seat.person] == (klass.groups[number - 1], party)]
            own = result_of(found, seat.person)
            told = " ".join(block.text for block in own.blocks if isinstance(block, Text))
            assert f"percentile {percentile:g}; {role_points:g} role points." in told
            grid = own.blocks[-1]
            [mine] = [row for row in grid.rows if row[0] == klass.title(party)]
            assert (mine[1], mine[3], mine[4]) == (points, percentile, n)
    assert shown[klass.title(VENDOR), "group 5"] == (75.0, 65.0, None, None, None, None)


def told(room, one, seat):
    own = result_of(findings(gather(room, one.id)), seat.person)
    return " ".join(block.text for block in own.blocks if isinstance(block, Text))


def test_the_sentence_is_true(five, rooms):
    room, one, seats = five
    klass = gather(room, one.id)
    of = {klass.results[seat.person][0].number: seat for seat in seats if seat.party == BUYER}
    assert "Of the 4 others who were Kaido Motors, 2 had fewer points, 1 had as many, 1 had more: " in told(
        room, one, of[2]
    )
    pair = graded(rooms, {1: "p0", 2: "p50"}, 4)
    first = next(seat for seat in pair[2] if seat.party == BUYER and seat.group == pair[2][0].group)
    assert "Of the one other who were" not in told(*pair[:2], first)
    assert "The one other who was Kaido Motors had " in told(*pair[:2], first)


def test_a_shared_seat_counts_once(rooms):
    """Three buyers' seats, one of them held by two people: n is 3, and both have the grade of their seat."""
    room, one, seats = graded(rooms, {1: "p0", 2: "p50", 3: "p50"}, 7, surplus="share")
    klass = gather(room, one.id)
    found = findings(klass)
    by_seat = {}
    for seat in seats:
        by_seat.setdefault((seat.group, seat.party), []).append(seat)
    shared = next(pair for pair in by_seat.values() if len(pair) == 2)
    place = found.grades[shared[0].group][shared[0].party]
    assert place.of == len(klass.groups) == 3
    assert [klass.results[seat.person] == klass.results[shared[0].person] for seat in shared] == [True, True]


def test_alone_in_a_role_nobody_has_a_grade(rooms):
    room, one, [ana] = graded(rooms, {1: "p25"}, 1)
    place = findings(gather(room, one.id)).grades[ana.group][ana.party]
    assert (place.of, place.percentile, place.z, place.role_points) == (1, None, None, None)
    assert "can be compared with yours" in told(room, one, ana)


def test_equals_have_the_middle(rooms):
    room, one, seats = graded(rooms, {1: "p25", 2: "p25"}, 4)
    place = findings(gather(room, one.id)).grades[seats[0].group][seats[0].party]
    assert (place.of, place.percentile, place.z, place.role_points) == (2, 50.0, None, 50.0)
