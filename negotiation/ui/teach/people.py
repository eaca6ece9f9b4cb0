"""Everybody in the class: who waits, who is away, and how people get from one seat to another."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.presence import IDLE, OFFLINE, ONLINE
from negotiation.classroom.privacy import forget, pseudonym_of
from negotiation.classroom.sessions import Group, Person, Session
from negotiation.language import language, mark, tr
from negotiation.reports.web import WIDE
from negotiation.reports.words import listed
from negotiation.scenario import Scenario
from negotiation.ui.common.choice_list import choice, done
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.style import short, tag
from negotiation.ui.common.words import literal
from negotiation.ui.teach.colleagues import colleagues
from negotiation.ui.teach.counts import people_of
from negotiation.ui.teach.empty_seats import empty_seats
from negotiation.ui.teach.group_plans import group_plans

THERE = {ONLINE: mark("online"), IDLE: mark("idle"), OFFLINE: mark("offline"), "left": mark("left")}
"""What is said of a page, and of one who is gone."""

NEVER = mark("They joined, and their page was never there. Their places become free; let anybody in again below.")


def people(room: Classroom, by: Account, session: Session) -> None:
    """Show the list of people, and what can be done with one, with two groups, and with the lobby."""
    with room.store.reading() as look:
        scenario = room.classes.case(look, session.id).scenario.told(language())
    left, right = st.columns([5, 4], gap="medium")
    with left:
        lobby(room, by, session)
        _absent(room, by, session)
        empty_seats(room, by, session)
        st.html(_table(session, scenario, room.wire.presence.states(session.id, session.people)))
    with right:
        with st.container(border=True, key="card-move"):
            st.markdown(f"## {tr('Another seat')}")
            move(room, by, session, scenario, sorted(_here(session), key=lambda p: p.name.lower()), "people")
        with st.container(border=True, key="card-person"):
            st.markdown(f"## {tr('One person')}")
            _person(room, by, session)
        with st.container(border=True, key="card-merge"):
            st.markdown(f"## {tr('Two groups into one')}")
            _merge(room, by, session)
        with st.container(border=True, key="card-colleagues"):
            st.markdown(f"## {tr('Who runs this class')}")
            colleagues(room, by, session)


def move(room: Classroom, by: Account, session: Session, scenario: Scenario, whom: list[Person], key: str) -> None:
    """Draw the controls that move one person, or exchange two; doing it once more undoes it."""
    if not whom:
        st.caption(tr("Nobody here."))
        return
    labels = {one.id: _placed(session, scenario, one) for one in whom}
    who = choice(tr("Who"), labels, f"{key}-who") or next(iter(labels))
    person = session.people[who]
    targets = _targets(session, scenario, person)
    now = f"{who}-{person.group}-{person.party}"  # where the person sits: a second click must not swap back
    free = tr("A free seat, a swap, the lobby …")
    to = choice(tr("Where to"), targets, f"{key}-to-{now}", index=None, placeholder=free)
    if st.button(tr("Move"), key=f"{key}-move-{now}", icon=":material/swap_horiz:", disabled=to is None):
        done(f"{key}-to-{now}")
        kind, _, rest = str(to).partition(" ")
        if kind == "swap":
            attempt(
                lambda: room.teaching.swap(by, session.id, who, rest, f"swap-{session.version}"),
                tr("Swapped; swap them again to undo it."),
            )
        group, _, party = rest.partition(" ")
        moved = tr("{who} has moved; was: {place}.", who=person.name, place=place(session, scenario, person))
        attempt(lambda: room.teaching.move(by, session.id, who, group, party), moved)


def _targets(session: Session, scenario: Scenario, person: Person) -> dict[str, str]:
    """Return where a person can go, by what to do: free seats, shared ones, swaps, observers' chairs, the lobby."""
    found = {}
    for group in _open(session):
        for party in session.parties:
            there = session.at(group.id, party)
            if person in there:
                continue
            seat = {"n": group.number, "party": short(scenario, party)}
            if not there:
                found[f"seat {group.id} {party}"] = tr("Group {n}, {party} (free)", **seat)
            elif session.sharing:
                names = listed(p.name for p in there)
                found[f"seat {group.id} {party}"] = tr("Group {n}, {party} (beside {names})", **seat, names=names)
    others = [p for p in _here(session) if p.id != person.id and (p.group, p.party) != (person.group, person.party)]
    for other in sorted(others, key=lambda p: p.name.lower()):
        found[f"swap {other.id}"] = tr("Swap with {who}", who=_placed(session, scenario, other))
    for group in _open(session):
        if (person.group, person.party) != (group.id, ""):
            found[f"seat {group.id} "] = tr("Observe group {n}", n=group.number)
    if person.group:
        found["seat  "] = tr("The lobby")
    return found


