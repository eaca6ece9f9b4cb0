"""A learnt policy at a seat: `--seat nissan=policy:FILE`; what it sees goes through a few layers of weights to a choice.

The file is a table of numbers in the safetensors format, with what they are for as text beside it; nothing in it is ever run.
Layers are added up in one fixed order, so that a policy does the same on every machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.actions import Action
from negotiation.dice import Dice
from negotiation.errors import SetupError
from negotiation.formats.files import read_limited
from negotiation.scenario import Scenario
from negotiation.strategies.base import Strategy
from negotiation.strategies.menu import Menu, menu
from negotiation.strategies.sight import Sight
from negotiation.view import View

FORMAT = "negotiation-policy/1"

MOST_BYTES, MOST_LAYERS = 1 << 26, 16

Layer: TypeAlias = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
"""Weights, shape (out, in), and what is added, shape (out,)."""


@dataclass(frozen=True, eq=False)
class Policy(Strategy):
    """What somebody has learnt at the tables of one case; of the choices it has it takes the one it rates highest.

    Attributes
    ----------
    parties, tables
        Those of the case, and how many deals each table has; at others it cannot play.
    every_deal
        Whether it chooses among all deals by number, or offers by level.
    layers
        The first first; between two of them what is below 0 counts as 0.
    """

    about: ClassVar[str] = "a policy that somebody has learnt, from a file"

    parties: tuple[str, ...]
    tables: Mapping[str, int]
    every_deal: bool
    layers: tuple[Layer, ...]

    def unfit(self, scenario: Scenario, protocol: str) -> str | None:
        """Return why it cannot play here: it has learnt at other tables, or parties vote; None if it can."""
        tables = {name: table.size for name, table in scenario.tables.items()}
        if (tuple(scenario.parties), tables) != (self.parties, dict(self.tables)):
            return f"it has learnt at other tables: {', '.join(self.tables)}, of {', '.join(self.parties)}"
        if protocol == "single-text":
            return "it cannot vote; possible: alternating, open-floor"
        return None

    def decide(self, view: View, dice: Dice) -> Action:
        """Return the act that it rates highest of those on its menu."""
        sight = Sight(view, menu(view.scenario, every_deal=self.every_deal))
        ratings = rated(self.layers, sight.observation)
        return sight.act(int(np.where(sight.allowed == 1, ratings, -np.inf).argmax()))


def rated(layers: Sequence[Layer], seen: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return the rating of every choice, given what is seen; sums are made in one order on every machine."""
    values: npt.NDArray[np.float64] = seen.astype(np.float64)
    for n, (weights, added) in enumerate(layers):
        if n:
            values = np.maximum(values, 0.0)
        values = (weights.T * values[:, None]).sum(axis=0) + added
    return values


def policy(path: str) -> Policy:
    """Return the policy of a file.

    Raises
    ------
    SetupError
        When there is no such file, or it is no policy.
    """
    data = read_limited(Path(path), MOST_BYTES, SetupError)
    try:
        about, layers = _read(data)
        parties, tables, every_deal = _head(about)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as problem:
        why = str(problem) if type(problem) is ValueError else "it does not hold what such a file holds"
        raise SetupError(f"{path}: no policy file ({FORMAT}): {' '.join(why.split())[:200]}") from None
    ours = Menu(len(parties), len(tables), sum(tables.values()) + len(tables) if every_deal else 0)
    sizes = [layers[0][0].shape[1], *(len(added) for _, added in layers)]
    if (sizes[0], sizes[-1]) != (ours.seen, ours.choices):
        raise SetupError(
            f"{path}: this policy goes from {sizes[0]} numbers seen to {sizes[-1]} choices; "
            f"its tables have {ours.seen} and {ours.choices}"
        )
    return Policy(parties, tables, every_deal, layers)


def policy_digest(path: str) -> str:
    """Return the SHA-256 of a policy file.

    Raises
    ------
    SetupError
        When it cannot be read.
    """
    return hashlib.sha256(read_limited(Path(path), MOST_BYTES, SetupError)).hexdigest()


def _read(data: bytes) -> tuple[Mapping[str, str], tuple[Layer, ...]]:
    """Return what a file says of itself, and its layers; raise `ValueError` or another if it is no such file."""
    many = int.from_bytes(data[:8], "little")
    if len(data) < 8 or many > len(data) - 8:
        raise ValueError("it is cut short, or no safetensors file")
    header, numbers = json.loads(data[8 : 8 + many].decode()), data[8 + many :]
    about = header.pop("__metadata__")
    if about["format"] != FORMAT:
        raise ValueError(f"its format is {about['format']!r:.60}")
    if not 0 < len(header) // 2 <= MOST_LAYERS or len(header) % 2:
        raise ValueError(f"it holds {len(header)} arrays, must be two a layer, of 1 to {MOST_LAYERS} layers")
    layers: list[Layer] = []
    for n in range(len(header) // 2):
        weights, added = (_array(header[f"{kind}{n}"], numbers) for kind in ("weights", "added"))
        if weights.ndim != 2 or added.shape != weights.shape[:1] or (n and weights.shape[1] != len(layers[-1][1])):
            raise ValueError(f"layer {n} does not fit: {weights.shape}, {added.shape}")
        layers.append((weights, added))
    return about, tuple(layers)


def _array(entry: Mapping[str, Any], numbers: bytes) -> npt.NDArray[np.float64]:
    first, last = entry["data_offsets"]
    shape = entry["shape"]
    if entry["dtype"] != "F32" or not 0 <= first <= last <= len(numbers):
        raise ValueError("an array is not of 32-bit numbers, or stands outside the file")
    array = np.frombuffer(numbers[first:last], dtype="<f4").reshape(shape).astype(np.float64)
    if not np.isfinite(array).all():
        raise ValueError("a weight is no number")
    return array


def _head(about: Mapping[str, str]) -> tuple[tuple[str, ...], dict[str, int], bool]:
    parties, tables = json.loads(about["parties"]), json.loads(about["tables"])
    if not all(isinstance(name, str) for name in (*parties, *tables)):
        raise ValueError("parties and tables must be names")
    if not all(type(size) is int and size > 0 for size in tables.values()):
        raise ValueError("tables must have their numbers of deals")
    return tuple(parties), dict(tables), about["every_deal"] == "yes"


def policy_bytes(scenario: Scenario, *, every_deal: bool, layers: Sequence[Layer], note: str = "") -> bytes:
    """Return a policy as a file; `note` says for people how it was learnt."""
    header: dict[str, Any] = {
        "__metadata__": {
            "format": FORMAT,
            "parties": json.dumps(list(scenario.parties)),
            "tables": json.dumps({name: table.size for name, table in scenario.tables.items()}),
            "every_deal": "yes" if every_deal else "no",
            "note": note,
        }
    }
    body = b""
    for n, pair in enumerate(layers):
        for kind, array in zip(("weights", "added"), pair, strict=True):
            data = np.ascontiguousarray(array, dtype="<f4").tobytes()
            place = [len(body), len(body) + len(data)]
            header[f"{kind}{n}"] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": place}
            body += data
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    return len(head).to_bytes(8, "little") + head + body
