"""Results for other programs: the game of strategies of a tournament for Gambit, and the card of a batch as a data set."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path

from negotiation.errors import LogError
from negotiation.formats.yaml_text import dump
from negotiation.lab.checksum_lines import read
from negotiation.lab.part_files import KINDS
from negotiation.lab.provenance import VERSIONS
from negotiation.lab.results import Results, open_results, schemas
from negotiation.lab.row_games import GAMES
from negotiation.lab.standings import Row

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
"""Rows by whose number data sets are sorted elsewhere."""


def normal_form(folder: Path) -> dict[str, str]:
    """Return the game that who sends a strategy plays, in Gambit's format `.nfg`: a file for each case of a tournament.

    Of two parties each chooses a strategy, and gets its mean points over seeds. Of more, somebody chooses one and all
    others choose another: payoffs are then shares of a seat's best gain, over seats and seeds.

    Raises
    ------
    LogError
        When there is no tournament, or not every line-up has been played to its end.
    """
    file = folder / GAMES
    if not file.is_file():
        raise LogError(f"{folder}: holds no tournament ({GAMES} is missing)")
    by_case: dict[str, list[Row]] = defaultdict(list)
    for row in read(file).values():
        if "error" not in row:
            by_case[row["case"]].append(row)
    files: dict[str, str] = {}
    for case, rows in by_case.items():
        name = f"{Path(case).stem}.nfg"
        while name in files:
            name = f"{name.removesuffix('.nfg')}-2.nfg"
        files[name] = _game(folder, case, rows)
    if not files:
        raise LogError(f"{folder}: no game of this tournament has been played to its end")
    return files


def _game(folder: Path, case: str, rows: Sequence[Row]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row["lineup"]))
    two = len(rows[0]["lineup"]) == 2
    payoffs = _of_two(rows) if two else _of_many(rows)
    players = ("seat 1", "seat 2") if two else ("one", "all others")
    cells = [(mine, theirs) for theirs, mine in product(names, names)]  # the first player's choice changes fastest
    if lacking := [cell for cell in cells if cell not in payoffs]:
        raise LogError(f"{folder}: {case}: {' against '.join(lacking[0])} has not been played to its end")
    listed = " ".join(f"{value:.9f}" for cell in cells for value in payoffs[cell])
    what = "mean points over seeds" if two else "mean share of a seat's best gain, over seats and seeds"
    own = " ".join(map(_quoted, names))
    title = _quoted(f"{Path(case).stem}: strategies; payoffs are {what}")
    return f"NFG 1 R {title}\n{{ {' '.join(map(_quoted, players))} }}\n{{ {{ {own} }} {{ {own} }} }}\n\n{listed}\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


Payoffs = Mapping[tuple[str, str], tuple[float, float]]


def _of_two(rows: Sequence[Row]) -> Payoffs:
    met: dict[tuple[str, str], list[Sequence[float]]] = defaultdict(list)
    for row in rows:
        first, second = row["lineup"]
        met[first, second].append(row["points"])
    return {pair: (_mean([p[0] for p in some]), _mean([p[1] for p in some])) for pair, some in met.items()}


def _of_many(rows: Sequence[Row]) -> Payoffs:
    """Return what the one and the mean of all others get, by who sits in one seat and who in all others."""
    met: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        for seat, name in enumerate(row["lineup"]):
            others = {who for n, who in enumerate(row["lineup"]) if n != seat}
            if len(others) == 1:
                rest = [share for n, share in enumerate(row["share"]) if n != seat]
                met[name, others.pop()].append((row["share"][seat], _mean(rest)))
    return {pair: (_mean([a for a, _ in some]), _mean([b for _, b in some])) for pair, some in met.items()}


def _mean(values: Sequence[float]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total / len(values)


def card(folder: Path) -> dict[str, str]:
    """Return the card of a batch as a data set: `README.md` that tells a hub, and people, what the Parquet files hold.

    Raises
    ------
    LogError
        When there is no batch, or none of its runs.
    """
    found = open_results(folder)
    if not (folder / VERSIONS).is_file():
        raise LogError(f"{folder}: holds no run of a batch yet ({VERSIONS} is missing)")
    shapes = schemas(found.runs)
    rows = {kind: found.dataset(kind).count_rows() for kind in KINDS if kind in shapes}
    front = {
        "pretty_name": f"Negotiations of {', '.join(found.runs.cases)}",
        "tags": ["negotiation", "multi-agent", "simulation"],
        "size_categories": [_size(rows["runs"])],
        "configs": [
            {"config_name": kind, "data_files": f"{kind}/*.parquet", **({"default": True} if kind == "runs" else {})}
            for kind in rows
        ],
    }
    parts = [f"---\n{dump(front)}---\n", _told(found, rows)]
    for kind, count in rows.items():
        lines = "".join(f"| `{field.name}` | {field.type} |\n" for field in shapes[kind])
        parts.append(f"## {kind}: {count:,} rows\n\n| column | type |\n|---|---|\n{lines}")
    return {"README.md": "\n".join(parts)}


def _size(rows: int) -> str:
    """Return how large a data set is, in the words of hubs."""
    words = ["n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "n>10M"]
    return words[sum(rows >= bound for bound in SIZES)]


def _told(found: Results, rows: Mapping[str, int]) -> str:
    plan = found.plan
    made = json.dumps(found.versions, indent=1, sort_keys=True, ensure_ascii=False)
    return (
        f"# Negotiations of {', '.join(found.runs.cases)}\n\n"
        f"{rows['runs']:,} of {len(found.runs):,} planned runs: line-ups {', '.join(plan.lineups)}; seed {plan.seed}.\n"
        "Parties, cases and scores are fictional. One row of `runs` is one negotiation, one of `tables` one table of it; `key` joins them.\n"
        "The licence is for whoever publishes this to choose and to add above.\n\n"
        f"## The plan\n\n```yaml\n{plan.text()}```\n\n## What made it\n\n```json\n{made}\n```\n"
    )


RESULTS: Mapping[str, Callable[[Path], dict[str, str]]] = {"nfg": normal_form, "card": card}
"""What can be written of a folder of results."""
