"""Private words between parties are acts of the game while it takes them; else they are as they always were."""

import csv
import io
import json
import zipfile

import pytest
from sqlalchemy import update
from support_class import TEACHER, Class

from negotiation.actions import SEALED, Offer, Say
from negotiation.classroom.classes import talk_of
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.keeper import Keeper
from negotiation.classroom.privacy import forget
from negotiation.classroom.schema import logs
from negotiation.classroom.talk import ALONE
from negotiation.classroom.talk import TEACHER as HELP
from negotiation.classroom.wire import Ear
from negotiation.debrief.certificate import certify
from negotiation.debrief.export import export
from negotiation.debrief.leaks import bytes_of
from negotiation.formats.log import parse
from negotiation.record import reopen


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    """The groups whose agents would have looked; in these tests they do so when told."""
    groups = []
    monkeypatch.setattr(Keeper, "ring", lambda _, group: groups.append(group))
    return groups


def says(room, group):
    """The words in the game of a group: author, hearers and text."""
    return [(r["party"], r.get("to", []), r["text"]) for r in room.store.rows(group) if r["kind"] == "say"]


def kept(room, group):
    """The words beside the game: hearers and text."""
    return [(row["to"], row["text"]) for row in room.store.rows(talk_of(group))]


def texts(messages):
    return [line.get("text") for message in messages if message["t"] in ("hello", "talk") for line in message["lines"]]


def trio(room, **settings):
    """Three people in the flagship, whose other seats are agents', and their group."""
    one = Class(room, case="alliance-2023", **settings)
    seats = [one.seat(name) for name in ("Ana", "Bob", "Cyn")]
    return one, seats, seats[0].group


def test_a_private_word_is_an_act_that_its_hearers_read_and_others_see_sealed(room):
    one, (ana, bob, cyn), group = trio(room)
    one.go("negotiate")
    agent, deaf = [party for party in one.now.parties if party not in (ana.party, bob.party, cyn.party)][:2]
    assert room.talk.whisper(ana, [bob.party, agent, bob.party], " Just us three. ", "k1") is None
    assert room.talk.whisper(ana, [bob.party, agent], "Once more.", "k1") is None  # the same click
    assert says(room, group) == [(ana.party, [bob.party, agent], "Just us three.")]
    assert kept(room, group) == []
    heard = Say("Just us three.", (bob.party, agent))
    for seat in (ana, bob):
        look = room.play.look(seat)
        assert [event.action for event in look.view.state.events] == [event.action for event in look.state.events]
        assert look.state.events[0].action == heard
    covered = Say(SEALED, (bob.party, agent))
    assert room.play.look(cyn).view.state.events[0].action == room.play.look(cyn).state.events[0].action == covered
    with room.store.reading() as look:
        game, state = room.play.games.at(look, group)
    assert game.view(agent, state).state.events[0].action == heard
    assert game.view(deaf, state).state.events[0].action == covered
    assert state.private == (0,)
    with room.store.reading() as look:
        assert [who for _, who, _ in look.authored(group)] == [ana.person]


@pytest.mark.parametrize("phase", ["read", "prepare"])
def test_before_the_talks_private_words_are_kept_beside_the_game(local, phase):
    """People keep what they have; agents, who have nothing to do yet, do not hear."""
    one, (ana, bob, cyn), group = trio(local)
    one.go(phase)
    agent = next(p for p in one.now.parties if p not in (ana.party, bob.party, cyn.party))
    assert local.talk.whisper(ana, [bob.party], "Shall we?", "k1") is None
    assert f"nobody at {agent!r}" in local.talk.whisper(ana, [agent], "Hello?", "k2")
    assert (says(local, group), kept(local, group)) == ([], [([bob.party], "Shall we?")])
    one.go("negotiate")
    assert local.talk.whisper(ana, [bob.party], "Shall we?", "k1") is None  # sent again when the talks have begun
    assert local.talk.whisper(bob, [ana.party], "We shall.", "k3") is None
    assert says(local, group) == [(bob.party, [ana.party], "We shall.")]
    for seat in (ana, bob):
        assert [message.text for message in local.talk.heard(seat)] == ["Shall we?", "We shall."]
    assert local.talk.heard(cyn) == ()
    one.go("sign")
    assert local.talk.whisper(bob, [ana.party, agent], "Sign it.", "k4") is None
    assert says(local, group)[-1] == (bob.party, [ana.party, agent], "Sign it.")
    one.go("debrief")
    assert "from reading to signing" in local.talk.whisper(bob, [ana.party], "Well.", "k5")


