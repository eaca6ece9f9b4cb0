"""What is said in private reaches those it is for, once, and nobody else: in views, and in all that a class sends or keeps."""

import contextlib
import csv
import dataclasses
import io
import itertools
import json
import random
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import PROTOCOLS, STRATEGIES, cases
from support_class import TEACHER, Class

from negotiation.actions import SEALED, Event, Say, Vote
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.keeper import Keeper
from negotiation.classroom.store import Store
from negotiation.classroom.talk import TEACHER as HELP
from negotiation.classroom.wire import Ear
from negotiation.debrief.certificate import certify
from negotiation.debrief.class_data import gather
from negotiation.debrief.export import export
from negotiation.debrief.leaks import bytes_of
from negotiation.debrief.personal import personal_debrief
from negotiation.debrief.report import findings
from negotiation.errors import IllegalAction
from negotiation.game import Game
from negotiation.view import sealed, view

MARK = re.compile(r"word-\d+-")


def reworded(state, me):
    """The same state, had others said other things in private that `me` does not hear."""
    events = tuple(
        Event(event.party, Say("something else altogether", event.action.to))
        if isinstance(event.action, Say) and event.action.to and me not in (event.party, *event.action.to)
        else event
        for event in state.events
    )
    return dataclasses.replace(state, events=events)


