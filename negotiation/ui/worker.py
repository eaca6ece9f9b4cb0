"""The other end of `working`: one calculation in a process of its own, told in JSON lines."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from negotiation.analysis.frontier import Progress
from negotiation.analysis.picture import hindsight, path, pictured
from negotiation.analysis.report import Wish, analyse, wished
from negotiation.analysis.sensitivity import rows, sensitivity
from negotiation.analysis.whatif import sheets_of
from negotiation.case import Case
from negotiation.debrief.jobs import answered
from negotiation.errors import NegotiationError
from negotiation.formats import load
from negotiation.formats.log import decode
from negotiation.protocols import protocols

SOLUTIONS = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
"""The solutions whose sensitivity a page can show."""

MEMORY = 1e9
"""Bytes that one calculation for a page may take; a server has other guests."""


def _wish(asked: Mapping[str, Any]) -> tuple[Case, Wish]:
    wish = Wish(parties=tuple(asked["parties"]), types=asked["types"], memory=MEMORY)
    return load(asked["case"], asked["variant"]), wish


def _analyse(asked: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The whole report of a case, and its picture with the references."""
    case, wish = _wish(asked)
    outcomes = {name: reference.outcome for name, reference in case.references.items()}
    front = wished(case, wish, progress)
    return {"report": analyse(case, wish, progress, front), "picture": pictured(case, front, outcomes)}


def _sensitivity(asked: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """What becomes of the solutions of a case when its weights change a little."""
    case, wish = _wish(asked)
    found = sensitivity(case, wish, asked["percent"], SOLUTIONS, progress)
    return {"solutions": SOLUTIONS, **rows(found, asked["percent"])}


def _debrief(asked: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The hindsight on a game, and the picture with its path and the references."""
    case, wish = _wish(asked)
    opening = protocols()[asked["protocol"]]().opening(case.scenario, asked["rounds"])
    events = [decode(case.scenario, row) for row in asked["events"]]
    steps = path(opening, events)
    outcomes = {f"path-{n}": outcome for n, (_, _, outcome) in enumerate(steps)}
    outcomes |= {name: reference.outcome for name, reference in case.references.items()}
    return {
        "picture": pictured(case, wished(case, wish, progress), outcomes),
        "path": [[number, list(signed)] for number, signed, _ in steps],
        "hindsight": hindsight(case.scenario, sheets_of(case, wish.types), opening, events),
    }


def _draw(asked: Mapping[str, Any], _progress: Progress) -> dict[str, Any]:
    """A chart as a file, in base64."""
    import vl_convert

    if asked["kind"] == "svg":
        file = vl_convert.vegalite_to_svg(asked["spec"]).encode()
    else:
        file = vl_convert.vegalite_to_png(asked["spec"], scale=2)
    return {"file": base64.b64encode(file).decode()}


JOBS: dict[str, Callable[[Mapping[str, Any], Progress], dict[str, Any]]] = {
    "analyse": _analyse,
    "sensitivity": _sensitivity,
    "debrief": _debrief,
    "draw": _draw,
    "agents": answered,
    "twins": answered,
}


def _tell(kind: str, value: Any) -> None:
    sys.stdout.write(json.dumps({kind: value}) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Do what standard input asks for; a line per step, then a line with what was found or why it was refused."""
    if hasattr(os, "nice"):
        os.nice(10)
    asked = json.load(sys.stdin)
    try:
        _answer(asked)
    except BrokenPipeError:
        os._exit(1)  # nobody waits for it any more


def _answer(asked: dict[str, Any]) -> None:
    try:
        _tell("found", JOBS[asked["job"]](asked, lambda share, what: _tell("step", [share, what])))
    except NegotiationError as problem:
        _tell("refused", str(problem))


if __name__ == "__main__":
    main()