def test_while_the_game_takes_no_act_people_go_on_and_agents_cannot_be_told(local):
    one, (ana, bob, cyn), group = trio(local, minutes={"negotiate": 10})
    one.go("negotiate")
    agent = next(p for p in one.now.parties if p not in (ana.party, bob.party, cyn.party))
    local.teaching.pause(TEACHER, one.id)
    assert local.talk.whisper(ana, [bob.party], "While it stands.", "k1") is None
    assert "the clock stands" in local.talk.whisper(ana, [agent], "Hello?", "k2")
    assert "the clock stands" in local.talk.whisper(ana, [bob.party, agent], "Both?", "k3")
    local.teaching.resume(TEACHER, one.id)
    local.teaching.take_over(TEACHER, one.id, group, bob.party)
    assert local.talk.whisper(bob, [ana.party], "I am still here.", "k4") is None
    assert f"nobody at {agent!r}" in local.talk.whisper(bob, [agent], "You too?", "k5")
    assert says(local, group) == []
    assert kept(local, group) == [([bob.party], "While it stands."), ([ana.party], "I am still here.")]
    assert local.talk.whisper(ana, [bob.party], "Is that you?", "k6") is None  # heard by the agent, and by Bob
    assert says(local, group) == [(ana.party, [bob.party], "Is that you?")]
    assert [message.text for message in local.talk.heard(bob)][-1] == "Is that you?"
    with local.store.reading() as look:
        game, state = local.play.games.at(look, group)
    assert game.view(bob.party, state).state.events[-1].action.text == "Is that you?"


def test_when_the_talks_of_a_group_are_over_its_people_still_talk(local):
    one = Class(local, case="cloud-for-two")
    ana, bob = one.seat("Ana"), one.seat("Bob")
    one.go("negotiate")
    table = next(iter(local.play.look(ana).scenario.tables))
    assert local.play.act(ana, Offer({table: local.play.look(ana).scenario.tables[table].deal(0)}), "o") is None
    assert local.play.send(bob, {"kind": "accept", "paper": 0}, "s") is None
    assert local.play.look(ana).state.over
    assert local.talk.whisper(ana, [bob.party], "Well done.", "k") is None
    assert (says(local, ana.group), kept(local, ana.group)) == ([], [([bob.party], "Well done.")])


def test_words_for_the_teacher_or_the_own_team_too_are_no_acts(local):
    one = Class(local, case="any-two-of-three", surplus="share")
    tokens = [one.join(name) for name in ("Ana", "Bob", "Cyn", "Dan")]
    one.go("negotiate")
    seats = [local.seats.identify(token) for token in tokens]
    mine = next(seat for seat in seats if len(one.now.at(seat.group, seat.party)) == 2)
    other = next(seat for seat in seats if seat.party != mine.party)
    for n, to in enumerate(([mine.party], [HELP], [other.party, HELP], [mine.party, other.party])):
        assert local.talk.whisper(mine, to, f"word {n}", f"k{n}") is None
    assert says(local, mine.group) == []
    assert len(kept(local, mine.group)) == 4
    assert [message.text for message in local.talk.heard(other)] == ["word 2", "word 3"]
    local.teaching.take_over(TEACHER, one.id, other.group, other.party)
    assert local.talk.whisper(mine, [other.party, HELP], "Is this allowed?", "k8") == ALONE
    assert local.talk.whisper(mine, [other.party], "Alone then.", "k9") is None
    assert says(local, mine.group) == [(mine.party, [other.party], "Alone then.")]


