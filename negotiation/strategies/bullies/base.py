"""What all bullies have in common: the settings in which a population holds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from negotiation.strategies.acceptance import Next
from negotiation.strategies.bargainer import Bargainer
from negotiation.strategies.frequency import Frequency
from negotiation.strategies.parts import Acceptance, Model


@dataclass(frozen=True)
class Bully(Bargainer):
    """A bargainer of a population against which others are tried; one of its kind belongs to it in several settings.

    Unless it says otherwise it looks at what the others ask for, and signs what is worth its own next bid.
    """

    settings: ClassVar[tuple[str, ...]] = ("",)
    """Its parameters, as `--seat` takes them: one member of the population each."""

    @cached_property
    def model(self) -> Model:
        """Return a model of what they ask for often."""
        return Frequency()

    @cached_property
    def accept(self) -> Acceptance:
        """Return acceptance of what is worth its next bid."""
        return Next()


def check_share(share: float, name: str = "share") -> None:
    """Raise `ValueError` unless a share is in [0, 1]."""
    if not 0 <= share <= 1:
        raise ValueError(f"{name} is {share:g}, must be from 0 to 1")
