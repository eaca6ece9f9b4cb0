"""A class gathered from its store: what counts, who sat where, what the teacher put on record."""

import itertools
from dataclasses import replace

import pytest
from support_class import TEACHER, Class, play_out, played, seated

from negotiation.actions import Pass, Say
from negotiation.debrief import outcomes, process
from negotiation.debrief.class_data import gather, pseudonym
from negotiation.debrief.export_rows import group_rows
from negotiation.debrief.outcomes import board
from negotiation.debrief.personal import result_of
from negotiation.debrief.report import findings
from negotiation.errors import Refused
from negotiation.record import reopen, result
from negotiation.reports.blocks import Text
from negotiation.reports.result_text import result_text
from negotiation.worth import worth


def test_a_class_has_its_groups_its_people_and_equal_pseudonyms(flagship):
    room, one, seats = flagship
    klass = gather(room, one.id)
    assert [group.number for group in klass.groups] == [1, 2, 3]
    assert klass.groups == klass.every == klass.alike
    first = klass.groups[0]
    mine = next(seat for seat in seats if seat.group == first.id)
    assert [person.id for person in first.people[mine.party]] == [mine.person]
    assert klass.seated(first, mine.party) == mine.name
    last = klass.groups[2]
    [empty] = [party for party, people in last.people.items() if not people]
    assert klass.seated(last, empty) == "agent"
    hidden = gather(room, one.id, names=False)
    assert hidden.called[seats[0].person] == pseudonym(1) == "P01"
    assert not any(seat.name in hidden.called.values() for seat in seats)
    assert klass.group(first.id) is first
    with pytest.raises(Refused, match="no such group"):
        klass.group("nowhere")
    assert klass.title("mitsubishi") == "Mitsubishi Motors"
    assert first.minutes is not None
    assert len(first.at) == len(first.state.events)


def test_a_class_is_told_in_a_language_with_the_same_numbers(flagship):
    room, one, _ = flagship
    klass = gather(room, one.id)
    assert klass.told("en") is klass
    told = klass.told("fr")
    assert told.title("mitsubishi") == "Mitsubishi Motors"
    assert told.case.scenario.title == "Alliance 2023\N{NO-BREAK SPACE}: restructurer Renault-Nissan-Mitsubishi"
    assert told.session.title == told.case.scenario.title
    own = replace(klass, session=replace(klass.session, title="Monday"))
    assert own.told("fr").session.title == "Monday"
    assert [group.id for group in told.groups] == [group.id for group in klass.groups]
    assert [group.points for group in told.groups] == [group.points for group in klass.groups]
    for mine, theirs in zip(klass.every, told.every, strict=True):
        assert theirs.state.scenario is theirs.words.scenario is theirs.game.case.scenario is told.case.scenario
        assert mine.state.scenario is klass.case.scenario
    assert told.groups == told.every


def test_points_are_those_of_the_game(flagship):
    room, one, _ = flagship
    for group in gather(room, one.id).groups:
        assert group.points == pytest.approx(group.game.points(group.state, group.state.outcome))
        for party, gain in group.gains.items():
            assert gain == pytest.approx(group.points[party] - group.sheets[party].score({}))
        assert set(group.signed) == set(group.state.bound)


def test_nothing_to_gather_is_said(rooms):
    room = rooms()
    one = Class(room, arrive=False)
    with pytest.raises(Refused, match="no group has played"):
        gather(room, one.id)


def test_what_the_teacher_put_on_record_counts(rooms):
    room = rooms()
    one, _ = played(room, 3)
    before = gather(room, one.id).groups[0]
    table = next(iter(before.state.scenario.tables.values()))
    other = table.deal((table.index(before.outcome[table.name]) + 1) % table.size if before.outcome[table.name] else 0)
    room.teaching.correct(TEACHER, one.id, before.id, {table.name: table.name_of(other)}, "they shook hands on this")
    after = gather(room, one.id).groups[0]
    assert after.outcome[table.name] == other
    assert [fact.why for fact in after.corrections] == ["they shook hands on this"]
    assert after.on_record == (table.name,)
    assert after.points != before.points
    room.teaching.correct(TEACHER, one.id, before.id, {table.name: None}, "they did not")
    undone = gather(room, one.id).groups[0]
    assert table.name not in undone.signed
    assert undone.minutes is not None


def test_what_no_group_can_have_agreed_is_not_put_on_record(rooms):
    room = rooms()
    one, seats = seated(room, 6, case="alliance-2023")
    tables = room.play.look(seats[0]).scenario.tables
    table = next(table for table in tables.values() if table.size < table.raw)
    legal = {tuple(column) for column in table.grid.T.tolist()}
    sizes = [range(len(issue.options)) for issue in table.issues]
    wrong = next(deal for deal in itertools.product(*sizes) if deal not in legal)
    with pytest.raises(Refused, match="cannot be signed"):
        room.teaching.correct(TEACHER, one.id, seats[0].group, {table.name: table.name_of(wrong)}, "why")