def test_the_socket_tells_private_acts_to_those_who_hear_them_only(room, rung):
    one = Class(room, case="any-two-of-three", surplus="observe")
    ears = [Ear(room.wire, one.join(name)) for name in ("Ana", "Bob", "Cyn", "Eve")]
    one.go("negotiate")
    for ear in ears:
        ear.hello()
    (watching,) = [ear for ear in ears if not ear.seat.party]
    ana, bob, cyn = (ear for ear in ears if ear is not watching)
    act = {"kind": "say", "text": "If you follow, I pay.", "to": [bob.seat.party], "moves": "courtesy hurry"}
    assert ana.act(act, "k1", None) is None
    assert bob.say([ana.seat.party], "Done.", "k2") is None
    assert rung == []  # no agent hears them
    mine, theirs = ana.news()[0]["lines"], bob.news()[0]["lines"]
    assert mine == [
        {
            **mine[0],
            "n": 0,
            "k": "private",
            "who": ana.seat.party,
            "to": [bob.seat.party],
            "text": act["text"],
            "mine": True,
        },
        {**mine[1], "n": 1, "k": "private", "who": bob.seat.party, "to": [ana.seat.party], "text": "Done."},
    ]
    assert [line.get("mine") for line in theirs] == [None, True]
    for ear in (cyn, watching):
        assert ear.news() == []
        told = json.dumps(ear.hello()) + bytes_of([room.play.look(ear.seat)]).decode()
        assert "Done" not in told
        assert "I pay" not in told
        assert "hurry" not in told
    for n, other in enumerate(("clock", ana.seat.party, 5, None)):
        assert ana.act({**act, "to": [other]}, f"k-{n}", None)
    room.teaching.pause(TEACHER, one.id)
    assert "the clock stands" in ana.act({**act, "to": []}, "k-4", None)
    assert ana.act({**act, "to": [HELP]}, "k-5", None) is None
    assert ana.act(act, "k-6", None) is None
    assert kept(room, ana.seat.group) == [([HELP], act["text"]), ([bob.seat.party], act["text"])]
    assert [message.moves for message in room.talk.everything(ana.seat.group)] == ["courtesy hurry", "", "", ""]


def test_private_words_can_have_a_meaning_for_agents(room):
    """As in the game: what means nothing is refused whoever hears it, and people alone need no moves."""
    one = Class(room, case="any-two-of-three")
    ana, bob = (Ear(room.wire, one.join(name)) for name in ("Ana", "Bob"))
    mine, theirs = ana.seat.party, bob.seat.party
    one.go("read")
    assert ana.say([theirs], "Hello.", "k0", "courtesy greeting") is None
    one.go("negotiate")
    agent = next(party for party in one.now.parties if party not in (mine, theirs))
    assert ana.say([agent], "What matters to you?", "k1", f"ask priority -> {agent}") is None
    assert ana.say([], "And to you all?", "k2", "ask priority") is None
    for n, (moves, why) in enumerate(
        (
            (f"ask priority -> {mine}", "nobody asks itself"),
            ("nonsense", "nonsense"),
            ("ask priority nowhere", "nowhere"),
        )
    ):
        assert why in ana.say([theirs], "Well?", f"k-{n}", moves)
        assert why in ana.say([theirs], "Well?", f"k-{n}", moves)
    rows = [(row["text"], row.get("to", []), row["moves"]) for row in room.store.rows(ana.seat.group)]
    assert rows == [
        ("What matters to you?", [agent], f"ask priority -> {agent}"),
        ("And to you all?", [], "ask priority"),
    ]
    assert kept(room, ana.seat.group) == [([theirs], "Hello.")]
    room.play.advance(ana.seat.group)
    answers = [row for row in room.store.rows(ana.seat.group)[2:] if row["kind"] == "say" and row["party"] == agent]
    assert any(mine in row.get("to", [mine]) for row in answers)


@pytest.mark.parametrize("phase", ["negotiate", "sign"])
@pytest.mark.parametrize("talk", ["en", ""])
def test_an_agent_answers_in_private_and_once_also_when_only_signatures_are_left(local, phase, talk):
    one, (ana, bob, cyn), group = trio(local, talk=talk)
    agent = next(p for p in one.now.parties if p not in (ana.party, bob.party, cyn.party))
    one.go("negotiate")
    local.play.advance(group)
    one.go(phase)
    local.play.advance(group)
    before = len(says(local, group))
    assert local.talk.whisper(ana, [agent], "What matters to you?", "k", f"ask priority -> {agent}") is None
    for _ in range(3):
        local.play.advance(group)
    answers = [said for said in says(local, group)[before + 1 :] if said[0] == agent]
    assert [to for _, to, _ in answers] == ([[ana.party]] if talk else [])


def test_who_has_whispered_a_round_long_still_acts_and_is_heard(local):
    """Words have a bound of their own; beyond it people go on beside the game, and agents hear in the next round."""
    one, (ana, bob, cyn), group = trio(local, talk="")
    one.go("negotiate")
    agent = next(p for p in one.now.parties if p not in (ana.party, bob.party, cyn.party))
    local.classes.often.most = 1000
    for n in range(70):
        assert local.talk.whisper(ana, [bob.party], f"word {n}", f"k{n}") is None
    assert (len(says(local, group)), len(kept(local, group))) == (60, 10)
    assert [message.text for message in local.talk.heard(bob)] == [f"word {n}" for n in range(70)]
    assert "has spoken 60 times" in local.talk.whisper(ana, [agent], "And you?", "k70")
    scenario = local.play.look(ana).scenario
    table = next(scenario.tables[name] for name in scenario.at(ana.party))
    assert local.play.act(ana, Offer({table.name: table.deal(0)}), "o") is None


