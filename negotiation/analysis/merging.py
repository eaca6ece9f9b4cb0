"""Merging of partial outcomes choice by choice, dropping on the way what is beaten whatever follows.

Two sets of partial outcomes are joined pair by pair. Of those with one *signature* (the open terms they may still
meet, what they add to open totals) only points that no other dominates are kept: whatever follows adds equally to all of them. This is bucket
elimination (Dechter 1999) with sets of undominated vectors in place of numbers (Rollón and Larrosa 2006). In a column
that exists for its floor only, all that is enough for the floor whatever follows counts as equal: so it costs little.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from negotiation.analysis.dominance import Mask, Points, undominated
from negotiation.analysis.outcome_space import Space
from negotiation.analysis.partial_outcomes import (
    NO_ROWS,
    Block,
    Bounds,
    Kept,
    Part,
    Rows,
    Trail,
    choices_of,
    gathered,
    leaf_of,
)
from negotiation.analysis.problem import Branch
from negotiation.errors import SetupError
from negotiation.language import phrase
from negotiation.rounding import plain

Tell: TypeAlias = Callable[[int], None]
"""Told how many more pairs are about to be tried."""

LARGE_TABLE = 100_000
"""Deals at one table beyond which a grid may thin it out while it is being put together."""

PLENTY = 1e300
"""Stands in a column that exists for its floor only, once the floor is reached whatever follows: more than any points."""

MOST_AT_ONCE = 4_000_000
"""Partial outcomes made before the next pruning, if memory allows."""


class TooLarge(SetupError):
    """An analysis that does not fit into its bytes of memory, and by how much."""

    def __init__(self, memory: float, why: str) -> None:
        super().__init__(
            phrase("this analysis needs more than the {size} GB it may take: {why}", size=plain(memory / 1e9), why=why)
        )


class Merger:
    """A merger of parts of a space within a memory budget.

    Parameters
    ----------
    step
        In units: of points that fall into one cell of a grid of this width one is kept, and only undominated
        cells; 0 keeps all undominated points.
    everything
        Keep dominated rows too: all that can reach the floors.
    memory
        Bytes there are, which decide how much is made at once.
    most
        Bytes that all parts together may take; `memory` if None.
    """

    def __init__(
        self, space: Space, memory: float, step: float = 0.0, *, everything: bool = False, most: float | None = None
    ) -> None:
        self.space, self.memory, self.step, self.everything = space, memory, step, everything
        self.most = memory if most is None else most
        width = len(space.columns)
        self.point_bytes, self.made_bytes = 8 * width, 24 * width + 48
        self.batch = int(min(max(memory / 4 / self.made_bytes, 10_000), MOST_AT_ONCE))
        self.held = 0

    def join(self, first: Part, second: Part, rest: Bounds, *, thin: bool, tell: Tell | None = None) -> Part:
        """Return all pairs that break no constraint and can still reach the floors, pruned; by the grid if `thin`."""
        keys = first.keys | second.keys
        inside, rest = self.space.within(keys), rest + Bounds(*self.space.totals.pending(keys))
        found, coarse = {}, first.coarse + second.coarse
        lossy = False
        for sign, sources in self._pairs(first, second, inside).items():
            best = _Best(self, sign, ~inside & self.space.every, rest, self.step if thin else 0.0)
            for left, right, added in sources:
                if tell:
                    tell(len(left[0]) * len(right[0]))
                best.take(left, right, added)
            kept = best.pruned()
            lossy |= best.lossy
            if len(kept[0]):
                found[sign] = kept
                self.held += len(kept[0]) * (self.point_bytes + 8)
        self._drop(first, second)
        return gathered(keys, found, Trail(*NO_ROWS, (first.trail, second.trail)), coarse + lossy)

    def _pairs(self, first: Part, second: Part, inside: int) -> dict[int, list[tuple[Block, Block, Points]]]:
        """Return the blocks to be paired, and what the terms met by now add, by signature of the pairs."""
        closing = inside & ~self.space.within(first.keys) & ~self.space.within(second.keys)
        totals = self.space.totals
        before = {*totals.decided(first.keys), *totals.decided(second.keys)}
        decided = [n for n in totals.decided(first.keys | second.keys) if n not in before]
        pairs: dict[int, list[tuple[Block, Block, Points]]] = {}
        for mine, left in first.groups.items():
            for theirs, right in second.groups.items():
                met = mine & theirs & closing
                if not met & self.space.barred:
                    units, sign = totals.settled(totals.together(mine, theirs), decided)
                    pairs.setdefault(sign | inside, []).append((left, right, self.space.effect(met)[0] + units))
        return pairs

    def table(self, name: str, elsewhere: Bounds) -> Part:
        """Return the undominated ways in which one table can end."""
        branches = [part for branch in self.space.branches(name) if (part := self._branch(branch, elsewhere)).size]
        blocks: dict[int, list[tuple[Points, Rows, Rows]]] = {}
        for n, part in enumerate(branches):
            for sign, (points, at) in part.groups.items():
                rows = np.arange(at, at + len(points), dtype=np.int32)
                blocks.setdefault(sign, []).append((points, np.full(len(points), n, dtype=np.int32), rows))
        found = {}
        for sign, pieces in blocks.items():
            points, numbers, rows = (np.concatenate(piece) for piece in zip(*pieces, strict=True))
            keep = self.unbeaten(points)
            found[sign] = points[keep], numbers[keep], rows[keep]
        trail = Trail(*NO_ROWS, tuple(part.trail for part in branches), name)
        part = gathered(choices_of(self.space, name), found, trail, max((part.coarse for part in branches), default=0))
        self.held += part.size * (self.point_bytes + 8)
        self._drop(*branches)
        return part

    def _branch(self, branch: Branch, elsewhere: Bounds) -> Part:
        space = self.space
        points, alive = space.start(branch)
        start = frozenset([branch.table.name]) if branch.signed else choices_of(space, branch.table.name)
        leaf = leaf_of(space, start, points[None, :], [alive], branch.table.name)
        choices = [space.choice(branch, k) for k in range(len(branch.options))]
        if not all(len(points) for points, _ in choices):
            return Part(start, {}, leaf.trail)
        bounds = [Bounds(points.min(axis=0), points.max(axis=0)) for points, _ in choices]
        nothing = leaf_of(space, frozenset(), np.zeros((1, len(space.columns))), [space.every])
        part = self.join(leaf, nothing, sum(bounds, elsewhere), thin=False)
        for k, (points, alive_then) in enumerate(choices):
            key = frozenset([f"{branch.table.name}.{branch.table.issues[k].name}"])
            issue = leaf_of(space, key, points, alive_then, branch.table.name, k, branch.options[k])
            part = self.join(part, issue, sum(bounds[k + 1 :], elsewhere), thin=branch.table.raw > LARGE_TABLE)
        return part

    def _drop(self, *origins: Part) -> None:
        """Subtract the points of parts that have been joined: only their trail is still needed."""
        self.held -= self.point_bytes * sum(origin.size for origin in origins if origin.trail.origins)

    def unbeaten(self, points: Points) -> Mask:
        """Return which rows to keep."""
        return np.ones(len(points), dtype=np.bool_) if self.everything else undominated(points)

    def room(self, made: int) -> None:
        """Raise `TooLarge` unless `made` new rows still fit into memory.

        Raises
        ------
        TooLarge
            When they do not fit.
        """
        if self.held + made * self.made_bytes > self.most:
            raise TooLarge(
                self.most,
                phrase(
                    "{made:,} partial outcomes at once, hardly any of which beats another for all of {parties} parties",
                    made=made,
                    parties=self.space.objectives,
                ),
            )


class _Best:
    """The undominated rows of one signature while pairs of blocks keep coming in."""

    def __init__(self, merger: Merger, sign: int, still_open: int, rest: Bounds, step: float) -> None:
        space = merger.space
        _, losses, gains = space.effect(sign & still_open)
        self.merger, self.step, self.lossy, self.waiting = merger, step, False, 0
        self.need = space.floors - rest.most - gains
        self.enough = np.where(space.conditions, space.floors - rest.least - losses, np.inf)
        self.pieces: list[Kept] = []
        self.count = 0

    def take(self, left: Block, right: Block, added: Points) -> None:
        """Pair every row of one block with every row of the other."""
        (mine, at), (theirs, other) = left, right
        step = max(1, self.merger.batch // max(1, len(theirs)))
        for first in range(0, len(mine), step):
            points = mine[first : first + step, None, :] + (theirs + added)[None, :, :]
            points = points.reshape(-1, mine.shape[1])
            fine = np.flatnonzero((points >= self.need).all(axis=1))
            points = points[fine]
            points[points >= self.enough] = PLENTY
            rows = (at + first + fine // len(theirs)).astype(np.int32), (other + fine % len(theirs)).astype(np.int32)
            self.pieces.append((points, *rows))
            self.waiting += len(points)
            if self.waiting > max(self.merger.batch, self.count):
                self.pruned()

    def pruned(self) -> Kept:
        """Return points, left and right rows of the undominated pairs so far."""
        if self.waiting or len(self.pieces) > 1:
            self.merger.room(self.count + self.waiting)
            points, left, right = (np.concatenate(piece) for piece in zip(*self.pieces, strict=True))
            keep = self._kept(points)
            self.pieces = [(points[keep], left[keep], right[keep])]
        self.count, self.waiting = len(self.pieces[0][0]), 0
        return self.pieces[0]

    def _kept(self, points: Points) -> Mask:
        keep = self.merger.unbeaten(points)
        if self.step:
            cells, graded = points[keep], ~self.merger.space.conditions
            cells[:, graded] = np.floor(cells[:, graded] / self.step)
            thin = undominated(cells)
            self.lossy |= not thin.all()
            keep[keep] = thin
        return keep
