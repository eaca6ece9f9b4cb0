"""The roster of a course: from a file or pasted, looked at before it is taken; and what is done with one person."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.courses.forgetting import forget
from negotiation.classroom.courses.roster import Changes, Entry, changes, decoded, parsed
from negotiation.classroom.courses.state import Course, Member, pseudonym
from negotiation.classroom.rows import neutral
from negotiation.errors import NegotiationError
from negotiation.language import mark, plural, tr
from negotiation.reports.web import WIDE
from negotiation.reports.words import listed
from negotiation.ui.common.choice_list import choice
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.words import literal
from negotiation.ui.teach.counts import people_of
from negotiation.ui.teach.invitation import address, spaced

SHOWN = 12
"""Problems, and names of one kind, that are told at a time."""

ABOUT = mark(
    "CSV with a first line of heads: **Name** (or First name and Last name), **ID** or **Email** or both, **Section**, and "
    "any further columns, by which groups can be mixed. Commas, semicolons or tabs; a gradebook from Canvas will do."
)
NOT_REACHED = mark(
    "Name, ID, e-mail address and attributes are replaced by a pseudonym in this course and in its classes. **This cannot be "
    "undone.** What was played stays. Not reached: what people typed themselves, files that were downloaded, and backups."
)


def roster(room: Classroom, by: Account, course: Course) -> None:
    """Draw the roster, the way to a new one, and what can be done with one person."""
    codes = room.desk.codes(by, course.id)
    left, right = st.columns([5, 4], gap="medium")
    with left:
        st.html(_table(course.roster, codes))
        if codes:
            _letters(room, by, course, codes)
    with right:
        with st.container(border=True, key="card-import"):
            st.markdown(f"## {tr('Take a roster')}")
            _import(room, by, course)
        if course.roster:
            with st.container(border=True, key="card-member"):
                st.markdown(f"## {tr('One person')}")
                _member(room, by, course, codes)


def _table(members: Sequence[Member], codes: dict[str, str]) -> str:
    if not members:
        return f"<p>{tr('Nobody is on the roster yet.')}</p>"
    rows = "".join(
        f"<tr><td>{escape(one.name)}<div class='note'>{escape(' · '.join(filter(None, (one.email, *one.more.values()))))}"
        f"</div></td><td>{escape(one.number)}</td><td>{escape(one.section)}</td><td>{_place(one, codes)}</td></tr>"
        for one in members
    )
    heads = "".join(f"<th>{one}</th>" for one in (tr("name"), tr("ID"), tr("section"), tr("place")))
    return f"{WIDE}<table class='terms'><tr>{heads}</tr>{rows}</table></div>"


def _place(member: Member, codes: dict[str, str]) -> str:
    return tr("code {code}", code=spaced(codes[member.id])) if member.id in codes else tr("claimed")


def _letters(room: Classroom, by: Account, course: Course, codes: dict[str, str]) -> None:
    """Draw the button that saves who is still to claim a place: a letter to each is made of it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["Name", "ID", "Email", "Code", "Link"])
    for one in course.roster:
        if one.id in codes:
            code = codes[one.id]
            row = [one.name, one.number, one.email, code, f"{address()}?code={code}"]
            writer.writerow([neutral(value) for value in row])
    what = mark("the personal codes")
    st.download_button(
        tr("Save the personal codes and links"),
        file.getvalue().encode("utf-8-sig"),
        file_name="codes.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click=lambda: room.desk.take_away(by, course.id, what),
        help=tr("For a mail merge. A code is used up when its place is claimed; nobody else can claim it then."),
    )


def _import(room: Classroom, by: Account, course: Course) -> None:
    st.caption(tr(ABOUT))
    file = st.file_uploader(
        tr("A file (CSV)"), type=["csv", "txt", "tsv"], max_upload_size=1, key=f"roster-file-{course.version}"
    )
    pasted = st.text_area(tr("Or paste the list here"), key=f"roster-text-{course.version}", height=100)
    if file is None and not pasted.strip():
        return
    try:
        found = parsed(decoded(file.getvalue()) if file is not None else pasted)
        if found.problems:
            _problems(found.problems)
            return
        _preview(room, by, course, found.entries, changes(course, found.entries))
    except NegotiationError as problem:
        st.error(literal(tr(problem.said)), icon=":material/error:")


