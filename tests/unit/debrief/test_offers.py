"""First offers, concessions, who signed with whom: read back from the games."""

from dataclasses import replace

import pytest
from support_class import seated

from negotiation.actions import Offer
from negotiation.debrief.class_data import gather
from negotiation.debrief.offers import (
    best_gain,
    correlation,
    courted,
    demands,
    moved,
    openings,
    steps,
)


def test_the_first_offer_of_each_party_at_each_table(found):
    for group in found.klass.groups:
        rows = openings(group, found.moves[group.id])
        assert len({(one.party, one.table) for one in rows}) == len(rows)
        firsts = {}
        for event in group.state.events:
            if isinstance(event.action, Offer):
                for table, deal in event.action.deals.items():
                    firsts.setdefault((event.party, table), deal)
        for one in rows:
            assert group.number == one.group
            sheets = group.sheets[one.party]
            asked = {**group.outcome, one.table: firsts[one.party, one.table]}
            without = {**group.outcome, one.table: None}
            assert one.demand == pytest.approx(sheets.score(asked) - sheets.score(without))
            assert one.result == pytest.approx(sheets.score(group.outcome) - sheets.score(without))


def test_demands_are_shares_of_the_best_deal(found):
    group = found.klass.groups[0]
    rows = demands(group, found.moves[group.id])
    assert rows
    first = next(move for move in found.moves[group.id])
    same = [m for m in found.moves[group.id] if (m.party, m.round) == (first.party, first.round)]
    shares = [m.gains[m.party] / best_gain(group, m.party, m.table) for m in same]
    [told] = [one for one in rows if (one.party, one.round) == (first.party, first.round)]
    assert told.share == pytest.approx(sum(shares) / len(shares), abs=1e-6)
    assert demands(group, [replace(first, gains={})]) == []


def test_the_path_names_every_table_once_and_its_signers(found):
    for group in found.klass.groups:
        path = steps(group)
        assert sorted(name for step in path for name in step.tables) == sorted(group.state.bound)
        for step in path:
            assert set(step.signers) == {p for name in step.tables for p in group.state.signed[name]}


def test_courting_counts_all_groups(found):
    total = courted(found.klass, found.moves.values())
    assert sum(total.values()) == sum(len(move.to) for moves in found.moves.values() for move in moves)
    assert all(one != other for one, other in total)


def test_correlations():
    assert correlation([(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]) == -1.0
    assert correlation([(1.0, 2.0), (1.0, 3.0), (1.0, 4.0)]) is None
    assert correlation([(1.0, 1.0), (2.0, 2.0)]) is None


def test_a_class_that_has_not_begun_has_made_no_offers(rooms):
    room = rooms()
    one, _ = seated(room, 3)
    [group] = gather(room, one.id).groups
    assert moved(group) == ()
    assert steps(group) == []
    assert demands(group, ()) == []
    assert group.minutes is None
