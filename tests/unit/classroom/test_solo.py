"""Games that outlive their process: cut anywhere, asked twice, opened by two servers at once."""

import time

import pytest
from sqlalchemy import insert, update
from unit_small import SMALL

from negotiation.actions import Offer, Pass, Say
from negotiation.classroom.schema import events
from negotiation.classroom.solo import LASTS, Solo
from negotiation.errors import IllegalAction, LogError
from negotiation.formats import loads
from negotiation.formats.log import encode


@pytest.fixture
def place(folder):
    return str(folder / "data" / "games.db")


def start(solo, **options):
    return solo.start(case="cloud-for-two", seats={"kaido": "person"}, seed=4, **options)


def test_a_game_goes_on_after_the_process_has_died(place, opened):
    solo = Solo(opened(place))
    game = start(solo)
    before = solo.act(game, "kaido", Say("Hello."), "r1").state
    again = Solo(opened(place))
    assert again.load(game).state == before
    assert again.person(again.load(game)) == "kaido"
    assert again.saved(game)[0]["case"] == "cloud-for-two"
    assert len(again.saved(game)[1]) == len(before.events)


def test_a_crash_between_my_act_and_the_answer_loses_neither(place, opened, monkeypatch):
    solo = Solo(opened(place))
    game = start(solo)
    whole = Solo(opened(place + "2"))
    twin = start(whole)
    for one, name in ((solo, game), (whole, twin)):
        one.load(name)

    def dies(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(solo, "_answer", dies)
    with pytest.raises(KeyboardInterrupt):
        solo.act(game, "kaido", Pass(), "r1")
    reopened = Solo(opened(place)).load(game)
    assert reopened.state == whole.act(twin, "kaido", Pass(), "r1").state


def test_the_same_request_counts_once(place, opened):
    solo = Solo(opened(place))
    game = start(solo)
    first = solo.act(game, "kaido", Say("Hello."), "click").state
    assert solo.act(game, "kaido", Say("Hello."), "click").state == first
    assert solo.act(game, "kaido", Say("Hello."), "another").state != first


def test_a_refused_act_keeps_nothing(place, opened):
    solo = Solo(opened(place))
    game = start(solo)
    before = solo.load(game).state
    with pytest.raises(IllegalAction, match="kaido offered nothing"):
        solo.act(game, "kaido", Offer({}), "r1")
    assert solo.load(game).state == before
    assert Solo(opened(place)).load(game).state == before


def test_two_servers_on_one_database_agree(place, opened):
    one, two = Solo(opened(place)), Solo(opened(place))
    game = start(one)
    one.load(game)
    two.load(game)
    one.act(game, "kaido", Say("From the first."), "a")
    two.act(game, "kaido", Say("From the second."), "b")
    assert one.load(game).state == two.load(game).state
    said = [e.action.text for e in one.load(game).state.events if isinstance(e.action, Say)]
    assert said == ["From the first.", "From the second."]


def test_an_event_that_came_first_elsewhere_is_taken_in_and_mine_follows(place, opened, monkeypatch):
    solo = Solo(opened(place))
    game = start(solo)
    model = solo.load(game)
    other = Solo(opened(place))
    keep, beaten = solo._keep, []

    def late(*args):
        if not beaten:
            beaten.append(1)
            other.act(game, "kaido", Say("First!"), "x")
        keep(*args)

    monkeypatch.setattr(solo, "_keep", late)
    state = solo.act(game, "kaido", Say("Second."), "y").state
    said = [e.action.text for e in state.events if isinstance(e.action, Say)]
    assert said == ["First!", "Second."]
    assert model is not solo.load(game)


def test_agents_answers_that_are_there_already_are_taken_over(place, opened, monkeypatch):
    solo, other = Solo(opened(place)), Solo(opened(place))
    game = start(solo)
    keep, beaten = solo._keep, []

    def late(*args):
        if not beaten:
            beaten.append(1)
            other.load(game)
        keep(*args)

    monkeypatch.setattr(solo, "_keep", late)
    assert solo.load(game).state == other.load(game).state
    assert beaten


def test_a_game_with_a_case_of_its_own_reopens(place, opened):
    solo = Solo(opened(place))
    game = solo.start(case=loads(SMALL, "small.yaml"), seats={"anna": "person"})
    before = solo.act(game, "anna", Say("Hello."), "r").state
    assert Solo(opened(place)).load(game).state == before


def test_a_game_under_other_rules_is_refused(place, opened, monkeypatch):
    solo = Solo(opened(place))
    game = start(solo)
    monkeypatch.setattr("negotiation.classroom.cases.VERSION", 2)
    with pytest.raises(LogError, match="follows rules 1, this program has rules 2"):
        solo.load(game)


def test_a_game_of_a_class_is_not_to_be_had_by_its_id(place, opened):
    kept = opened(place)
    with kept.writing() as write:
        game = write.create({"case": "cloud-for-two"}, kind="game")
    for use in (Solo(kept).load, Solo(kept).saved):
        with pytest.raises(LogError, match="to play alone"):
            use(game)


def test_only_so_many_games_stay_in_memory(place, opened, monkeypatch):
    monkeypatch.setattr("negotiation.classroom.solo.MOST_OPEN", 2)
    solo = Solo(opened(place))
    names = [start(solo) for _ in range(4)]
    for name in names:
        solo.load(name)
    assert list(solo._open) == names[-2:]


def test_a_game_without_a_person_has_nobody_to_ask(place, opened):
    solo = Solo(opened(place))
    game = solo.start(case="cloud-for-two")
    with pytest.raises(LogError, match="nobody sits at a screen"):
        solo.person(solo.load(game))


def test_unknown_games_are_named(place, opened):
    with pytest.raises(LogError, match="there is no game 'nonsense' in this database"):
        Solo(opened(place)).load("nonsense")


def test_rows_are_what_a_log_has(place, opened):
    solo = Solo(opened(place))
    game = start(solo)
    state = solo.act(game, "kaido", Say("Hello."), "r").state
    assert solo.saved(game)[1] == [encode(state.scenario, event) for event in state.events]


def test_games_of_passers_by_end_a_month_after_their_last_act_and_others_never(place, opened):
    store = opened(place)
    solo = Solo(store)
    mine, old = start(solo), start(solo, passing=True)
    solo.load(old)
    fresh = start(solo, passing=True)
    later = time.time() + LASTS + 1
    with store.writing() as write:
        write.connection.execute(update(events).where(events.c.log == fresh).values(at=later))
        played = {"log": fresh, "seq": 900, "row": "{}", "request": None, "at": later}
        write.connection.execute(insert(events), played)
    assert solo.expire(time.time()) == 0
    assert solo.expire(later) == 1
    with pytest.raises(LogError, match="there is no game"):
        Solo(store).load(old)
    assert store.rows(old) == []
    assert store.setup(fresh)
    assert Solo(store).load(mine)
    assert solo._expired == later
    other = Solo(store)
    start(other, passing=True)
    assert other._expired > 0
