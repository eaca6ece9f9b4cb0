"""A case: the public scenario, and behind it every role's confidential sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from negotiation.errors import SetupError, unknown
from negotiation.preferences import Preferences
from negotiation.scenario import Outcome, Scenario

BASE = "base"
"""The type of a party of which there is only one."""


@dataclass(frozen=True, eq=False)
class Role:
    """One type of one party: what it wants, and what only it is told; the literature's (private) type."""

    name: str
    preferences: Preferences
    brief: str = ""
    chance: float = 1.0
    note: str = ""


@dataclass(frozen=True, eq=False)
class Reference:
    """A named outcome for tests and the debrief: hindsight, not for players."""

    name: str
    title: str
    note: str
    outcome: Outcome


@dataclass(frozen=True, eq=False)
class Case:
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
