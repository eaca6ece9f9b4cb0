"""A seat in class: what it sees, what it can do, and how agents and clock go on without anybody in charge."""

import os
import subprocess
import sys
import threading
import time

import pytest
from support_class import TEACHER, Class

from negotiation.actions import Accept, Offer, Pass, Say, Tick, Vote, Walk
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.seats import Seat
from negotiation.classroom.store import Moved, Writing
from negotiation.errors import LogError, Refused


def state(room, seat):
    return room.play.look(seat).state


def talks(klass, **settings):
    """A class of two people in one group of `any-two-of-three`, at the table, and its third seat an agent's."""
    one = klass(**settings)
    seats = [one.seat("Ana"), one.seat("Bob")]
    one.go("negotiate")
    return one, *seats


def worst(view):
    """The deal of my first table that is worst for me: nobody declines it, and agents sign it soon."""
    name = view.due[0]
    table = view.scenario.tables[name]
    return Offer({name: table.deal(int(view.preferences.given(name, {})[: table.size].argmin()))})


def test_a_seat_sees_its_own_sheet_and_nobody_elses(klass, room):
    one = klass()
    ana = one.seat("Ana")
    look = room.play.look(ana)
    assert (look.phase, look.view, look.brief, look.roles, dict(look.points)) == ("lobby", None, "", {}, {})
    assert look.state.events == ()
    assert look.at[ana.party] == ("Ana",)
    one.go("read")
    look = room.play.look(ana)
    assert look.view.me == ana.party
    assert look.view.role is game_of(room, ana).role(ana.party)
    assert look.brief == look.view.role.brief
    assert list(look.points) == [ana.party]
    assert ana.party not in look.agents
    assert look.versions[ana.group] == 0
    for phase in ("prepare", "negotiate", "sign"):
        one.go(phase)
        assert not room.play.look(ana).roles
        assert list(room.play.look(ana).points) == [ana.party]
    one.go("debrief")
    look = room.play.look(ana)
    assert set(look.roles) == set(look.points) == set(look.scenario.parties)


def game_of(room, seat):
    with room.store.reading() as look:
        return room.play.games.at(look, seat.group)[0]


def test_people_act_and_agents_answer(klass, room):
    _one, ana, bob = talks(klass)
    assert room.play.act(ana, Say("Hello."), "k1") is None
    done = room.play.advance(ana.group)
    assert done > 0
    events = state(room, bob).events
    assert events[0].action == Say("Hello.")
    agents = set(room.play.look(ana).agents)
    assert {event.party for event in events[1:]} <= agents
    assert room.play.advance(ana.group) == 0
    assert room.play.look(bob).versions[ana.group] == len(events) == done + 1
    for n, seat in enumerate((ana, bob)):
        assert room.play.act(seat, Pass(), f"pass{n}") is None
    room.play.advance(ana.group)
    assert state(room, ana).round == 1
    assert any(isinstance(event.action, Tick) for event in state(room, ana).events)


def test_a_request_gets_its_first_answer_for_ever(klass, room):
    one, ana, bob = talks(klass)
    before = len(state(room, ana).events)
    assert [room.play.act(ana, Say("Hello."), "k1") for _ in range(3)] == [None] * 3
    assert room.play.act(ana, Say("Something else."), "k1") is None
    assert len(state(room, ana).events) == before + 1
    why = room.play.act(ana, Accept(999), "k2")
    assert "cannot sign paper 999" in why
    assert room.play.act(ana, Say("Now legal."), "k2") == why
    assert room.play.act(bob, Say("Bob's own key."), "k1") is None
    assert len(state(room, ana).events) == before + 2
    one.go("debrief")
    assert room.play.act(ana, Say("Hello."), "k1") is None
    assert room.play.act(ana, Say("Hello."), "k3") == "the talks are over"


