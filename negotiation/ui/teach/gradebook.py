"""The gradebook of a course on the page: worked out in a process of its own, weighed here, and taken away as files."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from negotiation.analysis.findings import read
from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.courses.state import PARTS, Course, Weights
from negotiation.debrief.gradebook import ABOUT, FEWEST, Gradebook, Mark, Score, counts, overall, score
from negotiation.debrief.gradebook_files import FILES, titles
from negotiation.language import decimal, language, mark, tr
from negotiation.reports.web import WIDE
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.words import literal
from negotiation.ui.jobs.background import Job, begun_once
from negotiation.ui.server.away import steady
from negotiation.ui.server.closed_pages import still

EVERY = 1.0
"""Seconds between two looks at whether the results are there."""

KINDS = {
    "canvas": (mark("For Canvas (CSV)"), "-canvas.csv", "text/csv"),
    "moodle": (mark("For Moodle (CSV)"), "-moodle.csv", "text/csv"),
    "csv": (mark("Everything (CSV)"), ".csv", "text/csv"),
    "xlsx": (mark("Everything (Excel)"), ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""What the files are called on the page and on disk."""

GRADES = mark("the gradebook, with names")


def gradebook(room: Classroom, by: Account, course: Course) -> None:
    """Draw the gradebook, and for those who run the course the weights and the files."""
    if not course.exercises or not course.roster:
        st.info(tr("The gradebook begins with a roster and an exercise."))
        return
    if by.role != "observer":
        with st.expander(tr("What counts"), icon=":material/balance:"):
            _weights(room, by, course)
    job = _job(room, course)
    st.fragment(steady(_drawn), run_every=EVERY if job.running else None)(room, by, course, job)


def _job(room: Classroom, course: Course) -> Job:
    """Return the calculation of the results as they stand; begun anew when a class or the roster has changed."""
    with room.store.reading() as look:
        groups = [group for one in course.exercises for group in room.classes.at(look, one).groups]
        found = look.versions([course.id, *course.exercises, *groups])
    asked = {"job": "gradebook", "course": course.id, "versions": list(found.values()), "language": language()}
    kept = st.session_state.get("gradebook")
    if kept is None or kept[0] != asked:
        kept = st.session_state["gradebook"] = asked, begun_once(asked, still())
    job: Job = kept[1]
    return job


def _drawn(room: Classroom, by: Account, course: Course, job: Job) -> None:
    if job.running:
        st.progress(min(max(job.share, 0.0), 1.0), tr("{step} …", step=tr(job.what)))
        return
    if job.found is None:
        st.error(literal(tr(job.refused or "it ended without a result; try again")), icon=":material/error:")
        return
    if st.session_state.get("gradebook-drawn") is not job:
        st.session_state["gradebook-drawn"] = job
        st.rerun()  # it is there: nobody need look every second any more
    book = read(Gradebook, job.found)
    st.html(table(book, course.weights))
    st.caption(tr(ABOUT, fewest=FEWEST))
    if by.role != "observer":
        with st.container(horizontal=True, key="gradebook-files"):
            for kind in FILES:
                _file(room, by, course, book, kind)


def _file(room: Classroom, by: Account, course: Course, book: Gradebook, kind: str) -> None:
    label, ending, mime = KINDS[kind]
    name = re.sub(r"[^a-z0-9]+", "-", course.title.lower()).strip("-") or "course"
    st.download_button(
        tr(label),
        lambda: FILES[kind](book, course.weights),
        file_name=f"{name}{ending}",
        mime=mime,
        key=f"gradebook-{kind}",
        icon=":material/download:",
        on_click=lambda: room.desk.take_away(by, course.id, GRADES),
    )


def table(book: Gradebook, weights: Weights) -> str:
    """Return the gradebook as a table, as HTML: what each exercise comes to, and below it what that is made of."""
    heads = "".join(f"<th class='n'>{escape(title)}</th>" for title in titles(book))
    rows = "".join(
        f"<tr><td><b>{escape(line.name)}</b></td><td class='n'>{_score(overall(book, line, weights))}</td>"
        + "".join(f"<td class='n'>{_mark(mark, weights)}</td>" for mark in line.marks)
        + "</tr>"
        for line in book.lines
    )
    first = f"<th>{tr('name')}</th><th class='n'>{tr('in all, of 100')}</th>"
    return f"{WIDE}<table class='terms'><tr>{first}{heads}</tr>{rows}</table></div>"


def _score(found: Score | None) -> str:
    if found is None:
        return "–"
    points = decimal(f"{found.points:.1f}")
    return tr("{points} ± {off}", points=points, off=decimal(f"{found.off:.1f}")) if found.off else points


def _mark(mark: Mark | None, weights: Weights) -> str:
    if mark is None:
        return f"<span class='note'>{tr('did not come')}</span>"
    told = []
    if mark.outcome is not None:
        told.append(
            tr("outcome {points}, n = {n}", points=decimal(f"{mark.outcome:.1f}"), n=mark.n)
            if counts(mark, weights)
            else tr("outcome {points}, n = {n}: too few, not counted", points=decimal(f"{mark.outcome:.1f}"), n=mark.n)
        )
    elif mark.n == 1:
        told.append(tr("alone in the role: nothing to compare"))
    told += [
        tr("{part} {percent} %", part=tr(PARTS[name]).lower(), percent=decimal(f"{100 * share:.0f}"))
        for name, share in mark.parts.items()
        if share is not None
    ]
    parts = "".join(f"<div class='note'>{escape(one)}</div>" for one in told)
    return f"<b>{_score(score(mark, weights))}</b>{parts}"


def _weights(room: Classroom, by: Account, course: Course) -> None:
    now = course.weights
    with st.form(f"weights-{course.version}", border=False):
        st.caption(
            tr("Weights within an exercise; what a class does not have is left out, and the others count for it.")
        )
        parts = {}
        for place, (name, label) in zip(st.columns(len(PARTS)), PARTS.items(), strict=True):
            parts[name] = place.number_input(
                tr(label), 0.0, 1000.0, float(now.parts.get(name, 0.0)), 5.0, key=f"w-{name}"
            )
        st.caption(tr("Weights of the exercises among each other."))
        exercises = {
            one.id: st.number_input(
                literal(one.title), 0.0, 1000.0, float(now.exercises.get(one.id, 1.0)), 0.5, key=f"w-{one.id}"
            )
            for one in room.desk.exercises(by, course.id)
        }
        absent = st.checkbox(
            tr("An exercise that is over and was missed counts as 0 (else it is left out)"), now.absent
        )
        few = st.checkbox(tr("Outcomes compared with fewer than {n} count, too", n=FEWEST), now.few)
        if st.form_submit_button(tr("Weigh it so"), icon=":material/balance:"):
            weights = Weights(parts, exercises, absent, few)
            attempt(lambda: room.desk.weigh(by, course.id, weights), tr("Weighed anew."))
