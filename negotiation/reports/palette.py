"""The colours of every picture, on a page or in a file: told apart by colour-blind people, light and dark."""

from __future__ import annotations

from collections.abc import Sequence

LIGHT = (
    "#b45309",
    "#be123c",
    "#0369a1",
    "#15803d",
    "#6d28d9",
    "#475569",
    "#0f766e",
    "#a21caf",
    "#4d7c0f",
    "#1d4ed8",
    "#78350f",
    "#9f1239",
)
DARK = (
    "#fbbf24",
    "#fb7185",
    "#38bdf8",
    "#4ade80",
    "#c4b5fd",
    "#cbd5e1",
    "#2dd4bf",
    "#e879f9",
    "#bef264",
    "#93c5fd",
    "#fdba74",
    "#fda4af",
)

INK = {
    False: {
        "card": "#ffffff",
        "line": "#dedad0",
        "good": "#047857",
        "bad": "#b91c1c",
        "text": "#1f2a2e",
        "accent": "#0f766e",
        "on-accent": "#ffffff",
        "dot": "#64748b",
        "reference": "#b45309",
        "game": "#7c3aed",
        "low": "#93c5fd",
        "middle": "#3b82f6",
        "high": "#172554",
    },
    True: {
        "card": "#16211f",
        "line": "#3d5350",
        "good": "#34d399",
        "bad": "#f87171",
        "text": "#e6eeec",
        "accent": "#2dd4bf",
        "on-accent": "#06201d",
        "dot": "#94a3b8",
        "reference": "#fbbf24",
        "game": "#c4b5fd",
        "low": "#3b82f6",
        "middle": "#5eead4",
        "high": "#fef08a",
    },
}
"""The other colours of our own HTML and pictures, light and dark."""

KINDS = {
    False: ("#94a3b8", "#0f766e", "#0369a1", "#65a30d", "#cbd5e1", "#b45309", "#b91c1c"),
    True: ("#94a3b8", "#2dd4bf", "#38bdf8", "#bef264", "#475569", "#fbbf24", "#f87171"),
}
"""The kinds of offers (see `words.KINDS`), in their order there."""

PAINT = {
    name: f"var(--{name})"
    for name in (*INK[False], *(f"p{n}" for n in range(len(LIGHT))), *(f"k{n}" for n in range(len(KINDS[False]))))
}
"""These colours by name, for a page whose style sheet sets them."""


def ink(*, night: bool) -> dict[str, str]:
    """Return all colours by name: parties in seating order as `p0`, `p1`, ..., kinds of offers as `k0`, `k1`, ..."""
    palette: Sequence[str] = DARK if night else LIGHT
    parties = {f"p{n}": colour for n, colour in enumerate(palette)}
    return {**INK[night], **parties, **{f"k{n}": colour for n, colour in enumerate(KINDS[night])}}


def variables() -> str:
    """Return a style sheet that sets all colours, light or dark as the reader's device has it."""
    light, dark = (";".join(f"--{name}:{c}" for name, c in ink(night=night).items()) for night in (False, True))
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"


GROUPS = (6, 0, 4, 2, 1, 8, 5, 7)
"""Colours of the parties in the order in which groups of runs have them: those far apart first."""


def group_colour(n: int) -> str:
    """Return the name of the colour of group number `n`."""
    return f"p{GROUPS[n % len(GROUPS)]}"


def party_colour(n: int) -> str:
    """Return the name of the colour of party number `n`."""
    return f"p{n % len(LIGHT)}"