def test_an_act_decided_on_an_old_page_is_refused_where_it_might_mean_something_else(klass, room):
    _one, ana, bob = talks(klass)
    seen = room.play.look(ana).versions[ana.group]
    for n, seat in enumerate((ana, bob)):
        room.play.act(seat, Pass(), f"pass{n}")
    room.play.advance(ana.group)
    for n, action in enumerate((Pass(), worst(room.play.look(ana).view), Walk("any"))):
        assert room.play.act(ana, action, f"late{n}", basis=seen) == "the round has ended in the meantime; look again"
    assert room.play.act(ana, Say("Talk is never late."), "talk", basis=seen) is None
    for basis in (-1, 10_000):
        assert "never was" in room.play.act(ana, Pass(), f"b{basis}", basis=basis)
    assert room.play.act(ana, Pass(), "fresh", basis=room.play.look(ana).versions[ana.group]) is None


def test_a_newer_paper_at_the_table_makes_a_counter_offer_late(local_class, local):
    one = local_class(case="cloud-for-two", protocol="alternating")
    seats = [one.seat(), one.seat()]
    one.go("negotiate")
    first = next(seat for seat in seats if local.play.look(seat).view.due)
    other = next(seat for seat in seats if seat != first)
    offer = worst(local.play.look(first).view)
    assert "turn of" in local.play.act(other, offer, "early")
    assert local.play.act(first, offer, "k", basis=0) is None
    assert local.play.act(other, worst(local.play.look(other).view), "k", basis=0) == (
        "there is a newer paper at this table; look again"
    )
    assert local.play.act(other, Accept(0), "sign", basis=0) is None


def test_phases_say_what_can_be_done(klass, room):
    one = klass()
    ana = one.seat("Ana")
    assert room.play.act(ana, Say("Hello?"), "k1") == "the talks have not begun"
    one.go("negotiate")
    assert room.play.act(ana, worst(room.play.look(ana).view), "k2") is None
    one.go("sign")
    assert "only signatures count now" in room.play.act(ana, Pass(), "k3")
    assert room.play.act(ana, Say("Sign, please."), "k4") is None
    before = len(state(room, ana).events)
    room.play.advance(ana.group)
    assert [event.action.kind for event in state(room, ana).events[before:]].count("say") == 1  # an answer
    assert all(isinstance(event.action, Accept | Say) for event in state(room, ana).events[before:])
    one.go("debrief")
    assert room.play.advance(ana.group) == 0
    assert room.play.act(ana, Say("Too late."), "k5") == "the talks are over"


def test_the_clock_stands_for_people_and_agents(klass, room, watch):
    one, ana, _bob = talks(klass, minutes={"negotiate": 1})
    room.teaching.pause(TEACHER, one.id)
    watch.time += 600
    assert "the clock stands" in room.play.act(ana, Say("Hello?"), "k1")
    assert room.play.advance(ana.group) == 0
    assert room.play.keep_time(one.id).phase == "negotiate"
    room.teaching.resume(TEACHER, one.id)
    assert room.play.act(ana, Say("Hello?"), "k2") is None
    watch.time += 60
    assert room.play.act(ana, Say("Hello?"), "k3") == "time is out"
    room.teaching.extend(TEACHER, one.id, 60)
    assert room.play.act(ana, Say("Hello?"), "k4") is None
    watch.time += 60
    assert room.play.keep_time(one.id).phase == "sign"
    assert room.play.keep_time(one.id).phase == "sign"


def test_phases_with_a_clock_follow_each_other_once(klass, room, watch):
    one = klass(minutes={"read": 1, "prepare": 2, "negotiate": 3, "sign": 1})
    one.seat()
    one.go("read")
    phases = []
    for _ in range(8):
        watch.time += 60
        phases.append(room.play.keep_time(one.id).phase)
    assert phases == ["prepare", "prepare", "negotiate", "negotiate", "negotiate", "sign", "debrief", "debrief"]
    assert [f["by"] for f in room.store.rows(one.id) if f["kind"] == "phase"][1:] == ["clock"] * 4


