"""What the calculations find, as their pages read it from JSON: `read(Analysed, found)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from negotiation.analysis.findings import Analysis, Picture, Sensitivity
from negotiation.lab.summary import Summary


@dataclass(frozen=True)
class Analysed:
    """Of `analyse`: the whole report of a case, and its picture with the references."""

    report: Analysis
    picture: Picture


@dataclass(frozen=True, kw_only=True)
class Shifted(Sensitivity):
    """Of `sensitivity`: what becomes of these solutions."""

    solutions: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Counted(Summary):
    """Of `summary`: what a result folder says, the columns that could split it, and its cases: name and variant."""

    columns: Sequence[str]
    cases: Sequence[tuple[str, str]]