def test_agents_among_the_hearers_are_rung(local, rung):
    one = Class(local, case="alliance-2023")
    ana, bob = (Ear(local.wire, one.join(name)) for name in ("Ana", "Bob"))
    one.go("negotiate")
    agent = next(p for p in one.now.parties if p not in (ana.seat.party, bob.seat.party))
    may = next(message for message in ana.hello() if message["t"] == "mark")["may"]
    assert may["to"] == [*(party for party in one.now.parties if party != ana.seat.party), HELP]
    assert ana.say([HELP], "Help!", "k1") is None
    assert ana.say([bob.seat.party], "Bob?", "k2") is None
    assert rung == []
    assert ana.say([agent], "You there?", "k3") is None
    assert "nobody at 'x'" in ana.say(["x"], "You there?", "k4")
    assert rung == [ana.seat.group]


def test_seats_that_only_agents_have_can_be_spoken_to(local):
    one = Class(local, case="any-two-of-three", agents={"aster": "linear"})
    ana = one.seat("Ana")
    one.go("negotiate")
    assert ana.party != "aster"
    assert local.talk.whisper(ana, ["aster"], "What matters to you?", "k") is None
    assert says(local, ana.group) == [(ana.party, ["aster"], "What matters to you?")]


def test_talk_of_old_databases_and_new_acts_are_read_together(room):
    """What a database of before holds is read, shown and exported as ever, and nothing of it twice."""
    one, (ana, bob, cyn), group = trio(room)
    one.go("negotiate")
    old = {"name": "Ana", "party": ana.party, "to": [bob.party], "text": "An old word.", "person": ana.person}
    room.store.append(talk_of(group), 0, [old, {**old, "text": "Another.", "to": [HELP]}])
    assert room.talk.whisper(bob, [ana.party], "A new word.", "k1") is None
    assert room.play.act(bob, Say("Aloud."), "k2") is None
    assert room.talk.whisper(ana, [HELP], "Help!", "k3") is None
    ear = Ear(room.wire, room.seats.join(room.seats.device(one.id, bob.person, "Tea"), "", key="k" * 16))
    assert texts(ear.hello()) == ["An old word.", "A new word.", "Aloud."]
    assert [message.text for message in room.talk.heard(bob)] == ["An old word.", "A new word."]
    assert room.talk.heard(cyn) == ()
    found = room.teaching.open_group(TEACHER, one.id, group)
    assert [message.text for message in found.said] == ["An old word.", "Another.", "A new word.", "Help!"]
    assert [(message.name, message.seq) for message in found.said] == [("Ana", None)] * 2 + [("Bob", 0), ("Ana", None)]
    assert "A new word" not in bytes_of([found.state]).decode()


def test_a_class_of_before_agents_spoke_stays_as_silent_as_it_was(room, address, opened, watch):
    one = Class(room, homework=True)
    one.seat("Ana")
    with room.store.writing() as write:
        setup = room.store.setup(one.id)
        assert setup["settings"].pop("talk") == "en"
        write.connection.execute(update(logs).where(logs.c.id == one.id).values(setup=json.dumps(setup)))
    again = Classroom(opened(address), watch)
    assert again.classes.get(one.id).settings.talk == ""
    bob = again.seats.identify(again.seats.join(one.code, "Bob", key="key-of-person-0099"))
    assert "talk" not in again.store.setup(bob.group)
    assert again.play.act(bob, Say("Anybody there?"), "k") is None
    again.play.advance(bob.group)
    assert {row["party"] for row in again.store.rows(bob.group) if row["kind"] == "say"} == {bob.party}


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        return {name: folder.read(name) for name in folder.namelist()}