@given(cases(), st.sampled_from(PROTOCOLS), st.sampled_from(STRATEGIES), st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_4_what_others_say_in_private_changes_nothing_in_my_view_or_my_acts(case, protocol, strategy, data):
    game = Game(case, strategy=strategy, protocol=protocol, seed=data.draw(st.integers(0, 99)))
    parties = list(case.roles)
    for number in range(data.draw(st.integers(1, 12))):
        if data.draw(st.booleans()):
            game.advance()
            continue
        author = data.draw(st.sampled_from(parties))
        others = [party for party in parties if party != author]
        to = tuple(data.draw(st.lists(st.sampled_from(others), unique=True, max_size=2)))
        with contextlib.suppress(IllegalAction):  # when the talks are over
            game.submit(author, Say(f"word-{number}-", to))
    state = game.state
    for me in (*parties, ""):
        seen = sealed(state, me)
        assert seen == sealed(reworded(state, me), me)
        for number, (event, mine) in enumerate(zip(state.events, seen.events, strict=True)):
            private = isinstance(event.action, Say) and event.action.to
            assert bool(private) == (number in state.private)
            hidden = private and me not in (event.party, *event.action.to)
            if not isinstance(event.action, Vote):  # which have a law of their own
                assert mine == (Event(event.party, Say(SEALED, event.action.to)) if hidden else event)
    me = data.draw(st.sampled_from(parties))
    other = game.at(reworded(state, me))
    assert view(game.protocol, other.state, me, game.seated[me].role) == game.view(me)
    if game.view(me).allowed:
        assert other.decision(me) == game.decision(me)


class Said:
    """A class whose people say things, and what each of them must have heard."""

    def __init__(self, room, dice, surplus, people, protocol):
        self.room, self.dice = room, dice
        self.one = Class(room, surplus=surplus, protocol=protocol, rounds=100)
        tokens = [self.one.join() for _ in range(people)]
        self.one.go("read")
        self.ears = [Ear(room.wire, token) for token in tokens]
        self.group = self.ears[0].seat.group
        self.taken, self.got, self.numbers = [], {ear: [] for ear in self.ears}, itertools.count()
        (table,) = room.play.look(self.ears[0].seat).scenario.tables.values()
        terms = [f"{table.name}.{issue.name}={option}" for issue in table.issues for option in issue.options]
        self.moves = ["", "", "ask priority", *(f"refuse {term}" for term in terms)]
        for ear in self.ears:
            self.listen(ear, ear.hello())

    def listen(self, ear, messages):
        self.got[ear] += [line for m in messages if m["t"] in ("hello", "talk") for line in m["lines"]]

    def say(self):
        ear, everybody = self.dice.choice(self.ears), [*self.one.now.parties, HELP]
        to = self.dice.sample(everybody, self.dice.choice((0, 1, 1, 1, 2, 2, 3)))
        key, mark = f"key-{self.dice.randrange(40)}", f"word-{next(self.numbers)}-"
        stored = self.stored()
        if (
            ear.say(to, mark, key, self.dice.choice(self.moves)) is None and self.stored() > stored
        ):  # else it was an earlier click
            self.taken.append((mark, ear.seat.party, to))

    def stored(self):
        return sum(self.room.store.version(log) for log in (self.group, f"{self.group}.talk"))

    def step(self):
        match self.dice.choice(["say"] * 8 + ["agents", "clock", "listen", "listen", "take"]):
            case "say":
                self.say()
            case "agents":
                self.room.play.advance(self.group)
            case "clock":
                self.room.teaching.pause(TEACHER, self.one.id)
                self.say()
                self.room.teaching.resume(TEACHER, self.one.id)
            case "take":
                party = self.dice.choice(self.one.now.held(self.group))
                self.room.teaching.take_over(TEACHER, self.one.id, self.group, party)
                for _ in range(3):
                    self.say()
                self.room.teaching.hand_back(TEACHER, self.one.id, self.group, party)
            case "listen":
                ear = self.dice.choice(self.ears)
                self.listen(ear, ear.news())

    def heard_by(self, party):
        return [mark for mark, author, to in self.taken if not to or (party and party in (author, *to))]


def marks(told):
    return MARK.findall(told if isinstance(told, str) else json.dumps(told))


@pytest.mark.parametrize("protocol", ["open-floor", "alternating"])
@pytest.mark.parametrize(("surplus", "people"), [("share", 5), ("observe", 4), ("agents", 2)])
def test_a_class_tells_and_keeps_private_words_for_those_who_hear_them(
    monkeypatch, tmp_path, protocol, surplus, people
):
    """Talk by dice in all phases, the clock stopped now and then, agents at seats, clicks that come twice."""
    monkeypatch.setattr(Keeper, "ring", lambda *_: None)
    room = Classroom(Store(str(tmp_path / "class.db")), lambda: 1_000_000.0)
    said = Said(room, random.Random(f"{protocol} {surplus}"), surplus, people, protocol)
    for phase in ("prepare", "negotiate", "sign", ""):
        for _ in range(40 if phase == "sign" else 20):
            said.step()
        if phase:
            said.one.go(phase)
    private = [mark for mark, _, to in said.taken if to]
    acts = [message for message in room.talk.everything(said.group) if message.seq is not None]
    assert len(private) > len(acts) > 3
    for _ in range(2):  # before the debrief, and in it
        told_rightly(room, said, private)
        said.one.go("debrief")
    exported_rightly(room, said, private)
    debriefed_rightly(room, said)
    assert certify(room, said.one.id).clean
    room.store.engine.dispose()


def told_rightly(room, said, private):
    """Every socket, page, view and console has what it must, once, and nothing else; what agents say in private too."""
    with room.store.reading() as look:
        game, state = room.play.games.at(look, said.group)
    for ear in said.ears:
        said.listen(ear, ear.news())
        wanted = said.heard_by(ear.seat.party)
        assert sorted(marks(said.got[ear])) == sorted(wanted)
        assert sorted(marks(ear.hello())) == sorted(wanted)
        assert set(marks(bytes_of([room.play.look(ear.seat)]).decode())) <= set(wanted)
        letters = room.talk.heard(ear.seat)
        assert sorted(marks([message.text for message in letters])) == sorted(set(wanted) & set(private))
        heard = [n for n in state.private if ear.seat.party in (state.events[n].party, *state.events[n].action.to)]
        assert [message.seq for message in letters if message.seq is not None] == heard
        lines = {line["n"]: line for line in said.got[ear] if line["k"] == "private" and "n" in line}
        assert [*lines] == heard
        assert all(lines[n]["text"] == state.events[n].action.text for n in heard)
    found = room.teaching.open_group(TEACHER, said.one.id, said.group)
    assert sorted(marks([message.text for message in found.said])) == sorted(private)
    assert [message.seq for message in found.said if message.seq is not None] == [*state.private]
    assert not set(marks(bytes_of([found.state, *room.teaching.tiles(TEACHER, said.one.id)[0].waiting]).decode())) & {
        *private
    }
    for party in said.one.now.parties:
        assert set(marks(bytes_of([game.view(party, state)]).decode())) <= set(said.heard_by(party))


def exported_rightly(room, said, private):
    """The export holds every private word once, among the messages, and in the log what was an act."""
    with zipfile.ZipFile(io.BytesIO(export(room, said.one.id))) as files:
        rows = csv.DictReader(io.StringIO(files.read("csv/messages.csv").decode("utf-8-sig")))
        messages = [(row["text"], row["seq"]) for row in rows if MARK.fullmatch(row["text"])]
        events, report, log = (
            files.read(name).decode() for name in ("csv/events.csv", "debrief.html", "logs/group-001.jsonl")
        )
    assert sorted(text for text, _ in messages) == sorted(private)
    acts = [text for text, seq in messages if seq]
    aloud = [mark for mark, _, to in said.taken if not to]
    assert sorted(marks(events)) == sorted(aloud)
    assert sorted(marks(log)) == sorted([*aloud, *acts])
    assert not marks(report)


def debriefed_rightly(room, said):
    """What a person reads of the own game quotes nothing that the seat did not hear."""
    found = findings(gather(room, said.one.id))
    for person, (_, party) in found.klass.results.items():
        partner = next(one for one in found.klass.case.roles if one != party)
        told = repr(personal_debrief(found, person, partner))
        assert set(marks(told)) <= set(said.heard_by(party))
