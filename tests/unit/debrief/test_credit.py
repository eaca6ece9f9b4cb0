"""Who acted belongs to the event: what an agent, the clock or somebody else did at a seat is nobody else's doing."""

import csv
import io
import time
import zipfile

import pytest
from sqlalchemy import text
from support_class import TEACHER, Class
from support_school import HOSTILE

from negotiation.actions import Offer, Pass, Say
from negotiation.analysis.findings import read, rows
from negotiation.classroom import facts as of_class
from negotiation.classroom.authors import Past, authors
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.schema import UNKNOWN
from negotiation.classroom.store import Store
from negotiation.debrief import process
from negotiation.debrief.class_data import gather
from negotiation.debrief.counterfactuals import Policy, Twin
from negotiation.debrief.export import export
from negotiation.debrief.jobs import seat_key, twins_wanted
from negotiation.debrief.luck import about, twin_table
from negotiation.debrief.personal import personal_debrief, result_of
from negotiation.debrief.replays import spread
from negotiation.debrief.report import findings
from negotiation.reports.web import fragment


def text_of(*sections):
    return " ".join(
        f"{one.about} {' '.join(fragment(b) for b in one.blocks if not hasattr(b, 'spec'))}" for one in sections
    )


def offer(room, seat, number, key):
    """An offer of a seat at the one table of `cloud-for-two`: deal `number`."""
    [table] = room.play.look(seat).scenario.tables.values()
    assert room.play.act(seat, Offer({table.name: table.deal(number)}), key) is None


@pytest.fixture(scope="module")
def passed_on(rooms):
    """A seat that was an agent's, then Ana's, an agent's again, Ana's; then she is swapped with Bob, who finishes.

    The other seat is Bob's first and Ana's in the end. Events of the first seat, in order, by: agent, Ana, agent, Ana, Bob.
    """
    room = rooms()
    one = Class(room, case="cloud-for-two", rounds=6, level="tough")
    bob = one.seat("Bob")
    one.go("negotiate")
    room.play.advance(bob.group)
    ana = one.seat("Ana")
    assert (ana.group, ana.party != bob.party) == (bob.group, True)
    seat = ana.party

    def round_over(*seats):
        for person in seats:
            assert room.play.act(person, Pass(), f"pass{room.play.look(person).state.round}") is None
        room.play.advance(ana.group)

    round_over(ana, bob)
    offer(room, ana, 3, "a1")
    round_over(ana, bob)
    room.teaching.take_over(TEACHER, one.id, ana.group, seat)
    room.play.advance(ana.group)
    round_over(bob)
    room.play.back(ana)
    offer(room, ana, 5, "a2")
    room.teaching.swap(TEACHER, one.id, ana.person, bob.person)
    ana, bob = one.again(ana), one.again(bob)
    offer(room, bob, 7, "b1")
    room.play.act(ana, Say("Now I sit here."), "a3")
    one.go("debrief")
    return room, one, ana, bob


def by_of(rows, **wanted):
    return [row["by"] for row in rows if all(row[key] == value for key, value in wanted.items())]


def test_every_export_says_who_acted(passed_on):
    room, one, ana, bob = passed_on
    with zipfile.ZipFile(io.BytesIO(export(room, one.id))) as folder:
        read = {
            name: list(csv.DictReader(io.StringIO(folder.read(f"csv/{name}.csv").decode("utf-8-sig"))))
            for name in ("people", "events", "offers")
        }
        book = folder.read("README.md").decode()
    seat = bob.party
    assert "- `by`: who did it: a person's key, agent, clock" in book
    made = by_of(read["offers"], party=seat)
    assert made[0] == "agent"
    assert list(dict.fromkeys(made)) == ["agent", "P02", "P01"]
    assert by_of(read["events"], party=seat, kind="offer") == made
    assert set(by_of(read["events"], party="clock")) == {"clock"}
    assert [row["by"] for row in read["events"] if row["kind"] == "say" and row["party"] == ana.party][-1:] == ["P02"]
    rows = {row["name"]: row for row in read["people"]}
    klass = gather(room, one.id)
    acts = klass.groups[0].acts
    assert (rows["Bob"]["party"], int(rows["Bob"]["acts"])) == (seat, acts[seat][bob.person])
    assert int(rows["Bob"]["acts_of_seat"]) == acts[seat].total() == len(by_of(read["events"], party=seat))
    assert int(rows["Ana"]["acts"]) == 1 == acts[ana.party][ana.person]


def test_skill_is_told_from_own_offers_only(passed_on):
    room, one, ana, bob = passed_on
    found = findings(gather(room, one.id))
    [asked] = twins_wanted(found)["asked"]  # Ana made no offer at the seat that is hers now
    group = found.klass.groups[0]
    made = [move for move in found.moves[group.id] if move.party == bob.party]
    assert asked["key"] == seat_key(group.id, bob.party)
    assert (asked["offers"], asked["others"]) == (1, len(made) - 1)
    assert [move.seq for move in group.own(bob.party, made)] == [made[-1].seq]
    assert group.own(ana.party, found.moves[group.id]) == []
    seen = spread([1.0, 2.0])
    twin = Twin(62.0, seen, seen, seen, Policy(0.9, 0.5, 0.3), 1, 0.1, 0.4, asked["others"])
    assert read(Twin, rows(twin)) == twin
    assert f"left out: {len(made) - 1} offers of your seat" in about(twin)
    told = text_of(twin_table(found.klass, {asked["key"]: twin}))
    assert f"Bob (of {group.acts[bob.party].total()} acts" in told