def _problems(problems: Sequence[str]) -> None:
    told = "".join(f"\n- {literal(tr(one))}" for one in problems[:SHOWN])
    more = len(problems) - SHOWN
    told += "\n- " + tr("and {n} more", n=more) if more > 0 else ""
    st.error(tr("Nothing was taken. Mend these lines and try again:") + "\n" + told, icon=":material/error:")


def _preview(room: Classroom, by: Account, course: Course, entries: Sequence[Entry], seen: Changes) -> None:
    _named(plural("{n} new person", "{n} new people", len(seen.new)), [one.name for one in seen.new])
    _named(
        tr("{n} with other particulars", n=len(seen.changed)),
        [one.name for _, one in seen.changed],
    )
    _named(
        plural("{n} on the roster is not in the list", "{n} on the roster are not in the list", len(seen.gone)),
        [one.name for one in seen.gone],
    )
    if seen.same:
        st.caption(tr("{n} as before.", n=seen.same))
    drop = bool(seen.gone) and st.checkbox(tr("Take those who are not in the list off the roster"), key="roster-drop")
    if not (seen.new or seen.changed or drop):
        st.info(tr("That changes nothing."))
    elif st.button(tr("Take it"), icon=":material/done:", type="primary", key="roster-take"):
        attempt(
            lambda: room.desk.enroll(by, course.id, entries, seen, drop=drop),
            tr(
                "The roster has {people} now.",
                people=people_of(len(course.roster) + len(seen.new) - drop * len(seen.gone)),
            ),
        )


def _named(told: str, names: Sequence[str]) -> None:
    if names:
        few, more = literal(listed(names[:SHOWN])), len(names) - SHOWN
        st.markdown(f"**{told}**: " + (tr("{names} and {n} more", names=few, n=more) if more > 0 else few))


def _member(room: Classroom, by: Account, course: Course, codes: dict[str, str]) -> None:
    people = {one.id: one.name for one in course.roster}
    who = choice(tr("Who"), people, "member-who") or next(iter(people))
    name = people[who]
    if who in codes:
        st.html(f"<div>{tr('Personal code, for this person alone:')}</div><div class='code'>{spaced(codes[who])}</div>")
    with st.container(horizontal=True):
        with st.popover(tr("New code"), icon=":material/autorenew:", key=f"releasing-{who}"):
            st.write(
                tr(
                    "For a code that was lost, or that somebody else has claimed. All devices of this person are signed out."
                )
            )
            if st.button(tr("Yes, a new code"), key=f"release-{who}"):
                attempt(lambda: room.desk.release(by, course.id, who), tr("{who} has a new code.", who=name))
        with st.popover(tr("Take off"), icon=":material/person_remove:", key=f"dropping-{who}"):
            st.write(
                tr(
                    "Off the roster and out of the gradebook; what was done in class stays there. A later roster brings the person back."
                )
            )
            if st.button(tr("Yes, take off"), key=f"drop-{who}"):
                attempt(lambda: room.desk.drop(by, course.id, who), tr("{who} is off the roster.", who=name))
        if by.role in ("administrator", "teacher"):
            with st.popover(tr("Forget"), icon=":material/visibility_off:", key=f"forgetting-{who}"):
                st.write(tr("**{who}** becomes **{pseudonym}**.", who=literal(name), pseudonym=pseudonym(course, who)))
                st.write(tr(NOT_REACHED))
                if st.button(tr("Yes, forget it for good"), key=f"forgotten-{who}"):
                    attempt(lambda: forget(room.desk, by, course.id, [who]), tr("Forgotten."))