def place(session: Session, scenario: Scenario, person: Person) -> str:
    """Return where a person sits, in words."""
    if person.gone:
        return tr("has left")
    if not person.group:
        return tr("lobby")
    number = session.groups[person.group].number
    if not person.party:
        return tr("observes group {n}", n=number)
    return tr("group {n}, {party}", n=number, party=short(scenario, person.party))


def _placed(session: Session, scenario: Scenario, person: Person) -> str:
    """Return a person's name, and where they sit."""
    return tr("{who} ({place})", who=person.name, place=place(session, scenario, person))


def lobby(room: Classroom, by: Account, session: Session) -> None:
    """Show the people who wait, and a button that seats them: latecomers too, where the teacher forms the groups."""
    if not session.lobby:
        return
    with st.container(border=True, key="card-lobby", horizontal=True, vertical_alignment="center"):
        names = listed(person.name for person in session.lobby)
        st.html(f"<b>{tr('{n} in the lobby', n=len(session.lobby))}</b><div class='note'>{escape(names)}</div>")
        if st.button(tr("Give them seats"), icon=":material/group_add:", type="primary", key="form"):
            attempt(lambda: room.teaching.form(by, session.id), tr("Everybody has a place."))
    group_plans(room, by, session)


def _table(session: Session, scenario: Scenario, states: Mapping[str, str]) -> str:
    rows = []
    order = {group: data.number for group, data in session.groups.items()}
    for person in sorted(session.people.values(), key=lambda p: (p.gone, order.get(p.group, 0), p.name.lower())):
        there = "left" if person.gone else states[person.id]
        css = {ONLINE: "up", OFFLINE: "down"}.get(there, "dim")
        where = tag(scenario, person.party) if person.party else tr("observes") if person.group else ""
        number = order.get(person.group)
        sheet = "✓" if person.id in session.sheets else ""
        tries = f"<td class='n'>{len(person.attempts)}</td>" if session.settings.homework else ""
        rows.append(
            f"<tr><td>{escape(person.name)}</td><td class='n'>{number or tr('lobby')}</td><td>{where}</td>"
            f"<td class='{css}'>{tr(THERE[there])}</td><td>{sheet}</td>{tries}</tr>"
        )
    tries = f"<th class='n'>{tr('attempts')}</th>" if session.settings.homework else ""
    seat, page, prepared = (f"<th>{head}</th>" for head in (tr("seat"), tr("page"), tr("prepared")))
    head = f"<tr><th>{tr('name')}</th><th class='n'>{tr('group')}</th>{seat}{page}{prepared}{tries}</tr>"
    return f"{WIDE}<table class='terms'>{head}{''.join(rows)}</table></div>"


