"""Domains and profiles of other negotiation programs once read, in one form for all file formats."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from negotiation.errors import ScenarioError, figure
from negotiation.formats.cross_references import RESERVED
from negotiation.formats.fitting import fitted
from negotiation.formats.invisible_characters import unseen
from negotiation.formats.schema import FORMAT, MOST_OPTIONS
from negotiation.formats.score_ceiling import excesses
from negotiation.formats.yaml_text import dump

Agenda: TypeAlias = Mapping[str, tuple[str, ...]]
"""The values of every issue, by the issue's name; both orders are those of the domain file."""

MOST_VALUES = MOST_OPTIONS
"""Values of one issue, as many as a scenario file takes."""

LONGEST_NAME = 200
"""Characters of the name of an issue or value."""

SIGNS = tuple(
    (re.compile(sign), word)
    for sign, word in (
        ("<=|≤", "at most"),
        (">=|≥", "at least"),
        ("<", "below"),
        (">", "above"),
        (r"(^\s*[-−–]\s*|(?<![\w.,)])[-−–])(?=[^\w\s]?[.,]?\d)", "minus"),
        (r"(^\s*\+\s*|(?<![\w.,)])\+)(?=[^\w\s]?[.,]?\d)", "plus"),
        ("±", "plus or minus"),
    )
)
"""Signs without which a text would mean something else, and how they are spelt in a name; a dash between words is none."""

POINT = re.compile(r"(?<=\d)[.](?=\d)")

TABLE = "contract"
"""The id of the one table of an imported case."""

