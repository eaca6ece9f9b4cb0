"""Scorable games as a folder of texts: roles, scores, a veto for two, and a deal that all but one of the others must take.

The form is that of Abdelnabi, Gomaa, Sivaprasad, Schönherr and Fritz, *Cooperation, Competition, and Maliciousness:
LLM-Stakeholders Interactive Negotiation* (2024): `config.txt` names the parties, a line each (name, file, role, incentive,
model); `scores_files/FILE.txt` has a line of points an issue and the least that is taken as its last line. `p1` and `p2` must sign.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from negotiation.errors import ScenarioError, unknown
from negotiation.formats.files import inside, read_limited
from negotiation.formats.profiles import ids
from negotiation.formats.schema import FORMAT
from negotiation.formats.yaml_text import dump

CONFIG, SCORES, RULES, BRIEFS = "config.txt", "scores_files", "global_instructions.txt", "individual_instructions"
"""What such a folder holds."""

TABLE = "project"
ROLES = {"p1": "vetoes", "p2": "vetoes", "player": "one of those of whom all but one must agree"}
LARGEST, LONGEST_NAME = 2**20, 60
"""Bytes of one file, and characters of its name."""

ISSUE = re.compile(r"^\W*Issue ([A-Z]): *\"([^\"]+)\"", re.MULTILINE)
OPTION = re.compile(r"^\W*([A-Z])(\d{1,2})\b:? *(.+?) *$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Player:
    """A party: its name, its role, the points of each option by issue, and the least that it takes."""

    name: str
    role: str
    points: tuple[tuple[float, ...], ...]
    least: float
    brief: str


def is_scorable(folder: Path) -> bool:
    """Return whether a folder holds such a game."""
    return (folder / CONFIG).is_file() and (folder / SCORES).is_dir()


def case_of(folder: Path, name: str, rounds: int) -> str:
    """Return the text of a scenario file: one table, points as in the files, a threshold as the points of no deal.

    Points are the same but for the rounding of a share of a hundred (1e-12), which no comparison here can tell.

    Raises
    ------
    ScenarioError
        When a file is missing or does not fit; the message says which and why.
    """
    players = [
        _player(folder, number, line)
        for number, line in enumerate(_lines(inside(folder, folder / CONFIG, ScenarioError)), 1)
    ]
    rules = _text(inside(folder, folder / RULES, ScenarioError))
    sizes = [len(points) for points in players[0].points] if players else []
    for player in players:
        if [len(points) for points in player.points] != sizes:
            raise ScenarioError(f"{folder}: {player.name} scores other issues or options than {players[0].name}")
    parties = dict(zip(ids([player.name for player in players], "p"), players, strict=True))
    others = [party for party, player in parties.items() if player.role == "player"]
    vetoes = [party for party, player in parties.items() if player.role != "player"]
    if not vetoes or not others:
        raise ScenarioError(f"{folder / CONFIG}: needs at least one p1 or p2, and one player")
    letters, title = [chr(ord("A") + n) for n in range(len(sizes))], re.sub(r"[-_]+", " ", name).capitalize()
    document = {
        "format": FORMAT,
        "id": name,
        "title": title,
        "disclaimer": "Imported: a scorable game of another project, with its points as they were.",
        "public_brief": rules,
        "clock": {"rounds": rounds},
        "parties": {party: {"name": one.name, "confidential_brief": one.brief} for party, one in parties.items()},
        "tables": {
            TABLE: {
                "title": title,
                "signers": {"always": vetoes, "quorum": {"of": others, "min": max(1, len(others) - 1)}},
                "issues": _issues(rules, letters, sizes),
                "if_unsigned": {
                    "means": "No project: everybody keeps its least score.",
                    "adjust": {party: player.least for party, player in parties.items()},
                },
            }
        },
        "preferences": {party: _sheets(folder, player, letters) for party, player in parties.items()},
    }
    return dump(document, width=120)


def _player(folder: Path, number: int, line: str) -> Player:
    parts = [part.strip() for part in line.split(",")]
    if len(parts) < 4:
        raise ScenarioError(f"{folder / CONFIG}, line {number}: must be name, file, role, incentive, model")
    name, file, role, incentive = parts[:4]
    if role not in ROLES:
        raise ScenarioError(f"{folder / CONFIG}, line {number}: {unknown('role', role, ROLES)}")
    if {"/", "\\"} & set(file + incentive) or ".." in (file, incentive):
        raise ScenarioError(f"{folder / CONFIG}, line {number}: a file must lie in the folder")
    if max(len(file), len(incentive)) > LONGEST_NAME or not (file + incentive).isprintable():
        raise ScenarioError(f"{folder / CONFIG}, line {number}: {file[:40]!r} and {incentive[:40]!r} must name files")
    place = inside(folder, folder / SCORES / f"{file}.txt", ScenarioError)
    rows = [_numbers(place, n, one) for n, one in enumerate(_lines(place), 1)]
    *points, last = rows or [()]
    if len(last) != 1 or not points:
        raise ScenarioError(f"{place}: must have a line of points for each issue, then the least score alone")
    told = folder / BRIEFS / incentive / f"{file}.txt"
    brief = _filled(_text(inside(folder, told, ScenarioError)), points) if told.is_file() else ""
    return Player(name, role, tuple(points), last[0], brief)


def _sheets(folder: Path, player: Player, letters: Sequence[str]) -> dict[str, object]:
    if not math.isclose(total := sum(map(max, player.points)), 100):
        raise ScenarioError(f"{folder}: the best options of {player.name} sum to {total:g} points, must be 100")
    return {
        f"{TABLE}.{letter.lower()}": {
            "weight": max(points),
            "scores": {f"{letter.lower()}{n}": 100 * one / (max(points) or 1.0) for n, one in enumerate(points, 1)},
        }
        for letter, points in zip(letters, player.points, strict=True)
    }


def _issues(rules: str, letters: Sequence[str], sizes: Sequence[int]) -> dict[str, object]:
    titles = dict(ISSUE.findall(rules))
    texts = {f"{letter}{number}": text for letter, number, text in reversed(OPTION.findall(rules))}
    return {
        letter.lower(): {
            "title": titles.get(letter, f"Issue {letter}"),
            "options": {f"{letter.lower()}{n}": texts.get(f"{letter}{n}", f"{letter}{n}") for n in range(1, size + 1)},
        }
        for letter, size in zip(letters, sizes, strict=True)
    }


def _filled(brief: str, points: Sequence[Sequence[float]]) -> str:
    """Return a brief with the points where `#B3_NUM` and `#B_MAX_NUM` stand for them."""
    values: Mapping[str, float] = {
        **{f"#{chr(ord('A') + k)}{n}_NUM": one for k, row in enumerate(points) for n, one in enumerate(row, 1)},
        **{f"#{chr(ord('A') + k)}_MAX_NUM": max(row) for k, row in enumerate(points)},
    }
    return re.sub(
        r"#[A-Z](?:\d+|_MAX)_NUM", lambda found: f"{values[found[0]]:g}" if found[0] in values else found[0], brief
    )


def _numbers(place: Path, number: int, line: str) -> tuple[float, ...]:
    try:
        found = tuple(float(part) for part in line.split(","))
    except ValueError:
        raise ScenarioError(f"{place}, line {number}: {line[:60]!r} must be numbers with commas between") from None
    if not all(0 <= one <= 100 for one in found):
        raise ScenarioError(f"{place}, line {number}: points must lie within 0 and 100")
    return found


def _lines(place: Path) -> list[str]:
    return [line for line in _text(place).splitlines() if line.strip()]


def _text(place: Path) -> str:
    try:
        return read_limited(place, LARGEST, ScenarioError).decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise ScenarioError(f"{place}: not UTF-8") from None