def test_two_pages_that_see_time_run_out_end_the_phase_once(address, opened, klass, room, watch, monkeypatch):
    one = klass(minutes={"read": 1, "prepare": 1})
    one.seat()
    one.go("read")
    watch.time += 60
    other = Classroom(opened(address), watch)
    late = room.classes.get(one.id)
    assert other.play.keep_time(one.id).phase == "prepare"
    monkeypatch.setattr(room.classes, "get", lambda _: late)
    assert room.play.keep_time(one.id).phase == "prepare"


@pytest.mark.parametrize("protocol", ["open-floor", "alternating"])
def test_rounds_end_by_the_clock_whoever_looks(local_class, local, watch, protocol):
    _one, ana, _bob = talks(local_class, round_seconds=60, protocol=protocol)
    local.play.advance(ana.group)
    assert state(local, ana).round == 0
    watch.time += 60
    assert local.play.act(ana, Say("I was about to …"), "k1") == "time is out"
    local.play.advance(ana.group)
    assert state(local, ana).round == 1
    assert local.play.act(ana, Say("Next round."), "k2") is None
    watch.time += 120
    local.play.advance(ana.group)
    assert state(local, ana).round == 3
    watch.time += 60 * 1000
    local.play.advance(ana.group)
    assert state(local, ana).over
    assert local.play.advance(ana.group) == 0


def test_the_console_keeps_groups_going_whose_pages_are_closed(klass, room, watch):
    one = klass(round_seconds=60, minutes={"read": 1})
    seats = [one.seat() for _ in range(2 * len(one.now.parties) - 1)]
    one.go("read")
    assert room.play.attend(one.id) == 0
    one.go("negotiate")
    watch.time += 60
    assert room.play.attend(one.id) > 0
    assert {state(room, seat).round for seat in seats} == {1}
    assert room.play.attend(one.id) == 0


def test_an_agent_keeps_a_seat_warm(klass, room):
    one, ana, bob = talks(klass)
    room.teaching.take_over(TEACHER, one.id, ana.group, ana.party)
    assert ana.party in room.play.look(bob).agents
    assert "an agent plays your seat" in room.play.act(ana, Say("Hello?"), "k1")
    room.play.advance(ana.group)
    assert any(event.party == ana.party for event in state(room, bob).events)
    room.play.back(ana)
    room.play.back(ana)
    assert ana.party not in room.play.look(bob).agents
    assert room.play.act(ana, Say("I am back."), "k2") is None
    trail = [(f.kind, f.by) for f in room.teaching.record(TEACHER, one.id)]
    assert trail[-2:] == [("taken", "Tea"), ("handed back", ana.person)]


def test_agents_keep_all_deserted_seats_and_give_them_back_together(local_class, local):
    one = local_class(surplus="share")
    seats = [one.again(seat) for seat in [one.seat() for _ in range(4)]]
    one.go("negotiate")
    shared = next(seat for seat in map(one.again, seats) if len(one.now.at(seat.group, seat.party)) == 2)
    alone = next(seat for seat in map(one.again, seats) if len(one.now.at(seat.group, seat.party)) == 1)
    local.teaching.take_over_all(TEACHER, one.id, {shared.person, alone.person})
    assert one.now.groups[alone.group].taken == {alone.party}  # somebody still sits at the shared one
    known = one.now.version
    assert local.teaching.take_over_all(TEACHER, one.id, {alone.person}).version == known
    everybody = local.teaching.take_over_all(TEACHER, one.id, {seat.person for seat in seats})
    assert len(everybody.groups[alone.group].taken) == 3
    assert local.teaching.hand_back_all(TEACHER, one.id).groups[alone.group].taken == frozenset()


def test_where_nobody_is_present_rounds_do_not_fly_past(local_class, local, watch):
    one = local_class(round_seconds=60, level="hardliner")
    ana = one.seat("Ana")
    one.go("negotiate")
    local.teaching.take_over(TEACHER, one.id, ana.group, ana.party)
    local.play.advance(ana.group)
    assert state(local, ana).round == 0
    watch.time += 61
    local.play.advance(ana.group)
    assert state(local, ana).round == 1


