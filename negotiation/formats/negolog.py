"""NegoLog JSON: a profile with its issues in it; a deal is worth the sum over issues of weight times value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictStr
from pydantic.alias_generators import to_camel

from negotiation.errors import ScenarioError
from negotiation.formats.geniusweb import Share, document, shaped
from negotiation.formats.profiles import Agenda, Profile, agreed

KEY = "issueWeights"
"""The key by which a profile is told."""


class File(BaseModel):
    """The file of one profile; keys that are not known are ignored."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)

    issue_weights: dict[StrictStr, Share]
    issues: dict[StrictStr, Annotated[dict[StrictStr, Share], Field(min_length=1)]]
    reservation_value: Share = Decimal(0)


def read(files: Mapping[str, bytes]) -> tuple[Agenda, dict[str, Profile]]:
    """Return the agenda, in the order of the first profile, and the profiles by file, in the order given.

    Raises
    ------
    ScenarioError
        When a file, an issue or a value does not fit; the message says which and why.
    """
    found = {source: shaped(source, File, document(source, data)) for source, data in files.items()}
    first = next(iter(found))
    agenda = agreed(first, {name: list(values) for name, values in found[first].issues.items()})
    for source, profile in found.items():
        if {name: set(values) for name, values in profile.issues.items()} != {n: set(v) for n, v in agenda.items()}:
            raise ScenarioError(f"{source}: its issues and values are not those of {first}")
        if lacking := [name for name in agenda if name not in profile.issue_weights]:
            raise ScenarioError(f"{source}: issue {lacking[0]!r} has no weight")
    return agenda, {source: _profile(profile, agenda) for source, profile in found.items()}


def _profile(profile: File, agenda: Agenda) -> Profile:
    return Profile(
        {name: float(profile.issue_weights[name]) for name in agenda},
        {name: tuple(float(profile.issues[name][value]) for value in values) for name, values in agenda.items()},
        float(profile.reservation_value),
    )
