"""A case: the public scenario, and behind it every role's confidential sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from negotiation.errors import SetupError, unknown
from negotiation.preferences import Preferences
from negotiation.scenario import Outcome, Scenario
from negotiation.translations import Translated, Translations, Words, told

BASE = "base"
"""The type of a party of which there is only one."""


@dataclass(frozen=True, eq=False)
class Role(Translated):
    """One type of one party: what it wants, and what only it is told; the literature's (private) type."""

    name: str
    preferences: Preferences
    brief: str = ""
    chance: float = 1.0
    note: str = ""
    translations: Translations = field(default_factory=dict, repr=False)
    told_from: Role | None = field(default=None, repr=False)

    def told(self, language: str) -> Role:
        """Return this role with its brief and its note in a language, the same object each time."""

        def made(plain: Role, words: Words) -> Role:
            return replace(plain, brief=words("brief", plain.brief), note=words("note", plain.note), told_from=plain)

        return told(self, language, made)


@dataclass(frozen=True, eq=False)
class Reference:
    """A named outcome for tests and the debrief: hindsight, not for players."""

    name: str
    title: str
    note: str
    outcome: Outcome

    def told(self, words: Words) -> Reference:
        """Return this reference with its texts as `words` tells them."""
        at = f"references.{self.name}"
        return replace(self, title=words(f"{at}.title", self.title), note=words(f"{at}.note", self.note))


ARRIVING, LEAST_DEBRIEF = 5, 10
"""Minutes in which a class arrives before it reads, and those that a debrief needs."""


@dataclass(frozen=True)
class Plan:
    """How a lesson with a case goes: minutes in all, of each phase with a clock, and the rounds of the talks."""

    minutes: int
    read: int
    prepare: int
    negotiate: int
    sign: int
    rounds: int

    @property
    def debrief(self) -> int:
        """Return the minutes that are left for the debrief."""
        return self.minutes - ARRIVING - self.read - self.prepare - self.negotiate - self.sign


@dataclass(frozen=True, eq=False)
class Case(Translated):
    """Everything in a scenario file, all secrets included: never hand it to a strategy or a screen of a player.

    Attributes
    ----------
    roles
        By party, by type, in file order; a party without types has one role, named `base`.
    references
        Named outcomes, by name.
    variants
        What each variant of the file changes, by name.
    whys
        The authors' sources and reasons by path in the file: for authors, teachers and the debrief.
    digest
        SHA-256 of all that counts in file and variant, so that a stored game can tell that its case has changed.
    text
        The scenario file as it was written, so that a game can take its case along; empty if there was none.
    translations
        By language, by address: the texts in others than that of the case.
    told_from
        What this is told from, if it is told in another language.
    untold
        By language in which the case is told, the addresses of texts that nobody has translated.
    plans
        How lessons with it go, the usual one first.
    """

    name: str
    scenario: Scenario
    roles: Mapping[str, Mapping[str, Role]]
    references: Mapping[str, Reference] = field(default_factory=dict)
    variant: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)
    teaches: tuple[str, ...] = ()
    whys: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    text: str = field(default="", repr=False)
    translations: Translations = field(default_factory=dict, repr=False)
    told_from: Case | None = field(default=None, repr=False)
    untold: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    plans: tuple[Plan, ...] = ()

    def told(self, language: str) -> Case:
        """Return this case with all its texts in a language, the same object each time.

        Names, order, numbers and digest stay: deals and logs of one are those of the other, and so are caches by sheet.
        """

        def made(plain: Case, words: Words) -> Case:
            return replace(
                plain,
                scenario=plain.scenario.told(language),
                roles={
                    p: {name: role.told(language) for name, role in kinds.items()} for p, kinds in plain.roles.items()
                },
                references={name: one.told(words) for name, one in plain.references.items()},
                variants={name: words(f"variants.{name}.note", note) for name, note in plain.variants.items()},
                teaches=listed(words("teaches", ", ".join(plain.teaches))),
                told_from=plain,
            )

        return told(self, language, made)

    def __repr__(self) -> str:
        """Return a line that names the case and its size: in full, with everybody's sheets, it would fill pages."""
        variant = f", variant {self.variant}" if self.variant else ""
        return f"<Case {self.name}{variant}: {len(self.roles)} parties, {len(self.scenario.tables)} tables>"

    def role(self, party: str, name: str | None = None) -> Role:
        """Return the role a party plays; its first type if none is named.

        Raises
        ------
        SetupError
            When there is no such party or type.
        """
        if party not in self.roles:
            raise SetupError(f"{self.name}: {unknown('party', party, self.roles)}")
        roles = self.roles[party]
        if name is None:
            return next(iter(roles.values()))
        if name not in roles:
            raise SetupError(f"{self.name}: {unknown(f'type of {party}', name, roles)}")
        return roles[name]


def listed(text: str) -> tuple[str, ...]:
    """Return what a text lists.

    Examples
    --------
    >>> listed("deadlines, coalitions"), listed("期限、連合")
    (('deadlines', 'coalitions'), ('期限', '連合'))
    """
    return tuple(filter(None, re.split(r"\s*[,、]\s*", text)))