def _person(room: Classroom, by: Account, session: Session) -> None:
    everybody = {p.id: tr("{who} (has left)", who=p.name) if p.gone else p.name for p in session.people.values()}
    if not everybody:
        st.caption(tr("Nobody has joined yet."))
        return
    who = choice(tr("Who"), everybody, "person-who") or next(iter(everybody))
    person = session.people[who]
    with st.container(horizontal=True):
        if person.gone:
            if st.button(tr("Let in again"), key=f"readmit-{who}", icon=":material/undo:"):
                _code(who, lambda: room.teaching.readmit(by, session.id, who)[1])
        else:
            if person.group and st.button(tr("Open the group"), key=f"group-{who}", icon=":material/groups:"):
                st.query_params["group"] = person.group
                st.session_state["section"] = "Groups"
                st.rerun()
            if st.button(tr("Code for another device"), key=f"device-{who}", icon=":material/smartphone:"):
                _code(who, lambda: room.teaching.device(by, session.id, who))
            with st.popover(tr("Remove"), icon=":material/person_remove:", key=f"removing-{who}"):
                st.write(
                    tr("Out of the class, on all devices; an agent goes on in the seat. You can let them in again.")
                )
                if st.button(tr("Yes, remove"), key=f"out-{who}"):
                    out = tr("{who} is out.", who=person.name)
                    attempt(lambda: room.teaching.remove(by, session.id, who), out)
    _forget(room, by, session, person)
    if (made := st.session_state.get("device-code")) and made[0] == who:
        alone = tr("For {who} alone, once, within ten minutes:", who=f"<bdi>{escape(person.name)}</bdi>")
        st.html(f"<div>{alone}</div><div class='code'>{made[1]}</div>")
    with st.form(f"rename-{who}", border=False):
        name = st.text_input(tr("Another name"), value=person.name)
        if st.form_submit_button(tr("Rename")):
            attempt(lambda: room.teaching.rename(by, session.id, who, name), tr("Renamed."))


def _forget(room: Classroom, by: Account, session: Session, person: Person) -> None:
    """Draw the button that forgets a name, for teachers, and say what it does and does not reach."""
    called = pseudonym_of(session, person.id)
    if by.role not in ("administrator", "teacher") or person.name == called:
        return
    with st.popover(tr("Forget the name"), icon=":material/visibility_off:", key=f"forget-{person.id}"):
        st.write(
            tr(
                "**{who}** becomes **{pseudonym}** wherever the database of this class holds the name: the list of people, "
                "private talk, the record. **This cannot be undone.** Seat, game, points and device stay.",
                who=literal(person.name),
                pseudonym=called,
            )
        )
        st.write(
            tr(
                "Not reached: the name where people typed it themselves, files that were downloaded, backups, and pages "
                "that are open until they are loaded again."
            )
        )
        if st.button(tr("Yes, forget it for good"), key=f"forgotten-{person.id}"):
            forgotten = tr("The name is forgotten: {pseudonym} now.", pseudonym=called)
            attempt(lambda: forget(room.classes, by, session.id, person.id), forgotten)


def _code(who: str, make: object) -> None:
    def kept() -> None:
        st.session_state["device-code"] = (who, make())  # type: ignore[operator]

    attempt(kept)


def _merge(room: Classroom, by: Account, session: Session) -> None:
    groups = {
        one.id: tr("Group {n} ({people})", n=one.number, people=people_of(len(session.members(one.id))))
        for one in _open(session)
    }
    if len(groups) < 2:
        st.caption(tr("There is only one group.") if groups else tr("There are no groups yet."))
        return
    one = choice(tr("Close"), groups, "merge-one", index=len(groups) - 1) or next(iter(groups))
    rest = {group: text for group, text in groups.items() if group != one}
    into = choice(tr("and take its people into"), rest, f"merge-into-{one}")
    with st.popover(tr("Merge"), icon=":material/merge:", key=f"merging-{len(groups)}"):
        st.write(
            tr(
                "The first group is closed for good; its game stays on record. Its people get the same party there, if "
                "they can."
            )
        )
        if st.button(tr("Yes, merge"), key=f"merge-{one}-{into}"):
            attempt(lambda: room.teaching.merge(by, session.id, one, into or ""), tr("Merged."))


def _absent(room: Classroom, by: Account, session: Session) -> None:
    """Show the people who took a place and never came, and a button that removes them."""
    never = room.seats.never_came(session.id)
    if not never:
        return
    with st.popover(tr("{n} never came", n=len(never)), icon=":material/person_off:", key=f"absent-{len(never)}"):
        st.write(tr(NEVER))
        if st.button(tr("Remove all who never came"), key=f"remove-absent-{len(never)}"):
            attempt(lambda: room.teaching.remove_absent(by, session.id), tr("{n} removed.", n=len(never)))


def _open(session: Session) -> list[Group]:
    return [group for group in session.groups.values() if not group.closed]


def _here(session: Session) -> list[Person]:
    return [person for person in session.people.values() if not person.gone]
