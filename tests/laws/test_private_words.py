"""What is said in private reaches those it is for, once, and nobody else: in views, and in all that a class sends or keeps."""

import contextlib
import csv
import dataclasses
import io
import itertools
import json
import re
import tempfile
import zipfile
from pathlib import Path
from unittest.mock import patch

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
from negotiation.debrief.export import export
from negotiation.debrief.leaks import bytes_of
from negotiation.errors import IllegalAction, Refused
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

    def __init__(self, room, data):
        surplus, people = data.draw(st.sampled_from(["share", "observe"])), data.draw(st.integers(2, 4))
        self.room, self.data = room, data
        self.one = Class(room, surplus=surplus, protocol=data.draw(st.sampled_from(["open-floor", "alternating"])))
        tokens = [self.one.join() for _ in range(people)]
        self.one.go("read")
        self.ears = [Ear(room.wire, token) for token in tokens]
        self.group = self.ears[0].seat.group
        self.taken, self.got, self.numbers = [], {ear: [] for ear in self.ears}, itertools.count()
        for ear in self.ears:
            self.listen(ear, ear.hello())

    def listen(self, ear, messages):
        self.got[ear] += [line for m in messages if m["t"] in ("hello", "talk") for line in m["lines"]]

    def say(self):
        ear = self.data.draw(st.sampled_from(self.ears))
        everybody = st.sampled_from([*self.one.now.parties, HELP])
        to = self.data.draw(st.lists(everybody, unique=True, max_size=3))
        key, mark = self.data.draw(st.sampled_from("abcdefgh")), f"word-{next(self.numbers)}-"
        stored = self.stored()
        if ear.say(to, mark, key) is None and self.stored() > stored:  # else it was an earlier click
            self.taken.append((mark, ear.seat.party, to))

    def stored(self):
        return sum(self.room.store.version(log) for log in (self.group, f"{self.group}.talk"))

    def step(self):
        match self.data.draw(st.sampled_from(["say", "say", "say", "say", "agents", "clock", "listen", "take"])):
            case "say":
                self.say()
            case "agents":
                self.room.play.advance(self.group)
            case "clock":
                paused = self.one.now.clock.since is None
                (self.room.teaching.resume if paused else self.room.teaching.pause)(TEACHER, self.one.id)
            case "take":
                party = self.data.draw(st.sampled_from(self.one.now.parties))
                back = party in self.one.now.groups[self.group].taken
                with contextlib.suppress(Refused):
                    (self.room.teaching.hand_back if back else self.room.teaching.take_over)(
                        TEACHER, self.one.id, self.group, party
                    )
            case "listen":
                ear = self.data.draw(st.sampled_from(self.ears))
                self.listen(ear, ear.news())

    def heard_by(self, party):
        return [mark for mark, author, to in self.taken if not to or (party and party in (author, *to))]


def marks(told):
    return MARK.findall(told if isinstance(told, str) else json.dumps(told))


@given(st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_a_class_tells_and_keeps_private_words_for_those_who_hear_them(data):
    with (
        tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder,
        patch.object(Keeper, "ring", lambda *_: None),
    ):
        room = Classroom(Store(str(Path(folder) / "class.db")), lambda: 1_000_000.0)
        try:
            said = Said(room, data)
            for phase in ("prepare", "negotiate", "sign"):
                for _ in range(data.draw(st.integers(0, 6))):
                    said.step()
                said.one.go(phase)
            for _ in range(data.draw(st.integers(0, 6))):
                said.step()
            private = [mark for mark, _, to in said.taken if to]
            for _ in range(2):  # before the debrief, and in it
                told_rightly(room, said, private)
                said.one.go("debrief")
            exported_rightly(room, said, private)
            assert certify(room, said.one.id).clean
        finally:
            room.store.engine.dispose()


def told_rightly(room, said, private):
    """Every socket, page, view and console has what it must, once, and nothing else."""
    for ear in said.ears:
        said.listen(ear, ear.news())
        wanted = said.heard_by(ear.seat.party)
        assert sorted(marks(said.got[ear])) == sorted(wanted)
        assert sorted(marks(ear.hello())) == sorted(wanted)
        assert set(marks(bytes_of([room.play.look(ear.seat)]).decode())) <= set(wanted)
        letters = [message.text for message in room.talk.heard(ear.seat)]
        assert sorted(letters) == sorted(set(wanted) & set(private))
    found = room.teaching.open_group(TEACHER, said.one.id, said.group)
    assert sorted(message.text for message in found.said) == sorted(private)
    assert not set(marks(bytes_of([found.state, *room.teaching.tiles(TEACHER, said.one.id)[0].waiting]).decode())) & {
        *private
    }
    with room.store.reading() as look:
        game, state = room.play.games.at(look, said.group)
    for party in said.one.now.parties:
        assert set(marks(bytes_of([game.view(party, state)]).decode())) <= set(said.heard_by(party))


def exported_rightly(room, said, private):
    """The export holds every private word once, among the messages, and in the log what was an act."""
    with zipfile.ZipFile(io.BytesIO(export(room, said.one.id))) as files:
        rows = csv.DictReader(io.StringIO(files.read("csv/messages.csv").decode("utf-8-sig")))
        messages = [(row["text"], row["seq"]) for row in rows]
        events, report, log = (
            files.read(name).decode() for name in ("csv/events.csv", "debrief.html", "logs/group-001.jsonl")
        )
    assert sorted(text for text, _ in messages) == sorted(private)
    acts = [text for text, seq in messages if seq]
    aloud = [mark for mark, _, to in said.taken if not to]
    assert sorted(marks(events)) == sorted(aloud)
    assert sorted(marks(log)) == sorted([*aloud, *acts])
    assert not marks(report)
