"""Talks of one party with many, as folders of ANL 2025: a centre, and an edge for every partner.

`center.yml` lists the outcome space of every edge, in order, and what all agreements together are worth to the centre: by
their sum (`values:` by number, or `center.csv` of quantity and value), by how many take each of some `days`, or by their
combination. `edges/*.yml` are the partners, in order of their names where the centre does not name them. Files are read as
data: no class that they name is looked up, no tag and no pickled function is executed.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import TypeAlias

import yaml

from negotiation.errors import ScenarioError
from negotiation.formats.files import read_limited
from negotiation.formats.profiles import ids
from negotiation.formats.schema import FORMAT
from negotiation.formats.yaml_text import dump

CENTER, EDGES, VALUES = ("center.yml", "center.yaml"), "edges", "center.csv"
"""What such a folder holds."""

LARGEST, MOST_EDGES = 2**20, 11
"""Bytes of a file; partners, as a case has at most twelve parties."""

WHOLE = re.compile(r"[-+]?\d{1,9}")
COMBINATION = re.compile(r"\(\s*([^()]*?)\s*,?\s*\)")

Named: TypeAlias = Mapping[str, tuple[str, Mapping[str, str]]]
"""The issues of an edge: by id, its name and its values with their ids."""

Worth: TypeAlias = tuple[dict[str, dict[str, int]], dict[str, object]]
"""What options add, by issue; and what the sums are worth."""


class _Plain(yaml.SafeLoader):
    """A loader of plain data, which leaves what is tagged as text."""


def _as_text(_: object, suffix: str, node: yaml.Node) -> str:
    return f"{suffix} at line {node.start_mark.line + 1}"


_Plain.add_multi_constructor("", _as_text)
_Plain.add_constructor("tag:yaml.org,2002:binary", lambda loader, node: _as_text(loader, "binary", node))


def is_multi_deal(folder: Path) -> bool:
    """Return whether a folder holds such talks."""
    return (folder / EDGES).is_dir() and any((folder / name).is_file() for name in CENTER)


def case_of(folder: Path, name: str, rounds: int) -> str:
    """Return the text of a scenario file: a table for each edge, which it and the centre sign, and a total for the centre.

    Raises
    ------
    ScenarioError
        When a file is missing, does not fit, or says in code alone what something is worth.
    """
    center_file = next(folder / one for one in CENTER if (folder / one).is_file())
    center, edges = _read(center_file), _edges(folder)
    spaces = _list(center_file, center, "outcome_spaces")
    if len(spaces) != len(edges):
        raise ScenarioError(f"{center_file}: {len(spaces)} outcome spaces, but {len(edges)} files in {EDGES}")
    order = _in_order(spaces, edges)
    agendas = [_agenda(center_file, space) for space in spaces]
    people = [str(center.get("name", "Center")), *(str(edges[file].get("name", file.stem)) for file in order)]
    middle, *partners = ids(people, "p")
    tables = [f"{partner[:30]}_deal" for partner in partners]
    named = [_named(agenda) for agenda in agendas]
    amounts, worth = _total(folder, center_file, center, tables, named)
    rows = list(zip(tables, partners, people[1:], order, named, strict=True))
    document = {
        "format": FORMAT,
        "id": name,
        "title": re.sub(r"[-_]+", " ", name).capitalize(),
        "disclaimer": "Imported: talks of another project, with their utilities as they were.",
        "scoring": "unit",
        "clock": {"rounds": rounds},
        "parties": {party: {"name": who} for party, who in zip((middle, *partners), people, strict=True)},
        "tables": {
            table: {
                "title": f"{people[0]} and {who}",
                "signers": {"always": [middle, partner]},
                "issues": _issues(issues),
                "if_unsigned": {
                    "means": "No agreement: the partner keeps its reservation value.",
                    "adjust": {partner: _number(file, edges[file].get("reserved_value", 0.0), "reserved_value")},
                },
            }
            for table, partner, who, file, issues in rows
        },
        "preferences": {
            middle: {},
            **{partner: _sheets(file, edges[file], table, issues) for table, partner, _, file, issues in rows},
        },
        "totals": [{"id": "together", "amounts": amounts, "effect": {middle: worth}}],
    }
    return dump(document, width=120)


def _issues(issues: Named) -> dict[str, object]:
    return {
        issue: {"title": title, "options": {option: value for value, option in options.items()}}
        for issue, (title, options) in issues.items()
    }


def _named(agenda: Mapping[str, Sequence[str]]) -> Named:
    issues = zip(ids(agenda, "i"), agenda.items(), strict=True)
    return {key: (title, dict(zip(values, ids(values, "v"), strict=True))) for key, (title, values) in issues}


def _read(file: Path) -> dict[str, object]:
    data = read_limited(file, LARGEST, ScenarioError)
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(data.decode("utf-8"))):
            raise ScenarioError(f"{file}: uses an alias (*), which such a file does not need")
        found = yaml.load(data, Loader=_Plain)  # noqa: S506  a SafeLoader: what is tagged is not made
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, TypeError, RecursionError) as problem:
        raise ScenarioError(f"{file}: not YAML: {' '.join(str(problem).split())[:200]}") from None
    if not isinstance(found, dict):
        raise ScenarioError(f"{file}: holds {type(found).__name__}, must hold a mapping")
    return found


def _edges(folder: Path) -> dict[Path, dict[str, object]]:
    files = sorted(path for path in (folder / EDGES).iterdir() if path.suffix in (".yml", ".yaml"))
    if not 1 <= len(files) <= MOST_EDGES:
        raise ScenarioError(f"{folder / EDGES}: {len(files)} edges, must be 1 to {MOST_EDGES}")
    return {file: _read(file) for file in files}


def _in_order(spaces: Sequence[object], edges: Mapping[Path, Mapping[str, object]]) -> list[Path]:
    """Return the edges in the order of the centre's outcome spaces: the names begin alike, else in file order."""
    left, order = list(edges), []
    for space in spaces:
        name = str(space.get("name", "")) if isinstance(space, Mapping) else ""
        fits = [file for file in left if name.startswith(str(edges[file].get("name", "?")))]
        if len(fits) != 1:
            return list(edges)
        order += fits
        left.remove(fits[0])
    return order