def test_everybody_is_told_what_of_the_seat_was_their_own(passed_on):
    room, one, ana, bob = passed_on
    klass = gather(room, one.id)
    found, [group] = findings(klass), klass.groups
    acts = group.acts[bob.party]
    told = text_of(result_of(found, bob.person))
    assert f"Of the {acts.total()} acts of your seat 1 was done by you, {acts['']} were done by an agent, " in told
    assert f"{acts[ana.person]} were done by somebody who had the seat before." in told
    seated = klass.seated(group, bob.party)
    assert seated.startswith(f"Bob (of {acts.total()} acts {acts['']} by an agent, {acts[ana.person]} by Ana")
    hidden = gather(room, one.id, names=False)
    assert hidden.seated(hidden.groups[0], bob.party).endswith("by P02)")
    agents = sum(not group.who[move.seq] for move in found.moves[group.id])
    openings = text_of(process.first_offers(klass, found.moves))
    assert "Too few offers" in openings
    assert f"offers ({agents} of them by agents)" in text_of(process.concessions(klass, found.moves))


def test_whoever_did_everything_is_told_nothing_more(rooms):
    room = rooms()
    one = Class(room, case="cloud-for-two")
    ana, bob = one.seat(HOSTILE), one.seat("Bob")
    one.go("negotiate")
    offer(room, ana, 1, "k")
    klass = gather(room, one.id)
    assert klass.seated(klass.groups[0], ana.party) == HOSTILE
    assert "acts of your seat" not in text_of(result_of(findings(klass), ana.person))
    room.play.leave(bob)
    klass = gather(room, one.id)
    assert klass.seated(klass.groups[0], bob.party) == "agent"


def test_a_round_that_the_clock_ends_is_nobodys_act(rooms):
    room = rooms()
    one = Class(room, case="cloud-for-two", protocol="alternating", round_seconds=1.0)
    ana = one.seat("Ana")
    one.go("negotiate")
    room.classes.now = lambda: time.time() + 1.5
    room.play.advance(ana.group)
    klass = gather(room, one.id)
    group = klass.groups[0]
    passes = [who for event, who in zip(group.state.events, group.who, strict=True) if event.party == ana.party]
    assert passes == ["clock"]
    assert group.acts[ana.party].total() == 0
    assert set(group.acts[next(p for p in klass.case.roles if p != ana.party)]) == {""}


def test_several_people_at_one_seat_have_each_their_own_page(rooms):
    """Two share a seat: what either did is theirs; each sees the own worksheet, not the other's."""
    room = rooms()
    one = Class(room, case="cloud-for-two", surplus="share")
    seats = [one.seat(name) for name in ("Ana", "Bob", "Cyn")]
    one.go("prepare")
    ana, bob, cyn = (one.again(seat) for seat in seats)
    pair = [seat for seat in (ana, bob, cyn) if len(one.now.at(ana.group, seat.party)) == 2]
    assert len(pair) == 2
    for n, seat in enumerate(pair):
        assert room.play.prepare(seat, {"target": 41.0 + n}, "sheet") is None
    one.go("negotiate")
    offer(room, pair[0], 2, "k1")
    assert room.play.act(pair[1], Say("And so say I."), "k2") is None
    klass = gather(room, one.id)
    found = findings(klass)
    group = klass.groups[0]
    assert dict(group.acts[pair[0].party]) == {pair[0].person: 1, pair[1].person: 1}
    other = next(party for party in klass.case.roles if party != pair[0].party)
    for n, seat in enumerate(pair):
        told = text_of(*personal_debrief(found, seat.person, other))
        assert "1 was done by you, 1 was done by those who shared the seat with you." in told
        assert f"{41 + n}.0" in told
        assert f"{42 - n}.0" not in told
    assert [one["offers"] for one in twins_wanted(found)["asked"]] == [1]
    assert klass.seated(group, pair[0].party).count("(") == 0


def test_who_acted_is_found_for_games_of_older_databases(rooms):
    """What people did came with their requests; the rest was the clock's where somebody sat, else an agent's."""
    room = rooms()
    one = Class(room, case="cloud-for-two", protocol="alternating", rounds=4, round_seconds=1.0)
    with room.store.writing() as write:  # an event as early as the class itself, before anybody sat there
        write.create({}, kind="game", log="another")
        write.append("another", 0, [{"party": "kaido"}])
    ana = one.seat("Ana")
    one.go("negotiate")
    room.play.act(ana, Say("I am here."), "k1")
    time.sleep(1.05)
    room.play.advance(ana.group)  # the round is over by the clock, which passes for her
    room.teaching.take_over(TEACHER, one.id, ana.group, ana.party)
    room.play.advance(ana.group)
    before = gather(room, one.id).groups[0]
    of_seat = [who for event, who in zip(before.state.events, before.who, strict=True) if event.party == ana.party]
    assert of_seat[:2] == [ana.person, "clock"]
    assert set(of_seat[2:]) == {""}
    with room.store.writing() as write:
        write.connection.execute(text("UPDATE schema SET version = 3"))
        write.connection.execute(text("ALTER TABLE events DROP COLUMN who"))
    room.store.engine.dispose()
    older = Classroom(Store(room.store.place))
    assert gather(older, one.id).groups[0].who == before.who
    with older.store.reading() as look:
        assert {who for _, who, _ in look.authored(ana.group)} == {ana.person, UNKNOWN}
        assert {who for _, who, _ in look.authored(one.id)} == {""}
        alone = look.authored("another")
        facts = [of_class.read(row) for row in look.rows(one.id)]
        assert authors(Past(older.classes.at(look, one.id), facts), "another", alone) == ("",)
    older.store.engine.dispose()
