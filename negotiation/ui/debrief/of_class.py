"""The debrief of a class on a page: all of it for an account that runs the class, the own part for each person.

`render` is for the console and the projector: its caller has checked the account. `render_own` checks the phase
itself, and shows nothing before the debrief has begun.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from negotiation.analysis.findings import read
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.seats import Seat
from negotiation.classroom.sessions import Session
from negotiation.debrief.class_data import ClassData, gather
from negotiation.debrief.comparisons import Agents, Earlier, earlier
from negotiation.debrief.counterfactuals import Twin
from negotiation.debrief.downloads import ClassStamp
from negotiation.debrief.jobs import AgentsAsked, TwinsAsked, agents_wanted, seat_key, twins_wanted
from negotiation.debrief.personal import personal_debrief, result_of
from negotiation.debrief.report import Findings, findings, parts
from negotiation.errors import Refused, SetupError
from negotiation.language import language, tr
from negotiation.ui.common.offered import among
from negotiation.ui.common.words import literal
from negotiation.ui.debrief.document import sections
from negotiation.ui.debrief.downloads import files
from negotiation.ui.jobs.background import Job, job
from negotiation.ui.server.away import steady

KEPT = 8
"""Classes whose findings the server remembers."""

FRESH = 60.0
"""Seconds for which the findings on homework that goes on are shown again: for 300 people they take seven to work out, and
something happens all the time."""


@dataclass(frozen=True)
class Kept:
    """What is worked out once for all pages: the findings, the replays to ask for, and earlier classes.

    `stamp` says of which class, and how far it had come; `over` whether it was, `made` when (monotonic seconds). `told` has
    the class by the languages in which it was asked for.
    """

    found: Findings
    agents: AgentsAsked
    twins: TwinsAsked
    past: tuple[Earlier, ...]
    stamp: ClassStamp
    over: bool
    made: float
    told: dict[str, ClassData] = field(default_factory=dict, repr=False)

    def called(self, now: Session, *, names: bool) -> Findings:
        """Return the findings with people called by their names, or by pseudonyms, in the language of the page.

        What people have answered to questionnaires is taken from the class `now`: it changes nothing else here.
        """
        told = self.told.setdefault(language(), self.found.klass.told(language()))
        session = replace(told.session, forms=now.forms)
        return replace(self.found, klass=replace(told, session=session, names=names))


_kept: OrderedDict[tuple[str, str], Kept] = OrderedDict()
_gates: dict[tuple[str, str], threading.Lock] = {}
_lock = threading.Lock()


def kept(classroom: Classroom, session: str) -> Kept:
    """Return everything about a class as it stands; of homework that goes on, as it stood within `FRESH` seconds.

    The first caller works it out, while others that want this class wait.

    Raises
    ------
    Refused
        When nobody has played.
    """
    with classroom.store.reading() as look:
        now = classroom.classes.at(look, session)
        at = look.versions(list(now.groups))
    versions = [now.version - now.exports - now.answered, *(at[group] for group in now.groups)]
    key = (classroom.store.place, session)
    with _lock:
        gate = _gates.setdefault(key, threading.Lock())
    with gate:
        known, over = _kept.get(key), now.phase.over
        if (
            known
            and known.over == over
            and (known.stamp["versions"] == versions or (not over and _seconds(known) < FRESH))
        ):
            return known
        found = findings(gather(classroom, session))
        people = {person.id: person.name for person in now.people.values()}
        stamp: ClassStamp = {"session": session, "title": now.title, "versions": versions, "people": people}
        wanted = agents_wanted(found.klass), twins_wanted(found)
        made = Kept(found, *wanted, earlier(classroom, session), stamp, over, time.monotonic())
        with _lock:
            _kept[key] = made
            _kept.move_to_end(key)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        return made


def _seconds(known: Kept) -> float:
    return time.monotonic() - known.made


def render(
    classroom: Classroom,
    session: str,
    *,
    names: bool,
    key: str = "debrief",
    replays: bool = True,
    projected: bool = False,
) -> None:
    """Show the debrief of a class, part by part, with downloads.

    Parameters
    ----------
    names
        Whether people are called by their names; else by pseudonyms, always the same.
    key
        Keeps two debriefs on one page apart.
    replays
        Whether agents play the case again in the background, for comparison, once the class is over.
    projected
        For the projector: dark whatever the theme, and no files to take away.
    """
    try:
        all_of = kept(classroom, session)
    except Refused as problem:
        st.info(literal(tr(problem.said)), icon=":material/hourglass_empty:")
        return
    replays = replays and all_of.over and bool(all_of.twins["asked"])
    if not all_of.over:
        st.caption(
            tr("As it stood a moment ago, a minute at most. Agents play it again for comparison when it is over.")
        )
    now = classroom.classes.get(session)
    found, past = all_of.called(now, names=names), all_of.past
    pair = _pair(found.klass, key)
    wanted = [job(asked) for asked in (all_of.agents, all_of.twins)] if replays else []
    agents, twins = _answers(wanted)
    drawn = parts(found, [pair], agents, past, (twins or {}) if replays else None)
    titles = list(drawn)
    chosen = st.segmented_control(
        tr("Part"),
        titles,
        default=titles[0],
        format_func=among(titles, tr),
        key=f"{key}-part",
        label_visibility="collapsed",
    )
    try:
        sections([drawn[chosen or titles[0]]()], f"{key}-{titles.index(chosen or titles[0])}", projected=projected)
    except SetupError as problem:
        st.error(literal(tr(problem.said)), icon=":material/error:")
    if not projected:
        _waiting(wanted, f"{key}-wait")
        by_agents, of_twins = [one.found for one in wanted] or (None, None)
        files(
            {**all_of.stamp, "names": names, "pair": list(pair), "agents": by_agents, "twins": of_twins},
            key,
            research=any(one.research for one in now.settings.asked),
        )


def _pair(klass: ClassData, key: str) -> Sequence[str]:
    """Ask for the two or three roles whose frontier is shown, and return them."""
    parties = list(klass.case.roles)
    chosen: list[str] = st.multiselect(
        tr("Roles on the frontier"),
        parties,
        parties[:2],
        max_selections=3,
        select_all=False,
        format_func=among(parties, klass.title),
        key=f"{key}-roles",
        help=tr("The first two are the axes of the picture, a third is its colour."),
    )
    return chosen if len(chosen) > 1 else parties[:2]


def _answers(wanted: Sequence[Job]) -> tuple[Agents | None, Mapping[str, Twin] | None]:
    found = [one.found for one in wanted]
    if not found:
        return None, None
    agents = read(Agents, found[0]) if found[0] else None
    twins = {key: read(Twin, row) for key, row in found[1].items()} if found[1] else None
    return agents, twins


def _waiting(wanted: Sequence[Job], key: str) -> None:
    """Show the progress of the replays; the page is drawn anew when they are there."""
    for one in wanted:
        if one.refused:
            st.caption(tr("No comparison with agents: {why}", why=tr(one.refused)))
    if any(one.running for one in wanted):
        with st.container(key=key):
            _progress(wanted)


@st.fragment(run_every=2.0)
@steady
def _progress(wanted: Sequence[Job]) -> None:
    for one in wanted:
        if one.running:
            st.progress(min(max(one.share, 0.0), 1.0), tr("In the background: {step}", step=tr(one.what)))
    stage = sum(one.stage + one.over for one in wanted)
    if st.session_state.get("replays-seen", 0) != stage:
        st.session_state["replays-seen"] = stage
        st.rerun()


def render_own(classroom: Classroom, seat: Seat, *, replays: bool = True) -> None:
    """Show the debrief of one person: own group, own role, no other names; nothing before the debrief begins."""
    now = classroom.classes.get(seat.session)
    begun = now.phase.over
    if not (begun and now.shows("results")):
        st.info(tr("The debrief has not begun."), icon=":material/hourglass_empty:")
        return
    try:
        all_of = kept(classroom, seat.session)
    except Refused as problem:
        st.info(literal(tr(problem.said)), icon=":material/hourglass_empty:")
        return
    found = all_of.called(now, names=False)
    if seat.person not in found.klass.results:
        st.info(tr("You had no seat in a group whose results count."), icon=":material/visibility:")
        return
    if not now.shows("sheets"):
        sections([result_of(found, seat.person)], "own")
        return
    group, party = found.klass.results[seat.person]
    wanted = [job(all_of.twins)] if replays and all_of.twins["asked"] else []
    twin = next((one.found.get(seat_key(group.id, party)) for one in wanted if one.found), None)
    sections(personal_debrief(found, seat.person, _partner(found, party), read(Twin, twin) if twin else None), "own")
    _waiting(wanted, "own-wait")


def _partner(found: Findings, party: str) -> str:
    """Ask whom to show a role against, at first the role it shares most tables with, and return the choice."""
    klass = found.klass
    tables = klass.case.scenario.tables.values()
    others = [other for other in klass.case.roles if other != party]
    order = sorted(others, key=lambda other: -sum({party, other} <= set(table.seats) for table in tables))
    return (
        st.selectbox(tr("On the frontier: you and"), order, format_func=among(order, klass.title), key="own-partner")
        or order[0]
    )