def _list(file: Path, data: Mapping[str, object], key: str) -> list[object]:
    found = data.get(key)
    if not isinstance(found, list) or not found:
        raise ScenarioError(f"{file}: {key} is missing or empty, must be a list")
    return found


def _agenda(file: Path, space: object) -> dict[str, list[str]]:
    issues = _list(file, space if isinstance(space, Mapping) else {}, "issues")
    found: dict[str, list[str]] = {}
    for issue in issues:
        if not isinstance(issue, Mapping) or "name" not in issue:
            raise ScenarioError(f"{file}: an issue has no name")
        found[str(issue["name"])] = [str(value) for value in _list(file, issue, "values")]
    return found


def _number(file: Path, value: object, place: str) -> float:
    try:
        number = float(value) if isinstance(value, int | float | str) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise ScenarioError(f"{file}: {place} is {str(value)[:60]!r}, must be a number")
    return number


def _sheets(file: Path, edge: Mapping[str, object], table: str, issues: Named) -> dict[str, object]:
    """Return the score sheet of a partner: weights and values as they are."""
    functions, weights = _list(file, edge, "values"), _list(file, edge, "weights")
    if not len(functions) == len(weights) == len(issues):
        raise ScenarioError(f"{file}: {len(functions)} values and {len(weights)} weights for {len(issues)} issues")
    sheets: dict[str, object] = {}
    for (issue, (title, options)), function, weight in zip(issues.items(), functions, weights, strict=True):
        mapping = function.get("mapping") if isinstance(function, Mapping) else None
        if not isinstance(mapping, Mapping):
            kind = str(function.get("type", "nothing") if isinstance(function, Mapping) else function)[:80]
            raise ScenarioError(
                f"{file}: issue {title!r} is valued by code ({kind}), which is never run; a `mapping` of values would do"
            )
        by_text = {str(value): share for value, share in mapping.items()}
        if lacking := [value for value in options if value not in by_text]:
            raise ScenarioError(f"{file}: issue {title!r}: no value for {lacking[0]!r}")
        sheets[f"{table}.{issue}"] = {
            "weight": _number(file, weight, "a weight"),
            "scores": {option: _number(file, by_text[value], repr(value)) for value, option in options.items()},
        }
    return sheets