def test_exports_hold_private_acts_once_as_messages_and_the_log_in_full(local):
    one, (ana, bob, cyn), group = trio(local)
    agent = next(p for p in one.now.parties if p not in (ana.party, bob.party, cyn.party))
    one.go("read")
    assert local.talk.whisper(ana, [bob.party], "Before the talks.", "k0") is None
    one.go("negotiate")
    act = {"kind": "say", "text": "Time is short, partner.", "to": [agent], "moves": "courtesy hurry"}
    assert local.play.send(ana, act, "k1") is None
    local.store.append(group, 1, [{"party": agent, "kind": "say", "text": "=So|it is", "to": [ana.party, bob.party]}])
    assert local.play.act(bob, Say("=SUM(1)"), "k2") is None
    for names in (True, False):
        files = unzipped(export(local, one.id, names=names))
        rows = list(csv.DictReader(io.StringIO(files["csv/messages.csv"].decode("utf-8-sig"))))
        assert [(row["text"], row["moves"], row["seq"]) for row in rows] == [
            ("Before the talks.", "", ""),
            ("Time is short, partner.", "courtesy hurry", "0"),
            ("'=So|it is", "", "1"),
        ]
        assert [row["from"] for row in rows][-1] == "agent"
        assert [row["to"] for row in rows][1:] == [agent, f"{ana.party}, {bob.party}"]
        events = list(csv.DictReader(io.StringIO(files["csv/events.csv"].decode("utf-8-sig"))))
        assert [(row["text"], row["to"]) for row in events] == [
            (SEALED, agent),
            (SEALED, f"{ana.party}, {bob.party}"),
            ("'=SUM(1)", ""),
        ]
        assert b"Time is short" not in files["debrief.html"]
        head, log = parse(files["logs/group-001.jsonl"].decode(), "log")
        game = reopen(head, log)
        assert [event.action.text for event in game.state.events] == [act["text"], "=So|it is", "=SUM(1)"]
        assert len(game.state.events[0].action.moves) == 1
    people = list(csv.DictReader(io.StringIO(files["csv/people.csv"].decode("utf-8-sig"))))
    assert sum(int(row["acts"] or 0) for row in people) == 2


def test_an_act_stored_after_the_class_was_gathered_is_no_trouble(local, monkeypatch):
    one, (ana, bob, _), _ = trio(local)
    one.go("negotiate")
    assert local.talk.whisper(ana, [bob.party], "In time.", "k1") is None
    honest = local.talk.everything

    def late(group):
        local.talk.whisper(ana, [bob.party], "Late.", f"late-{len(honest(group))}")
        return honest(group)

    monkeypatch.setattr(local.talk, "everything", late)
    log = unzipped(export(local, one.id))["logs/group-001.jsonl"].decode()
    assert "In time." in log
    assert "Late." not in log


def test_a_forgotten_name_stands_at_no_private_act(local):
    one, (ana, bob, _), group = trio(local)
    one.go("negotiate")
    assert local.talk.whisper(ana, [bob.party], "hello", "w") is None
    ear = Ear(local.wire, local.seats.join(local.seats.device(one.id, ana.person, "Tea"), "", key="k" * 16))
    ear.hello()
    forget(local.classes, TEACHER, one.id, ana.person)
    assert [(message.name, message.text) for message in local.talk.heard(bob)] == [("P01", "hello")]
    assert [message.name for message in local.talk.everything(group)] == ["P01"]
    assert "Ana" not in json.dumps(ear.news())


def test_who_whispers_holds_nobody_up_and_the_group_is_not_quiet(local, watch):
    one, (ana, bob, _), _ = trio(local)
    one.go("negotiate")
    assert {p.name for p in local.teaching.tiles(TEACHER, one.id)[0].waiting} == {"Ana", "Bob", "Cyn"}
    assert local.talk.whisper(ana, [bob.party], "Psst.", "k1") is None
    (tile,) = local.teaching.tiles(TEACHER, one.id)
    assert {p.name for p in tile.waiting} == {"Bob", "Cyn"}
    assert tile.silent is not None
    assert "Psst" not in bytes_of([tile.state]).decode()


def test_one_click_on_two_servers_is_one_act(room, address, opened, watch):
    one, (ana, bob, _), group = trio(room)
    one.go("negotiate")
    other = Classroom(opened(address), watch)
    for _ in range(2):
        assert [at.talk.whisper(ana, [bob.party], "Once.", "k") for at in (room, other)] == [None, None]
    assert says(room, group) == [(ana.party, [bob.party], "Once.")]
    assert [message.text for message in other.talk.heard(bob)] == ["Once."]


def test_the_certificate_finds_private_words_that_reach_somebody_else(local, monkeypatch):
    one, (ana, bob, cyn), _ = trio(local)
    one.go("negotiate")
    assert local.talk.whisper(ana, [bob.party], "Between us, 27.3 points.", "k1") is None
    assert local.talk.whisper(bob, [cyn.party], "I know something.", "k2") is None
    honest = certify(local, one.id)
    assert honest.clean
    monkeypatch.setattr("negotiation.view.hears", lambda party, author, to: True)
    found = certify(local, one.id)
    assert {leak.seat for leak in found.leaks} > {ana.party, cyn.party}