def test_somebody_leaves_and_comes_back(klass, room):
    one, ana, bob = talks(klass)
    room.play.leave(ana)
    assert ana.party in room.play.look(bob).agents
    for refused in (room.play.act(ana, Say("x"), "k1"), room.play.prepare(ana, {}, "k2")):
        assert "you have left this class" in refused
    room.play.back(ana)
    again = one.again(ana)
    assert (again.group, again.party) != ("", "")
    waits = klass(arrive=False)
    eve = waits.seat()
    room.play.leave(eve)
    room.play.back(eve)
    assert waits.now.lobby[0].id == eve.person


def test_without_a_seat_one_reads_and_waits(klass, room):
    one, _ana, bob = talks(klass)
    room.teaching.move(TEACHER, one.id, bob.person, bob.group)
    assert "another seat" in room.play.act(bob, Say("x"), "k1")
    with pytest.raises(Refused, match="another seat"):
        room.play.look(bob)
    watches = one.again(bob)
    look = room.play.look(watches)
    assert (look.view, look.brief, dict(look.points)) == (None, "", {})
    assert look.state is not None
    assert "you observe" in room.play.act(watches, Say("x"), "k2")
    room.teaching.move(TEACHER, one.id, bob.person, "")
    waits = one.again(bob)
    assert room.play.look(waits).state is None
    assert "wait for a group" in room.play.act(waits, Say("x"), "k3")


def test_preparation_sheets_are_kept_for_their_person(klass, room):
    one = klass()
    ana, bob = one.seat(), one.seat()
    sheet = {"target": 60, "walk_away": 35.5, "guess": {"b": ["price", "date"]}, "notes": "Be <b>kind</b>", "empty": ""}
    assert "from reading to signing" in room.play.prepare(ana, sheet, "k1")
    one.go("prepare")
    assert room.play.prepare(ana, sheet, "k2") is None
    assert room.play.prepare(ana, {"target": 1}, "k2") is None
    assert room.play.look(ana).sheet == sheet
    assert room.play.look(bob).sheet == {}
    for n, bad in enumerate(({"x": float("nan")}, {"x": object()}, {"x": "a" * 21_000}, {"x": ["a\x00"]}, {"\x07": 1})):
        assert "preparation sheet" in room.play.prepare(ana, bad, f"bad{n}")
    assert "the key of a request" in room.play.prepare(ana, sheet, "")
    assert room.play.look(ana).sheet == sheet


def test_homework_is_played_alone_again_and_again(klass, room, watch):
    one = klass(homework=True, attempts=2, rounds=2, minutes={"negotiate": 60 * 24})
    ana, bob = one.seat("Ana"), one.seat("Bob")
    assert ana.group != bob.group
    while not state(room, ana).over:
        assert room.play.act(ana, Pass(), f"p{state(room, ana).round}") is None
        room.play.advance(ana.group)
    first = ana.group
    assert room.play.again(ana, "again") is None
    assert room.play.again(ana, "again") is None
    ana = one.again(ana)
    assert ana.group != first
    assert "used all 2" in room.play.again(ana, "third")
    game = [room.store.setup(group) for group in (first, ana.group, bob.group)]
    assert game[0]["seed"] == game[1]["seed"] == game[2]["seed"]
    watch.time += 60 * 60 * 24
    assert room.play.keep_time(one.id).phase == "debrief"
    assert "while it is open" in room.play.again(bob, "late")
    usual = klass()
    assert "further attempts are for homework" in room.play.again(usual.seat(), "x")


def test_a_class_reopens_after_the_server_has_died(address, opened, klass, room, watch):
    one, ana, bob = talks(klass)
    room.play.act(ana, Say("Hello."), "k1")
    room.play.advance(ana.group)
    after = Classroom(opened(address), watch)
    assert after.classes.get(one.id) == room.classes.get(one.id)
    assert state(after, ana).events == state(room, ana).events
    assert after.play.look(ana).versions == room.play.look(ana).versions
    assert after.play.act(ana, Say("Hello."), "k1") is None
    assert after.play.act(bob, Say("Still here."), "k1") is None
    assert len(state(after, ana).events) == len(state(room, ana).events)