DISCLAIMER = "Imported: a domain of another negotiation program, with its utilities as they were."


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile of a party in one file: `u = weight * share + ...` over issues in agenda order, nothing rounded.

    `weights` are as in the file, by issue; `shares`, mostly 0 to 1, by issue in the order of its values. `reservation` is
    the utility of no agreement; utilities at relative time t count `discount ** t`. No deal is worth more than `most`.
    `bias` is added to every deal last.
    """

    weights: Mapping[str, float]
    shares: Mapping[str, tuple[float, ...]]
    reservation: float = 0.0
    discount: float = 1.0
    most: float = math.inf
    bias: float = 0.0

    @property
    def points(self) -> Mapping[str, tuple[float, ...]]:
        """Return what every value adds, by issue in agenda order."""
        return {issue: tuple(weight * one for one in self.shares[issue]) for issue, weight in self.weights.items()}

    def extreme(self, pick: Callable[[Sequence[float]], float]) -> float:
        """Return the utility of the best deal (`pick` is max) or of the worst (min), whatever `most` is."""
        total = 0.0
        for values in self.points.values():
            total += pick(values)
        return total + self.bias


def agreed(source: str, agenda: Mapping[str, Sequence[str]]) -> Agenda:
    """Return an agenda read from a file, once it is checked.

    Raises
    ------
    ScenarioError
        When there is no issue, an issue without values or with too many, a value that stands twice, or a character
        that nobody sees.
    """
    if not agenda:
        raise ScenarioError(f"{source}: holds no issue")
    for issue, values in agenda.items():
        if not values:
            raise ScenarioError(f"{source}: issue {issue!r} has no values")
        for what, text in (("its name", issue), *(("a value", value) for value in values)):
            if found := unseen(text):
                raise ScenarioError(f"{source}: issue {issue!r}: {what} holds {found}, which nobody sees; take it out")
        if len(values) > MOST_VALUES:
            raise ScenarioError(too_many(source, issue, len(values)))
        if long := [value for value in values if len(value) > LONGEST_NAME]:
            raise ScenarioError(f"{source}: issue {issue!r}: value {long[0][:60]!r}... is longer than {LONGEST_NAME}")
        if len(set(values)) < len(values):
            twice = next(value for value, count in Counter(values).items() if count > 1)
            raise ScenarioError(f"{source}: issue {issue!r}: value {twice!r} stands twice")
    return {issue: tuple(values) for issue, values in agenda.items()}


def too_many(source: str, issue: str, count: int) -> str:
    """Return the message about an issue with more values than can be played."""
    return f"{source}: issue {issue!r} has {count:,} values, must have at most {MOST_VALUES:,}"


def checked_weight(source: str, issue: str, weight: float) -> float:
    """Return a weight, or raise `ScenarioError` if it is not within 0 and 100."""
    if not 0 <= weight <= 100 or not math.isfinite(weight):
        raise ScenarioError(
            f"{source}: issue {issue!r}: weight is {figure(weight)}, must not be below 0 (or above 100)"
        )
    return weight


def ids(texts: Iterable[str], start: str) -> list[str]:
    """Return a plain name for each text, no name twice: `60 Gb` becomes `60_gb` behind `start`, `Dell` just `dell`.

    Examples
    --------
    >>> ids(["Dell", "60 Gb", "dell", "是", "unsigned"], "v")
    ['dell', 'v60_gb', 'dell_2', 'v', 'unsigned_2']

    Signs that make another number of it are spelt, and the point where a name would stand twice without:

    >>> ids(["2", "-2", "<10", "≥ 10", "1.5", "1_5"], "v")
    ['v2', 'minus_2', 'below_10', 'at_least_10', 'v1_point_5', 'v1_5']
    """
    every = list(texts)
    often = Counter(_plain_name(text, start) for text in every)
    names: list[str] = []
    taken = set(RESERVED)
    for text in every:
        name = _plain_name(text, start)
        if often[name] > 1:
            name = _plain_name(POINT.sub(" point ", text), start)
        free, n = name, 1
        while free in taken:
            n += 1
            free = f"{name}_{n}"
        taken.add(free)
        names.append(free)
    return names


def _plain_name(text: str, start: str) -> str:
    for sign, word in SIGNS:
        text = sign.sub(f" {word} ", text)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:32].rstrip("_")
    return name if name[:1].isalpha() else start + name


def case_text(name: str, title: str, agenda: Agenda, profiles: Mapping[str, Profile], rounds: int) -> str:
    """Return a scenario file with one table that all must sign: every number reads back to the same float.

    Parameters
    ----------
    name, title
        The id of the case, and its name for people.
    profiles
        By the name of the party, in seating order.
    rounds
        How many rounds the talks last.
    """
    parties = dict(zip(profiles, ids(profiles, "p"), strict=True))
    issues = dict(zip(agenda, ids(agenda, "i"), strict=True))
    options = {issue: ids(values, "v") for issue, values in agenda.items()}
    profiles = {who: fitted(who, profile) for who, profile in profiles.items()}
    links = [
        link
        for who, profile in profiles.items()
        for link in (
            *_always(parties[who], profile, issues, options),
            *_ceiling(who, parties[who], profile, issues, options),
        )
    ]
    discounts = {parties[who]: p.discount for who, p in profiles.items() if p.discount != 1.0}
    document = {
        "format": FORMAT,
        "id": name,
        "title": title,
        "disclaimer": DISCLAIMER,
        "scoring": "unit",
        "clock": {"rounds": rounds, **({"discount": discounts} if discounts else {})},
        "parties": {party: {"name": who} for who, party in parties.items()},
        "tables": {
            TABLE: {
                "title": title,
                "signers": {"always": list(parties.values())},
                "issues": {
                    issues[issue]: {"title": issue, "options": dict(zip(options[issue], values, strict=True))}
                    for issue, values in agenda.items()
                },
                "if_unsigned": {
                    "means": "No agreement: everybody keeps the reservation value.",
                    "adjust": {parties[who]: profile.reservation for who, profile in profiles.items()},
                },
            }
        },
        "preferences": {
            parties[who]: {
                f"{TABLE}.{issues[issue]}": {
                    "weight": profile.weights[issue],
                    "scores": dict(zip(options[issue], profile.shares[issue], strict=True)),
                }
                for issue in agenda
            }
            for who, profile in profiles.items()
        },
        **({"links": links} if links else {}),
    }
    return dump(document, width=120)


def _always(
    party: str, profile: Profile, issues: Mapping[str, str], options: Mapping[str, Sequence[str]]
) -> list[dict[str, object]]:
    """Return the link that adds a profile's bias to every deal."""
    if not profile.bias:
        return []
    issue, name = next(iter(issues.items()))
    why = "Every deal is worth so much besides."
    when = {f"{TABLE}.{name}": list(options[issue])}
    return [{"id": f"always_{party}", "when": when, "effect": {party: profile.bias}, "why": why}]


def _ceiling(
    who: str, party: str, profile: Profile, issues: Mapping[str, str], options: Mapping[str, Sequence[str]]
) -> list[dict[str, object]]:
    """Return the links that take off what a profile has above `most`, the largest utility that it counts."""
    if profile.most == math.inf:
        return []
    points = {issue: [profile.weights[issue] * share for share in profile.shares[issue]] for issue in issues}
    links: list[dict[str, object]] = []
    for n, (choices, off) in enumerate(excesses(who, points, profile.most), 1):
        narrow = {issue: some for issue, some in choices.items() if len(some) < len(options[issue])} or choices
        when = {f"{TABLE}.{issues[issue]}": [options[issue][k] for k in some] for issue, some in narrow.items()}
        why = f"A utility counts at most {profile.most:g}, whatever the weights sum to."
        links.append({"id": f"most_{party}_{n}", "when": when, "effect": {party: off}, "why": why})
    return links