def test_who_has_left_counts_for_the_seat_left_last_and_closed_groups_do_not(rooms):
    room = rooms()
    one, seats = seated(room, 4, surplus="share")
    one.go("negotiate")
    room.play.leave(one.again(seats[1]))  # has done nothing
    play_out(one, [group for group in one.now.groups if not one.now.groups[group].closed])
    room.play.leave(one.again(seats[0]))
    one.go("debrief")
    klass = gather(room, one.id)
    assert [group.closed for group in one.now.groups.values()] == [False, True]
    assert klass.every == klass.groups  # nobody ever did anything in the other: it appears nowhere
    assert [group.number for group in klass.groups] == [1]
    theirs = {p.id for people in klass.groups[0].people.values() for p in people}
    assert theirs == {seats[0].person, seats[2].person, seats[3].person}


@pytest.mark.parametrize("counts", ["best", "last"])
def test_homework_compares_the_attempts_that_count(rooms, counts):
    room = rooms()
    one = Class(room, homework=True, rounds=2, counts=counts, fresh=True)
    ana, bob = one.seat("Ana"), one.seat("Bob")
    for n in range(3):
        for number in range(2):
            room.play.act(ana, Pass(), f"p{n}{number}")
            room.play.advance(ana.group)
        assert room.play.again(ana, f"again{n}") is None
        ana = one.again(ana)
    klass = gather(room, one.id)
    assert len(klass.every) == 5
    assert len(klass.groups) == 2
    mine = [group for group in klass.every if any(p.name == "Ana" for p in group.people[ana.party])]
    over = [group for group in mine if group.state.over]
    assert len(mine) == 4
    assert len(over) == 3
    [counted] = [group for group in klass.groups if group in mine]
    points = [group.points[ana.party] for group in over]
    assert counted.points[ana.party] == (max(points) if counts == "best" else points[-1])
    assert bob.group in [group.id for group in klass.groups]


def test_what_was_put_on_record_is_the_same_on_tile_page_and_in_the_debrief(rooms):
    """Of two tables corrected, one after the other, both count, with both reasons; what is not corrected stays told of."""
    room = rooms()
    one, seats = seated(room, 6, case="alliance-2023")
    one.go("negotiate")
    scenario = room.play.look(seats[0]).scenario
    first, second, *_ = scenario.tables.values()
    for table, why in ((first, "on paper"), (second, "Ana said so")):
        room.teaching.correct(TEACHER, one.id, seats[0].group, {table.name: table.name_of(table.deal(0))}, why)
    one.go("debrief")
    group = gather(room, one.id).groups[0]
    [tile] = room.teaching.tiles(TEACHER, one.id)
    assert tile.signed == group.signed == group.on_record == (first.name, second.name)
    assert tile.points == group.points
    assert room.play.look(one.again(seats[0])).points == group.points
    assert [fact.why for fact in group.corrections] == ["on paper", "Ana said so"]
    told = text_of(outcomes.board(gather(room, one.id)))
    for name, table in scenario.tables.items():
        assert (f"group 1, **{table.title}**: " in told) == (name not in group.signed)
    assert "Ana said so." in told
    hidden = text_of(outcomes.board(gather(room, one.id, names=False)))
    assert "Ana" not in hidden
    assert f"put on record by the teacher: {second.title} (" in hidden
    path = process.coalitions(gather(room, one.id), {group.id: ()}).blocks[0]
    assert f"put on record by the teacher: {first.title.partition(' (')[0]}, " in path.rows[0][1]


def text_of(section):
    """All texts and bullets of a section."""
    return " ".join(getattr(block, "text", "") or " ".join(getattr(block, "items", ())) for block in section.blocks)


def test_talks_stopped_in_the_middle_of_a_round_end_as_they_stood(rooms):
    """Page, console, debrief, export and replay tell the same points, and say why the round counts."""
    room = rooms()
    one, seats = seated(room, 3)
    ana = seats[0]
    one.go("negotiate")
    for round_ in range(2):
        for seat in seats:
            room.play.act(seat, Pass(), f"p{round_}")
        room.play.advance(ana.group)
    room.play.act(ana, Say("Wait."), "s")
    look = room.play.look(ana)
    live = worth(look.view.state, look.view.preferences, {}).otherwise
    (tile,) = room.teaching.tiles(TEACHER, one.id, {})
    one.go("debrief")
    klass = gather(room, one.id)
    (group,) = klass.groups
    assert (group.state.round, group.state.rounds_played, group.stopped) == (2, 3, True)
    assert live == tile.points[ana.party] == group.points[ana.party] == room.play.look(ana).points[ana.party]
    assert live == group.unsigned[ana.party] - 3 * group.sheets[ana.party].delay < group.unsigned[ana.party]
    row = group_rows(klass)[0]
    assert (row["rounds_played"], row[f"points.{ana.party}"]) == (3, round(live, 6))
    replayed = result(reopen(group.game.setup, group.game.rows(group.state.events), "x", klass.case))
    assert (replayed["rounds_played"], replayed["scores"][ana.party]) == (3, round(live, 6))
    assert "still open, and the round that is running counts" in result_text(replayed)
    said = "Stopped while a round was running: group 1 in round 3. It counts as played, as it did while it ran."
    assert said in [block.text for block in board(klass).blocks if isinstance(block, Text)]
    assert said in [block.text for block in result_of(findings(klass), ana.person).blocks if isinstance(block, Text)]