def test_two_servers_think_for_the_same_agents_and_one_wins(address, opened, klass, room, watch, monkeypatch):
    _one, ana, _bob = talks(klass)
    other = Classroom(opened(address), watch)
    append, beaten = type(room.store).writing, []

    def late(store):
        if store is room.store and not beaten:
            beaten.append(other.play.advance(ana.group))
        return append(store)

    monkeypatch.setattr(type(room.store), "writing", late)
    assert room.play.advance(ana.group) == 0
    assert beaten[0] > 0
    assert state(room, ana).events == state(other, ana).events


def test_agents_think_again_when_the_seats_have_changed_meanwhile(local_class, local, monkeypatch):
    one, ana, bob = talks(local_class)
    game = game_of(local, ana)
    think, changed = game.think, []

    def slow(*args, **more):
        rows = think(*args, **more)
        if not changed:
            changed.append(1)
            local.teaching.take_over(TEACHER, one.id, bob.group, bob.party)
        return rows

    monkeypatch.setattr(type(game), "think", lambda _self, *args, **more: slow(*args, **more))
    local.play.advance(ana.group)
    assert any(event.party == bob.party for event in state(local, ana).events)


def test_a_click_beaten_by_another_server_is_checked_again(local_class, local, monkeypatch):
    _, ana, _ = talks(local_class)
    append, beaten = Writing.append, []

    def late(self, *args):
        if not beaten:
            beaten.append(1)
            raise Moved
        append(self, *args)

    monkeypatch.setattr(Writing, "append", late)
    assert local.play.act(ana, Say("Hello."), "k1") is None
    assert beaten
    assert local.store.version(ana.group) == 1


def test_only_so_many_games_stay_in_memory(local_class, local, monkeypatch):
    monkeypatch.setattr("negotiation.classroom.games.MOST_OPEN", 2)
    one = local_class(homework=True)
    seats = [one.seat() for _ in range(4)]
    for seat in seats:
        local.play.look(seat)
    assert list(local.play.games._open) == [seat.group for seat in seats[-2:]]


def test_groups_and_classes_are_told_apart_from_other_logs(local_class, local):
    one, ana, _bob = talks(local_class)
    with pytest.raises(Refused, match="no such group"):
        local.play.advance(one.id)
    with pytest.raises(Refused, match="no such class"):
        local.classes.get(ana.group)
    with pytest.raises(LogError, match="no game"):
        local.play.advance("nothing")


RACERS = """
import os, sys
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.store import Store
first = os.fork()
done = Classroom(Store(sys.argv[1])).play.advance(sys.argv[2])
os.write(1, f"{done}\\n".encode())
if first:
    os.waitpid(first, 0)
"""


def test_two_processes_play_the_same_agents_at_once(address, opened, quick):
    room = Classroom(opened(address), lambda: time.time() - 3600)
    one = Class(room, round_seconds=1)
    ana = one.seat("Ana")
    one.go("negotiate")  # an hour ago: for processes with the right time all rounds are due
    told = subprocess.run(
        [sys.executable, "-c", RACERS, address, ana.group], capture_output=True, text=True, check=True, cwd=os.getcwd()
    )
    done = [int(line) for line in told.stdout.splitlines()]
    assert len(done) == 2
    rows = room.store.rows(ana.group)
    assert sum(done) == len(rows) > 10
    with room.store.reading() as look:
        game, final = room.play.games.at(look, ana.group)  # every event is checked against the rules here
    assert len(final.events) == len(rows)
    alone = game.think(
        final.opening(final.scenario, final.rounds, one_paper=False), [ana.party], only_sign=False, rounds_due=99
    )
    assert rows[: len(alone)] == alone