def _total(
    folder: Path, file: Path, center: Mapping[str, object], tables: Sequence[str], named: Sequence[Named]
) -> Worth:
    """Return what options add, and what the sums are worth to the centre."""
    evaluator = center.get("evaluator")
    evaluator = evaluator if isinstance(evaluator, Mapping) else {}
    otherwise = _number(file, evaluator.get("reserved_value", center.get("reserved_value", 0.0)), "reserved_value")
    values, days = evaluator.get("values"), evaluator.get("days")
    source = file
    if not isinstance(values, Mapping):
        source = folder / VALUES
        if not source.is_file():
            kind = str(evaluator.get("type", "nothing"))[:80]
            raise ScenarioError(
                f"{file}: the centre is valued by code ({kind}), which is never run; add {VALUES} or `values:`"
            )
        values, days = _table(source)
    worth = {_key(source, key): _number(source, value, f"the value of {key}") for key, value in values.items()}
    if isinstance(days, list):
        base = len(tables) + 1
        places = {str(day): base**n for n, day in enumerate(days)}
        amounts = _amounts(tables, named, lambda value: places.get(value, 0))
        points = {_counted(source, key, len(days), base): points for key, points in worth.items()}
        return amounts, {"points": points, "otherwise": otherwise}
    if all(len(key) == 1 for key in worth):
        amounts = _amounts(tables, named, lambda value: _whole(source, value))
        return amounts, {
            "points": {_whole(source, key[0]): points for key, points in worth.items()},
            "otherwise": otherwise,
        }
    return _combined(source, worth, tables, named, otherwise)


def _amounts(tables: Sequence[str], named: Sequence[Named], added: Callable[[str], int]) -> dict[str, dict[str, int]]:
    return {
        f"{table}.{issue}": {option: added(value) for value, option in options.items()}
        for table, issues in zip(tables, named, strict=True)
        for issue, (_, options) in issues.items()
    }


def _combined(
    source: Path,
    worth: Mapping[tuple[str, ...], float],
    tables: Sequence[str],
    named: Sequence[Named],
    otherwise: float,
) -> Worth:
    """Return a digit for each option of each edge, and what the numbers that they make are worth; no deal is digit 0."""
    if any(len(key) != len(tables) for key in worth) or any(len(issues) != 1 for issues in named):
        raise ScenarioError(f"{source}: values must be by one number, or by one value for each of {len(tables)} edges")
    amounts: dict[str, dict[str, int]] = {}
    digits, place = [], 1
    for table, issues in zip(tables, named, strict=True):
        ((issue, (_, options)),) = issues.items()
        amounts[f"{table}.{issue}"] = {option: place * (n + 1) for n, option in enumerate(options.values())}
        digits.append({value: place * (n + 1) for n, value in enumerate(options)} | {"None": 0})
        place *= len(options) + 1
    for key, known in product(worth, range(len(tables))):
        if key[known] not in digits[known]:
            raise ScenarioError(f"{source}: ({', '.join(key)}): {key[known]!r} is no value of edge {known + 1}")
    points = {sum(by[value] for by, value in zip(digits, key, strict=True)): value for key, value in worth.items()}
    return amounts, {"points": points, "otherwise": otherwise}


def _table(file: Path) -> tuple[dict[object, object], list[object] | None]:
    """Return the values in a table of which the last column is the value, and its other columns if there are several."""
    text = read_limited(file, LARGEST, ScenarioError).decode("utf-8", errors="replace")
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines()) if row]
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows) or len(rows[0]) < 2:
        raise ScenarioError(f"{file}: must have a line of names, then lines of numbers, the value last")
    keys: dict[object, object] = {f"({', '.join(row[:-1])})": row[-1] for row in rows[1:]}
    if len(keys) < len(rows) - 1:
        raise ScenarioError(f"{file}: a line stands twice")
    return keys, list(rows[0][:-1]) if len(rows[0]) > 2 else None


def _key(file: Path, key: object) -> tuple[str, ...]:
    found = COMBINATION.fullmatch(str(key))
    parts = [part.strip().strip("'\"") for part in found[1].split(",")] if found else [str(key)]
    if len(parts) > MOST_EDGES or not all(parts):
        raise ScenarioError(f"{file}: {str(key)[:60]!r} is no number and no combination of values")
    return tuple(parts)


def _whole(file: Path, text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise ScenarioError(f"{file}: {text[:60]!r} is no whole number, and only such can be added up")
    return int(text)


def _counted(file: Path, key: Sequence[str], days: int, base: int) -> int:
    """Return the number of which the digits are how many take each day; -1, which no sum is, if they are too many."""
    if len(key) != days:
        raise ScenarioError(f"{file}: ({', '.join(key)}) has {len(key)} numbers for {days} days")
    counts = [_whole(file, count) for count in key]
    fits = all(0 <= count < base for count in counts)
    return sum(count * base**n for n, count in enumerate(counts)) if fits else -1
