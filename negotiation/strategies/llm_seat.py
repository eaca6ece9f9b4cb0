"""A language model at a seat: it is shown what the seat may see and asked for an act; the rules judge it like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, cast

from negotiation.actions import Action, Event, Pass, Say
from negotiation.dice import Dice
from negotiation.errors import IllegalAction, MissingPackage, SetupError
from negotiation.llm.acts import Unusable, act_in, kinds_for, said_in_round
from negotiation.llm.asker import Asker
from negotiation.llm.client import Message, ModelError, estimate
from negotiation.llm.prompt import messages
from negotiation.moves import Courtesy
from negotiation.strategies.base import Strategy
from negotiation.talk.wording.sentences import worded
from negotiation.view import View

LONGEST_ANSWER = 600
"""Tokens of an answer; some models think aloud first."""

MOST_ACTS = 12
"""Acts of a model in a round; then it passes without being asked."""

MOST_ANSWERS = 6
"""Texts of a model in a round beyond which it answers no more."""

MOST_KEPT = 64
"""Decisions that are remembered, so that what is asked again is not paid for again."""

ECHO = 2_000
"""Characters of an answer that a model is shown again when it must do better."""


@dataclass
class Talks:
    """What a seat keeps between its turns: the purse, and what was decided at which question; none of it decides anything."""

    asker: Asker
    decided: dict[str, Action | ModelError] = field(default_factory=dict)
    begun: bool = False


@dataclass(frozen=True)
class ModelSeat(Strategy):
    """A model behind the endpoint that the environment names (`NEGOTIATION_LLM_URL`).

    Equal questions get equal answers as far as the endpoint keeps to that; a game that was played is replayed from its log,
    without it. Whatever goes wrong costs the turn, which the log says.

    Parameters
    ----------
    model
        Its name; empty: `NEGOTIATION_LLM_MODEL`.
    budget
        Tokens of all questions and answers of a game.
    timeout
        Seconds for an answer.
    tries
        How often it is asked in a turn until its act is possible.
    """

    about: ClassVar[str] = "a language model behind a chat endpoint"
    model: str = ""
    budget: int = 200_000
    timeout: float = 60.0
    tries: int = 2
    _talks: Talks = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Raise `ValueError` unless the parameters make sense."""
        if self.budget < 1:
            raise ValueError(f"budget is {self.budget}, must be at least 1 token")
        if not 0 < self.timeout <= 3600:
            raise ValueError(f"timeout is {self.timeout:g}, must be above 0, at most 3600 seconds")
        if not 1 <= self.tries <= 5:
            raise ValueError(f"tries is {self.tries}, must be from 1 to 5")
        object.__setattr__(self, "_talks", Talks(Asker(self.model, self.budget, self.timeout)))

    @property
    def asker(self) -> Asker:
        """Return what asks the model, and knows what that has cost."""
        return self._talks.asker

    def decide(self, view: View, dice: Dice) -> Action:
        """Return the act that the model wants.

        Raises
        ------
        IllegalAction
            When there is no answer of use, which costs the turn.
        """
        if view.state.acts(view.me) >= MOST_ACTS:
            return Pass()
        try:
            return self._kept(view, dice, kinds_for(view))
        except ModelError as problem:
            raise IllegalAction(str(problem)) from None

    def speak(self, view: View, asked: tuple[int, ...], dice: Dice) -> Say | None:
        """Return what the model says to those events of the log, or regret where it fails; None if it is not asked.

        Whoever asked hears it. It answers only so often in a round.
        """
        if not asked or said_in_round(view) >= MOST_ANSWERS:
            return None
        events = [view.state.events[number] for number in asked]
        numbers = " and ".join(map(str, asked))
        try:
            said = self._kept(view, dice, (Say,), f"Say something to number {numbers} of the record.")
        except ModelError:
            private = any(isinstance(event.action, Say) and event.action.to for event in events)
            to, moves = tuple(dict.fromkeys(event.party for event in events)) if private else (), (Courtesy("regret"),)
            return Say(worded(moves, view.scenario, view.me, to, dice, (), view.talk), to, moves)
        return _answer(cast("Say", said), events)

    def _kept(self, view: View, dice: Dice, kinds: tuple[type[Action], ...], order: str = "") -> Action:
        """Return what is decided at this view, asked for once."""
        talks, asked = self._talks, messages(view, kinds)
        if order:
            asked[-1] = {**asked[-1], "content": f"{asked[-1]['content']}\n{order}"}
        if not talks.begun:
            talks.begun, talks.asker.carried = True, view.state.turns.get(view.me, 0) * estimate(asked)
        key = asked[-1]["content"]
        if key not in talks.decided:
            while len(talks.decided) >= MOST_KEPT:
                del talks.decided[next(iter(talks.decided))]
            try:
                talks.decided[key] = self._asked(asked, view, kinds, dice)
            except ModelError as problem:
                talks.decided[key] = problem
        found = talks.decided[key]
        if isinstance(found, ModelError):
            raise ModelError(found.fault, str(found))
        return found

    def _asked(self, asked: list[Message], view: View, kinds: tuple[type[Action], ...], dice: Dice) -> Action:
        """Return the first act of the model that is possible; it is told why one is not."""
        seed = dice.bits() % 2**31
        for _ in range(self.tries):
            try:
                text = self.asker.ask(asked, longest=LONGEST_ANSWER, seed=seed)
            except (SetupError, MissingPackage) as problem:
                raise ModelError("unreachable", str(problem)) from None
            try:
                return act_in(text, view, kinds, dice)
            except Unusable as why:
                asked = [*asked[:2], {"role": "assistant", "content": text[:ECHO]}, _again(str(why))]
        raise ModelError("nonsense", "the model named no act that is possible here")


def _again(why: str) -> Message:
    return {"role": "user", "content": f"That is not possible: {why}. Answer with one JSON object that is."}


def _answer(said: Say, events: Sequence[Event]) -> Say:
    """Return what is said so that all who asked hear it, and as thanks if it means nothing else."""
    to = tuple(dict.fromkeys((*said.to, *(event.party for event in events)))) if said.to else ()
    return Say(said.text, to, said.moves or (Courtesy("thanks"),))