def test_a_busy_class_on_two_servers_neither_locks_up_nor_mixes_anything(address, opened, klass, room, watch):
    one = klass(case="cloud-for-two", arrive=True, round_seconds=60)
    seats = [one.seat() for _ in range(8)]
    one.go("negotiate")
    rooms, acknowledged, problems = (room, Classroom(opened(address), watch)), [], []

    def person(n):
        at = rooms[n % 2]
        seat = seats[n]
        for k in range(8):
            try:
                now = at.classes.get(one.id).people[seat.person]
                seat = Seat(one.id, seat.person, seat.name, now.group, now.party)
                if at.play.act(seat, Say(f"{n}-{k}"), f"k{k}") is None:
                    acknowledged.append(f"{n}-{k}")
                at.play.advance(seat.group)
                at.talk.whisper(seat, ["@teacher"], "Hm.", f"w{k}")
                at.play.prepare(seat, {"k": k}, f"p{k}")
            except Refused:
                continue
            except BaseException as problem:
                problems.append(problem)
                raise

    def teacher():
        for k in range(12):
            rooms[k % 2].teaching.swap(TEACHER, one.id, seats[k % 8].person, seats[(k + 3) % 8].person, f"s{k}")
            rooms[k % 2].seats.touch(seats[k % 8])
            rooms[k % 2].seats.join(one.code, "Late", key=f"key-of-a-late-one-{k}")
            rooms[k % 2].play.attend(one.id)

    threads = [threading.Thread(target=person, args=(n,)) for n in range(8)] + [threading.Thread(target=teacher)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert rooms[0].classes.get(one.id) == rooms[1].classes.get(one.id)
    said = [row["text"] for group in one.now.groups for row in room.store.rows(group) if row["kind"] == "say"]
    assert sorted(text for text in said if "-" in text and len(text) == 3) == sorted(acknowledged)
    assert len(acknowledged) > 20
    assert len(one.now.people) == 20


def test_votes_stay_sealed_until_the_ballot_is_opened(klass, room):
    one = klass(protocol="single-text")
    ana, bob = one.seat("Ana"), one.seat("Bob")
    watcher = one.seat("Eve")
    room.teaching.move(TEACHER, one.id, watcher.person, ana.group)
    one.go("negotiate")
    room.play.advance(ana.group)
    draft = next(iter(state(room, ana).drafts))
    assert room.play.act(ana, Vote(draft.id, yes=True), "vote") is None
    mine, theirs, public = (state(room, one.again(seat)) for seat in (ana, bob, watcher))
    assert mine.votes[draft.id][ana.party] is True
    assert theirs.votes[draft.id][ana.party] is public.votes[draft.id][ana.party] is None
    tile = room.teaching.tiles(TEACHER, one.id)[0]
    opened = room.teaching.open_group(TEACHER, one.id, ana.group).state
    assert tile.state.votes == opened.votes == public.votes
    for seen in (theirs, public, tile.state, opened):
        assert Vote(draft.id, yes=True) not in [event.action for event in seen.events]


def test_a_ballot_ends_by_the_clock_and_before_signing(local_class, local, watch):
    one, ana, bob = talks(local_class, protocol="single-text", round_seconds=60)
    local.play.advance(ana.group)
    assert state(local, ana).drafts
    watch.time += 60
    local.play.advance(ana.group)
    assert state(local, ana).round == 1
    assert state(local, ana).drafts
    one.go("sign")
    local.play.advance(ana.group)
    assert not state(local, ana).drafts
    assert state(local, bob).round == 1
    texts = [paper for paper in state(local, ana).papers.values() if state(local, ana).signable(ana.party, paper)]
    assert all(local.play.act(ana, Accept(paper.id), f"sign{paper.id}") is None for paper in texts)


def test_agents_sign_too_while_only_signatures_count(local_class, local):
    one = local_class(case="cloud-for-two")
    ana = one.seat("Ana")
    one.go("negotiate")
    other = next(party for party in one.now.parties if party != ana.party)
    sheet = game_of(local, ana).role(other).preferences
    table = local.play.look(ana).scenario.tables["contract"]
    gift = table.deal(int(sheet.given("contract", {})[: table.size].argmax()))
    assert local.play.act(ana, Offer({"contract": gift}), "k1") is None
    one.go("sign")
    assert local.play.advance(ana.group) == 1
    assert local.play.look(ana).state.bound == {"contract": gift}
