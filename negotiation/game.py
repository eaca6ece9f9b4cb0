"""A game: who sits where, what has happened so far, and what happens next; no clock, no scheduler, no disk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from dataclasses import replace

import numpy as np

from negotiation.actions import CLOCK, LOST, MEDIATOR, Action, Event, Open, Pass, Say, Tick
from negotiation.casting import cast
from negotiation.dice import Dice
from negotiation.errors import IllegalAction, SetupError, unknown
from negotiation.formats import Source, case_from
from negotiation.formats.log import shown
from negotiation.protocols import MOST_ROUNDS, Protocol, protocols
from negotiation.protocols.base import talked_out
from negotiation.protocols.mediator import draft
from negotiation.seating import check, fit, seated, texts
from negotiation.state import State
from negotiation.strategies import Strategy, strategy
from negotiation.strategies.user_files import raised
from negotiation.talk.wording.speech import LANGUAGES
from negotiation.unanswered import Owed, unanswered
from negotiation.view import View, view

MOST_WORDS = 300
"""Characters of the reason why a turn was lost."""


class Game:
    """One negotiation, from the opening to the end of the talks.

    Parameters
    ----------
    case
        A case, or the name or path of one.
    strategy
        Who plays the seats that `seats` does not name.
    seats
        Strategies by party, as text (`boulware:exponent=6`); `person` for a person at a screen.
    protocol
        The name of a protocol.
    rounds
        How many rounds; the case's own number if None.
    seed
        Decides the types and everybody's dice: equal arguments give the same log everywhere. None draws one.
    types
        Private types by party; the others are drawn.
    variant
        A variant of the case (only if `case` is a name or path).
    talk
        The language in which agents speak with each other and with people; empty: they are silent.
    events
        A log to go on from.
    players
        What makes a strategy of the text of a seat. The default loads files and `negmas:` too: only for texts that the
        user typed, never for those of a log, a database or a page.

    Attributes
    ----------
    seats
        Strategies by party, as text.
    seated
        The seats by party, in the order of the case.
    state
        As it stands; `submit` replaces it.
    unsaid
        By party, why its strategy first failed to speak.

    Raises
    ------
    SetupError, ScenarioError
        When the arguments make no game.
    IllegalAction
        When `events` breaks the rules.
    """

    def __init__(
        self,
        case: Source = "alliance-2023",
        *,
        strategy: str = "linear",
        seats: Mapping[str, str] | None = None,
        protocol: str = "open-floor",
        rounds: int | None = None,
        seed: int | None = 0,
        types: Mapping[str, str] | None = None,
        variant: str = "",
        talk: str = "",
        events: Iterable[Event] = (),
        players: Callable[[str], Strategy | None] = strategy,
    ) -> None:
        seats, types = ({} if given is None else given for given in (seats, types))
        check(
            {"strategy": strategy, "protocol": protocol, "variant": variant, "talk": talk},
            {"seats": seats, "types": types},
        )
        self.seed = _seed(seed)
        self.case = case_from(case, variant)
        self.protocol = _protocol(protocol)
        self.types = cast(self.case, self.seed, types)
        self.talk = _language(talk)
        self.seats = texts(self.case, strategy, seats)
        self.seated = seated(self.case, self.types, self.seats, players)
        self._state = self.protocol.opening(self.case.scenario, _rounds(rounds))
        fit(self.case, self.seats, self.seated, protocol)
        self._ahead: tuple[State, str, Action, State] | None = None
        self.unsaid: dict[str, str] = {}
        for event in events:
            self._state = self.protocol.submit(self._state, event.party, event.action)

    @property
    def state(self) -> State:
        """Return the game as it stands."""
        return self._state

    def at(self, state: State, people: Collection[str] = ()) -> Game:
        """Return this game at another of its states, with people deciding for the parties in `people`."""
        other = copy(self)
        other._state, other._ahead = state, None
        other.seated = {p: replace(s, strategy=None) if p in people else s for p, s in self.seated.items()}
        return other

    def told(self, language: str) -> Game:
        """Return this game with the texts of its case in a language: to be shown, not to be played on."""
        other = self.at(self._state.told(language))
        other.case = self.case.told(language)
        other.seated = {p: replace(seat, role=seat.role.told(language)) for p, seat in self.seated.items()}
        return other

    def view(self, party: str) -> View:
        """Return what a party may know now."""
        return view(self.protocol, self._state, party, self.seated[party].role, self.talk)

    def dice(self, party: str) -> Dice:
        """Return the dice of a party's present turn."""
        return Dice(self.seed, self.seated[party].number, self._state.turns.get(party, 0))

    def points(self, party: str, *, ended: bool = False) -> float:
        """Return the points of a party if the talks stop now, delay taken off and discounted.

        `ended`: as at the end of the last round, see `State.rounds_paid`.
        """
        state, preferences = self._state, self.seated[party].role.preferences
        paid = state.rounds_paid(party, ended=ended), state.time_paid(party, ended=ended)
        return preferences.score(state.outcome, *paid)

    def decision(self, party: str) -> Action | None:
        """Return the act that the strategy of a party wants now; None where a person decides."""
        player = self.seated[party].strategy
        return None if player is None else player.decide(self.view(party), self.dice(party))

    def submit(self, party: str, action: Action) -> None:
        """Do one act; a refused act changes nothing.

        Raises
        ------
        IllegalAction
            Who tried what, why not, and what is possible.
        """
        ahead, self._ahead = self._ahead, None
        if ahead and ahead[0] is self._state and ahead[1] == party and ahead[2] is action:
            self._state = ahead[3]
        else:
            self._state = self.protocol.submit(self._state, party, action)

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """Return the people (not agents) who may act now."""
        return self._people(self.protocol.to_move(self._state))

    def _people(self, movers: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(party for party in movers if party in self.seated and self.seated[party].strategy is None)

    def next_act(self) -> tuple[str, Action] | None:
        """Return the next act without a person: an agent's, the mediator's or the clock's; None if people must act.

        Agents act in seating order, one act each in turn, beginning behind the one that acted last. While a person at a
        screen still holds the floor, an agent with nothing to do waits instead of passing, so that it can answer. Where
        agents speak, what was said is answered before anything else, and what was offered before anybody passes.
        """
        movers = self.protocol.to_move(self._state)
        if MEDIATOR in movers:
            turn = self._state.turns.get(MEDIATOR, 0)
            return MEDIATOR, draft(self._state, Dice(self.seed, len(self.seated), turn))
        people = self._people(movers)
        owed = self._owed(movers)
        if said := self._answer(owed, movers):
            return said
        for party in self._in_turn(movers):
            action = self._choice(party)
            waits = people and action == Pass()
            if (
                owed
                and isinstance(action, Pass)
                and not action.words
                and (say := self._words(party, tuple(owed[party].offers)))
            ):
                return party, say
            if action is not None and not waits:
                return party, action
        if people or not movers:
            return None
        return CLOCK, Open() if Open in self.protocol.allowed(self._state, CLOCK) else Tick()

    def answer(self) -> tuple[str, Action] | None:
        """Return what an agent says to what it owes an answer to, when nothing else is done; None if there is nothing."""
        movers = self.protocol.to_move(self._state)
        return self._answer(self._owed(movers), movers)

    def _owed(self, movers: tuple[str, ...]) -> dict[str, Owed]:
        """Return what is still unanswered, by party; empty where agents are silent."""
        if not (self.talk and movers):
            return {}
        return unanswered(self._state, [p for p, seat in self.seated.items() if seat.strategy is not None])

    def _answer(self, owed: Mapping[str, Owed], movers: tuple[str, ...]) -> tuple[str, Action] | None:
        """Return the answer that an agent owes at once: to words, and to offers at tables where it acts no more in this round."""
        for party in self._in_turn(tuple(owed)):
            mine = owed[party]
            due = self.protocol.due(self._state, party) if party in movers else ()
            late = [seq for seq, tables in mine.offers.items() if not set(tables) & {*due}]
            if (mine.words or late) and (say := self._words(party, (*mine.words, *late))):
                return party, say
        return None

    def _words(self, party: str, asked: tuple[int, ...]) -> Action | None:
        """Return what an agent says now, if that is possible; None if it has nothing to say, or fails to say it.

        Why it failed is kept in `unsaid`: no turn is lost by it.
        """
        if talked_out(self._state, party):
            return None

        def said(player: Strategy) -> Action | None:
            say = player.speak(self.view(party), asked, self._speech_dice(party))
            if say is None or isinstance(say, Say):
                return say
            raise IllegalAction(f"{party} said a {type(say).__name__}, which is no Say")

        found = self._tried(party, said)
        if isinstance(found, str):
            self.unsaid.setdefault(party, found)
            return None
        return found

    def _speech_dice(self, party: str) -> Dice:
        """Return the dice for the words of a party: others than those for its acts."""
        return Dice(self.seed, len(self.seated) + 1 + self.seated[party].number, self._state.turns.get(party, 0))

    def _choice(self, party: str) -> Action | None:
        """Return the act of an agent; if its strategy raises or breaks the rules, a pass that says so.

        A strategy is asked once a turn, and one that fails never takes the game down.
        """
        found = self._tried(party, lambda _: self.decision(party))
        if found is None and self.seated[party].strategy is not None:
            kinds = ", ".join(kind.kind for kind in self.view(party).allowed)
            found = f"decided nothing; possible: {kinds}"
        return self._lost(party, found) if isinstance(found, str) else found

    def _tried(self, party: str, want: Callable[[Strategy], Action | None]) -> Action | str | None:
        """Return the act that an agent wants, tried against the rules; why it fails; None where nobody wants anything."""
        player = self.seated[party].strategy
        if player is None:
            return None
        try:
            action = want(player)
            if action is not None:
                self._ahead = self._state, party, action, self.protocol.submit(self._state, party, action)
        except IllegalAction as refusal:
            return str(refusal)
        except KeyboardInterrupt:
            raise
        except BaseException as problem:  # noqa: BLE001 - a strategy from outside may raise anything at all
            return raised(problem, type(player).__module__)
        return action

    def _lost(self, party: str, why: str) -> Action:
        due = self.protocol.due(self._state, party) if self._state.one_paper else ()
        told = " ".join(why.encode(errors="replace").decode().split())
        return Pass(due[0] if due else "", f"{party}{LOST}{told}"[:MOST_WORDS])

    def _in_turn(self, movers: tuple[str, ...]) -> list[str]:
        """Return the parties among the movers, beginning behind the last one that acted."""
        parties = [party for party in movers if party in self.seated]
        last = self._state.events[-1].party if self._state.events else CLOCK
        after = self.seated[last].number if last in self.seated else len(self.seated)
        return sorted(parties, key=lambda party: (self.seated[party].number <= after, self.seated[party].number))

    def advance(self) -> bool:
        """Do what `next_act` says, and return whether there was something to do."""
        if (act := self.next_act()) is None:
            return False
        self.submit(*act)
        return True

    def play(self) -> State:
        """Play on to the end of the talks, or until a person must act, and return the state."""
        while self.advance():
            pass
        return self._state


def _protocol(name: str) -> Protocol:
    known = protocols()
    if name not in known:
        raise SetupError(unknown("protocol", name, known))
    return known[name]()


def _language(talk: str) -> str:
    if talk and talk not in LANGUAGES:
        raise SetupError(unknown("language", talk, LANGUAGES))
    return talk


def _rounds(rounds: int | None) -> int | None:
    if rounds is not None and not (_whole(rounds) and 1 <= rounds <= MOST_ROUNDS):
        raise SetupError(f"rounds is {shown(rounds)}, must be from 1 to {MOST_ROUNDS:,}, in whole rounds")
    return rounds


def _seed(seed: int | None) -> int:
    if seed is None:
        return int(np.random.default_rng().integers(2**32))
    if not _whole(seed) or seed < 0:
        raise SetupError(f"seed is {shown(seed)}, must be a whole number from 0 up")
    return int(seed)


def _whole(number: object) -> bool:
    return isinstance(number, int | np.integer) and not isinstance(number, bool)
