"""The calculations that `processes` asks for, told in JSON lines; `child` begins them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from negotiation.analysis.figure_data import debriefed, frontier_data
from negotiation.analysis.findings import Debriefed, read, rows
from negotiation.analysis.frontier import Progress
from negotiation.analysis.par import Par
from negotiation.analysis.report import Wish, analyse, wished
from negotiation.analysis.sensitivity import sensitivity
from negotiation.analysis.solutions import SOLUTIONS
from negotiation.case import Case
from negotiation.classroom.cases import whichever
from negotiation.debrief.jobs import answered
from negotiation.debrief.par import ParAsked, par
from negotiation.errors import NegotiationError, SetupError, unknown
from negotiation.formats import bundled, loads, shipped
from negotiation.formats.log import decode
from negotiation.formats.memory_check import LARGEST_UPLOADED
from negotiation.language import SOURCE, language, phrase, speaking
from negotiation.protocols import protocols
from negotiation.record import matching, nobody
from negotiation.ui.jobs import result_folders
from negotiation.ui.jobs.questions import (
    BatchAsked,
    CardAsked,
    CaseAsked,
    DebriefAsked,
    DraftAsked,
    DrawAsked,
    GameAsked,
    GradebookAsked,
    SensitivityAsked,
    SummaryAsked,
    ToldAsked,
    TrialAsked,
    packed,
)
from negotiation.ui.jobs.told import written

if TYPE_CHECKING:
    from negotiation.debrief.downloads import FileAsked

MEMORY = 1e9
"""Bytes that one calculation for a page may take; a server has other guests."""


def _wish(asked: CaseAsked | DebriefAsked) -> Wish:
    return Wish(parties=tuple(asked["parties"]), types=asked["types"], memory=MEMORY)


def _played(asked: GameAsked) -> Case:
    """Return the case that a game was played with."""
    return matching(asked, whichever(asked["text"], asked["case"], asked["variant"]), "this game")


def _analyse(asked: CaseAsked, progress: Progress) -> dict[str, object]:
    """Return the whole report of a case, and its picture with the references."""
    case, wish = shipped(asked["case"], asked["variant"]), _wish(asked)
    outcomes = {name: reference.outcome for name, reference in case.references.items()}
    front = wished(case, wish, progress)
    return {"report": rows(analyse(case, wish, progress, front)), "picture": rows(frontier_data(case, front, outcomes))}


def _draft(asked: DraftAsked, progress: Progress) -> dict[str, object]:
    """Return the picture of a case that is being written, with its named outcomes."""
    case = loads(asked["text"], "the case", most=LARGEST_UPLOADED)
    wish = Wish(parties=tuple(asked["parties"]), memory=MEMORY)
    outcomes = {name: reference.outcome for name, reference in case.references.items()}
    return rows(frontier_data(case, wished(case, wish, progress), outcomes))


def _trial(asked: TrialAsked, progress: Progress) -> dict[str, object]:
    """Return what agents make of a case that is being written."""
    from negotiation.authoring.trial import trial
    from negotiation.strategies import strategies

    if asked["strategy"] not in strategies():
        raise SetupError(unknown("strategy", asked["strategy"], strategies()))
    games = min(asked["games"], result_folders.MOST_RUNS)

    def step(done: int) -> None:
        progress(done / games, phrase("{done:,} of {total:,} games", done=done, total=games))

    return rows(trial(loads(asked["text"], "the case", most=LARGEST_UPLOADED), asked["strategy"], games, step))


def _sensitivity(asked: SensitivityAsked, progress: Progress) -> dict[str, object]:
    """Return what becomes of the solutions of a case when its weights change a little."""
    case, wish = shipped(asked["case"], asked["variant"]), _wish(asked)
    found = sensitivity(case, wish, asked["percent"], tuple(SOLUTIONS), progress)
    return {"solutions": list(SOLUTIONS), **rows(found)}


def _debrief(asked: DebriefAsked, progress: Progress) -> dict[str, object]:
    """Return the hindsight on a game, and the picture with its path and the references."""
    case, wish = _played(asked), _wish(asked)
    opening = protocols()[asked["protocol"]]().opening(case.scenario, asked["rounds"])
    events = [decode(case.scenario, row) for row in asked["events"]]
    return rows(debriefed(case, wish, opening, events, progress))


def _told(asked: ToldAsked, _progress: Progress) -> dict[str, object]:
    """Return the debrief of a game as a file, in base64."""
    from negotiation.game import Game
    from negotiation.reports import ending, pdf, web

    case = _played(asked)
    game = Game(
        case,
        seats=asked["seats"],
        protocol=asked["protocol"],
        rounds=asked["rounds"],
        seed=asked["seed"],
        types=asked["types"],
        talk=asked["talk"],
        events=[decode(case.scenario, row) for row in asked["events"]],
        players=nobody,
    ).told(language())
    found, known = asked["found"], asked["par"]
    document = ending.document(
        game, read(Debriefed, found) if found else None, asked["me"], read(Par, known) if known else None
    )
    file = pdf.pdf(document) if asked["kind"] == "pdf" else web.page(document).encode()
    return packed(file)


def _draw(asked: DrawAsked, _progress: Progress) -> dict[str, object]:
    """Return a chart as a file, in base64."""
    from negotiation.reports.figure_files import png, svg

    file = svg(asked["spec"], "figure").encode() if asked["kind"] == "svg" else png(asked["spec"])
    return packed(file)


def _card(asked: CardAsked, _progress: Progress) -> dict[str, object]:
    """Return the card of a result as a PNG file, in base64."""
    from negotiation.reports.card import Card, png

    return packed(png(read(Card, asked["card"])))


def _batch(asked: BatchAsked, progress: Progress) -> dict[str, object]:
    """Play a small plan with bundled cases and strategies into a results folder; return how many runs, and errors."""
    from negotiation.lab.plan import read_plan
    from negotiation.lab.runner import run
    from negotiation.lab.runs import Runs
    from negotiation.strategies import strategies

    plan, out = read_plan(asked["plan"]), result_folders.new_folder(asked["folder"])
    for what, names, known in (
        ("case", plan.cases, bundled()),
        ("strategy", [text for seats in plan.lineups.values() for text in seats.values()], strategies()),
    ):
        for name in names:
            if name not in known:
                raise SetupError(unknown(what, name, known))
    if (runs := len(Runs(plan))) > result_folders.MOST_RUNS:
        raise SetupError(
            phrase(
                "the plan has {runs:,} runs; a page starts at most {most:,}", runs=runs, most=result_folders.MOST_RUNS
            )
        )
    count, errors = run(
        plan,
        out,
        progress=lambda done, total: progress(
            done / total, phrase("{done:,} of {total:,} negotiations", done=done, total=total)
        ),
    )
    return {"runs": count, "errors": errors}


def _summary(asked: SummaryAsked, _progress: Progress) -> dict[str, object]:
    """Return the summary of a result folder, split by a column, and the columns that could split it."""
    from dataclasses import asdict

    from negotiation.lab.results import open_results
    from negotiation.lab.summary import summarise

    results = open_results(result_folders.folder(asked["folder"]))
    plan, names = results.plan, results.dataset().schema.names
    columns = [n for n in names if n in ("lineup", "protocol", "engine") or n.startswith(("factor.", "type."))]
    return {
        **asdict(summarise(results, asked["by"], asked["where"])),
        "columns": sorted(columns, key=lambda name: name != "lineup"),
        "cases": [[name, plan.variant] for name in plan.cases],
    }


def _file(asked: FileAsked, progress: Progress) -> dict[str, object]:
    """Return a file of a class to take away, in base64, from the database that the environment names."""
    from negotiation.classroom.classroom import Classroom
    from negotiation.classroom.store import store
    from negotiation.debrief.downloads import made

    return packed(made(Classroom(store()), asked, progress))


def _gradebook(asked: GradebookAsked, progress: Progress) -> dict[str, object]:
    """Return the results of a course, from the database that the environment names."""
    from negotiation.classroom.classroom import Classroom
    from negotiation.classroom.store import store
    from negotiation.debrief.gradebook import results

    room = Classroom(store())
    return rows(results(room, room.courses.get(asked["course"]), progress))


def _par(asked: ParAsked, progress: Progress) -> dict[str, object]:
    """Return what agents get in a seat."""
    return rows(par(asked, progress))


JOBS: dict[str, Callable[[Any, Progress], Mapping[str, object]]] = {
    "analyse": _analyse,
    "draft": _draft,
    "sensitivity": _sensitivity,
    "trial": _trial,
    "debrief": _debrief,
    "draw": _draw,
    "told": _told,
    "card": _card,
    "batch": _batch,
    "summary": _summary,
    "file": _file,
    "gradebook": _gradebook,
    "agents": answered,
    "twins": answered,
    "par": _par,
}


def _tell(kind: str, value: object) -> None:
    sys.stdout.write(json.dumps({kind: value}) + "\n")
    sys.stdout.flush()


def answer(asked: Mapping[str, object]) -> None:
    """Write a line per step, then one with what was found or why it was refused."""
    try:
        _answer(asked)
    except BrokenPipeError:
        os._exit(1)  # nobody waits for it any more


def _answer(asked: Mapping[str, object]) -> None:
    try:
        with speaking(str(asked.get("language", SOURCE))):
            _tell("found", JOBS[str(asked["job"])](asked, lambda share, what: _tell("step", [share, written(what)])))
    except NegotiationError as problem:
        _tell("refused", _why(problem))


def _why(problem: NegotiationError) -> object:
    """Return why a question was refused, as JSON; where folders lie is nobody's business."""
    said, folder = problem.said, f"{result_folders.root()}{os.sep}"
    return said.replace(folder, "") if folder in said else written(said)
