"""The settings of a class: what the teacher chooses before it begins.

A setting is declared once, as a field of `Settings`: with what a form calls it, which values it may have, and in which
part of the form it stands. Form, check and reader follow the declaration.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from negotiation.case import Case
from negotiation.casting import cast
from negotiation.classroom.phases import TIMED, Phase
from negotiation.errors import Refused, SetupError, unknown
from negotiation.formats.questionnaires import Questionnaire, questionnaire_of
from negotiation.game import Game
from negotiation.language import mark, phrase
from negotiation.protocols import MOST_ROUNDS, protocols
from negotiation.strategies import built_in
from negotiation.talk.wording.speech import SPOKEN

SHOWN = {"brief": Phase.READ, "sheet": Phase.READ, "results": Phase.DEBRIEF, "sheets": Phase.DEBRIEF}
"""What is revealed, and from which phase on if the teacher says nothing: one's own brief and score sheet, the results
of one's group, and everybody's sheets."""

OF_OTHERS = ("results", "sheets")
"""What holds points of others: never shown before the debrief, neither to a party nor to those who observe."""

MOST_QUESTIONNAIRES, MOST_ANSWERS = 12, 20

ON_QUESTIONNAIRES = ("questionnaires", "required", "averages_from")

MOST_MINUTES = 60 * 24 * 366


@dataclass(frozen=True)
class Asked:
    """How a setting is asked for, and which values it may have.

    Attributes
    ----------
    label
        What a form calls it.
    part
        Where it stands in the form: `class`, `homework`, `more` (both) or `more in class`; empty if it is asked for in a
        way of its own, because the case or another setting decides what is possible.
    what
        What a refusal calls it.
    options
        The possible values and what each is called; None for numbers, and for what is on or off.
    least, most
        The bounds of a number.
    first
        What a form begins with, where that is not the default.
    """

    label: str = ""
    part: str = ""
    what: str = ""
    options: Callable[[], Mapping[str, str]] | None = None
    least: float = 0
    most: float = 0
    first: object = None

    def check(self, value: Any) -> None:
        """Raise `Refused` unless the setting may have this value; a number may always be left out."""
        if self.options is not None:
            _among(self.what, value, self.options())
        if self.most and value:
            _number(self.what, value, self.least, self.most)


def _setting(label: str = "", part: str = "", *, default: object, **more: Any) -> Any:
    """Return a field of `Settings` with how it is asked for, see `Asked`."""
    return field(default=default, metadata={"asked": Asked(label, part, **more)})


PROTOCOLS = {
    "alternating": mark("Alternating"),
    "open-floor": mark("Open floor"),
    "single-text": mark("Single text"),
}
"""What the protocols are called in a form; others go by their own names."""


def _protocols() -> Mapping[str, str]:
    return {name: _protocol(name, one.about) for name, one in protocols().items()}


def _protocol(name: str, about: str) -> str:
    called = PROTOCOLS.get(name, name.replace("-", " ").capitalize())
    return phrase("{name}: {about}", name=phrase(called), about=phrase(about))


SURPLUS = {
    "agents": mark("Open a further group, agents fill it"),
    "share": mark("Share seats: two play one party"),
    "observe": mark("Observe a group"),
}


@dataclass(frozen=True)
class Settings:
    """The settings of a class: what is played, and how.

    Attributes
    ----------
    case, variant, protocol
        What is negotiated, and under which rules.
    rounds
        How many rounds; the case's own number if None.
    round_seconds
        After how long a round ends even if parties have not finished; None: when all have passed.
    minutes
        How long each phase lasts, by phase; a phase that is not named ends when the teacher says so.
    agents
        Seats that agents always take, with their strategies.
    level
        The strategy that plays every other seat while nobody holds it.
    arrive
        Whether people are seated as they come; else the teacher forms groups.
    surplus
        What becomes of people beyond whole groups: `agents` (a further group, agents fill it), `share` (two hold one
        seat) or `observe`.
    types
        Private types by party; the others are drawn once, the same for all groups (in fresh homework: each time).
    seed
        Decides types, groups and every agent's dice.
    reveal
        From which phase on something is shown, by what.
    talk
        The language in which agents speak; empty: they are silent.
    suggest
        Whether people's pages may look for better deals for them.
    coach
        Whether people's pages may coach them: prepare, look over drafts, say what to do now.
    homework
        Whether everybody plays alone against agents, at any time until the session closes.
    seat, attempts, counts, fresh
        Homework: the party everybody plays (in turn if empty), how often at most (0: as often as they like), whether
        the `best` or the `last` attempt counts, and whether each attempt has dice and draws of its own.
    questionnaires
        What people are asked, by id, in order: the text of a questionnaire of the teacher's own, or nothing for one that
        comes with the package.
    required
        Those of them without which nobody goes on: to the talks, or after them to the results.
    averages_from
        The fewest answers of which pages show an average: so that none shows what one person said.
    """

    case: str = "alliance-2023"
    variant: str = ""
    protocol: str = _setting(mark("Protocol"), "more", what="protocol", options=_protocols, default="open-floor")
    rounds: int | None = _setting(what="rounds", least=1, most=MOST_ROUNDS, default=None)
    round_seconds: float | None = _setting(what="seconds of a round", least=1, most=MOST_MINUTES * 60, default=None)
    minutes: Mapping[Phase, float] = field(default_factory=dict)
    agents: Mapping[str, str] = field(default_factory=dict)
    level: str = "linear"
    arrive: bool = _setting(mark("Seat people as they come (else you form the groups)"), "more in class", default=True)
    surplus: str = _setting(
        mark("If there are more people than seats"), "class", what="surplus", options=lambda: SURPLUS, default="agents"
    )
    types: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    reveal: Mapping[str, Phase] = field(default_factory=dict)
    talk: str = _setting(
        mark("Agents speak"),
        "more",
        what="language of agents",
        options=lambda: {**SPOKEN, "": mark("not at all")},
        default="en",
    )
    suggest: bool = _setting(mark("People's pages may suggest better deals to them"), "more", default=False)
    coach: bool = _setting(mark("People's pages may coach them beside the table"), "more", default=False)
    homework: bool = False
    seat: str = ""
    attempts: int = _setting(
        mark("Attempts (0: any number)"), "homework", what="attempts", least=0, most=1000, first=3, default=0
    )
    counts: str = _setting(
        mark("What counts"),
        "homework",
        what="attempt that counts",
        options=lambda: {"best": mark("best"), "last": mark("last")},
        default="best",
    )
    questionnaires: Mapping[str, str] = field(default_factory=dict)
    required: Sequence[str] = ()
    averages_from: int = 3
    fresh: bool = _setting(mark("Fresh dice and private types for every attempt"), "homework", default=False)

    def row(self) -> dict[str, object]:
        """Return the settings as JSON; those on questionnaires only where some are asked."""
        row = dataclasses.asdict(self)
        return (
            row
            if self.questionnaires
            else {name: value for name, value in row.items() if name not in ON_QUESTIONNAIRES}
        )

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Settings:
        """Return the settings that `row` wrote; what is left out has its default.

        Raises
        ------
        Refused
            When `row` has a setting that this version does not know.
        """
        if further := [name for name in row if name not in cls.__dataclass_fields__]:
            raise Refused(
                phrase("a class has {name!r} among its settings, which this version does not know", name=further[0])
            )
        minutes = {Phase(phase): minutes for phase, minutes in row.get("minutes", {}).items()}
        reveal = {what: Phase(phase) for what, phase in row.get("reveal", {}).items()}
        return cls(**{**row, "minutes": minutes, "reveal": reveal})

    def shown_from(self, what: str) -> Phase:
        """Return the phase from which on `what` is revealed."""
        phase = self.reveal.get(what, SHOWN[what])
        return Phase.DEBRIEF if what in OF_OTHERS and not phase.over else phase

    def length(self, phase: Phase) -> float | None:
        """Return the seconds that a phase lasts; None if it ends when the teacher says so."""
        minutes = self.minutes.get(phase)
        return None if minutes is None else minutes * 60

    @property
    def asked(self) -> tuple[Questionnaire, ...]:
        """Return the questionnaires of the class, in order."""
        return tuple(questionnaire_of(name, text) for name, text in self.questionnaires.items())

    def parties(self, case: Case) -> tuple[str, ...]:
        """Return the parties that people may play."""
        return tuple(party for party in case.roles if party not in self.agents)


ASKED: Mapping[str, Asked] = {
    one.name: one.metadata["asked"] for one in dataclasses.fields(Settings) if "asked" in one.metadata
}
"""How settings are asked for, by name, in order."""


def checked(settings: Settings, case: Case) -> Settings:
    """Return the settings with every type drawn, once they are checked against the case.

    Raises
    ------
    Refused, SetupError
        When something does not fit; the message says what would.
    """
    for name, asked in ASKED.items():
        asked.check(getattr(settings, name))
    for party, text in settings.agents.items():
        case.role(party)
        _built_in(text)
    _built_in(settings.level)
    for what, phase in settings.reveal.items():
        _among("thing to reveal", what, SHOWN)
        if what in OF_OTHERS and not phase.over:
            raise Refused(phrase("the {what} of others cannot be shown before the debrief", what=what))
    for phase, minutes in settings.minutes.items():
        _among("phase with a clock", phase, TIMED)
        _number(f"minutes of {phase}", minutes, 0, MOST_MINUTES)
    _questionnaires(settings)
    open_to_people = settings.parties(case)
    Game(
        case,
        strategy=settings.level,
        seats=settings.agents,
        protocol=settings.protocol,
        rounds=settings.rounds,
        seed=settings.seed,
        types=settings.types,
        talk=settings.talk,
    )
    if not open_to_people:
        raise Refused(phrase("agents take every seat: leave one for people, or use `negotiation run`"))
    if settings.seat:
        _among("seat for homework", settings.seat, open_to_people)
    drawn = cast(case, settings.seed, settings.types)
    return settings if settings.homework and settings.fresh else dataclasses.replace(settings, types=drawn)


def _questionnaires(settings: Settings) -> None:
    """Raise `Refused` or `ScenarioError` unless all questionnaires are there, and those required among them."""
    if len(settings.questionnaires) > MOST_QUESTIONNAIRES:
        raise Refused(phrase("a class has at most {most} questionnaires", most=MOST_QUESTIONNAIRES))
    for name, one in zip(settings.questionnaires, settings.asked, strict=True):
        if one.id != name:
            raise Refused(
                phrase("a questionnaire is called {one!r} here, and {other!r} in its file", one=name, other=one.id)
            )
    for name in settings.required:
        _among("questionnaire of this class", name, settings.questionnaires)
    _number("fewest answers of an average", settings.averages_from, 1, MOST_ANSWERS)


def _among(what: str, found: str, possible: Collection[str]) -> None:
    if found not in possible:
        raise Refused(unknown(what, found, possible))


def _number(what: str, found: float, least: float, most: float) -> None:
    if not least <= found <= most:
        raise Refused(
            phrase(
                "{what}: {found}, must be from {least:g} to {most:,.0f}", what=what, found=found, least=least, most=most
            )
        )


def _built_in(text: str) -> None:
    """Raise `Refused` unless a strategy is built in: one from elsewhere would run its code on the server."""
    try:
        built_in(text)
    except SetupError as problem:
        raise Refused(problem.said) from None
