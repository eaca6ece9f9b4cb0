"""All groups at a glance as one piece of escaped HTML, without charts: thirty tiles cost as little as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

from negotiation.classroom.attention import Need, finished
from negotiation.classroom.sessions import Person, Session
from negotiation.classroom.tiles import Tile
from negotiation.language import mark, plural, tr
from negotiation.reports.words import listed
from negotiation.ui.common.style import tag
from negotiation.ui.common.words import change, points, when
from negotiation.ui.teach.counts import groups_of, people_of

Found = Sequence[tuple[Tile, tuple[Need, ...]]]
"""Tiles with what their groups need."""

FILTERS = {"all": mark("All"), "need": mark("Need help"), "talking": mark("Talking"), "done": mark("Done")}


MOST_NEEDS = 3
"""Needs told on one tile."""


def known(session: Session, tiles: Sequence[Tile]) -> tuple[Tile, ...]:
    """Return the tiles without groups that were closed before anything happened in them."""
    return tuple(t for t in tiles if t.state.events or not session.groups[t.group].closed or session.members(t.group))


def chosen(session: Session, found: Found, wanted: str) -> Found:
    """Return the groups that the filter `wanted` lets pass."""

    def passes(tile: Tile, needs: Sequence[Need]) -> bool:
        done = finished(session, tile) or session.groups[tile.group].closed
        return {"need": bool(needs), "talking": not done, "done": done}.get(wanted, True)

    return [(tile, needs) for tile, needs in found if passes(tile, needs)]


def grid(session: Session, found: Found, *, here: str = "", scored: bool = True) -> str:
    """Return one tile a group, as HTML; `here` is the open group, `scored` says whether points are shown."""
    tags: dict[str, str] = {}
    for tile, _ in found[:1]:
        tags = {party: tag(tile.state.scenario, party) for party in tile.game.case.roles}
    tiles = [_tile(session, tile, needs, tags, here=tile.group == here, scored=scored) for tile, needs in found]
    return f"<div class='groups'>{''.join(tiles)}</div>" if tiles else f"<p class='note'>{tr('No group here.')}</p>"


def summary(session: Session, found: Found) -> str:
    """Return the class in one line, as HTML."""
    groups = [tile for tile, _ in found if not session.groups[tile.group].closed]
    people = [p for p in session.people.values() if not p.gone]
    away = sum(len(tile.offline) for tile in groups)
    bits = [groups_of(len(groups)), people_of(len(people))]
    bits += [tr("{n} in the lobby", n=len(session.lobby))] if session.lobby else []
    bits += [tr("{n} away", n=away)] if away else []
    bits += [plural("{n} needs you", "{n} need you", sum(bool(needs) for _, needs in found))]
    signed = sum(len(tile.signed) for tile in groups)
    bits += [plural("{n} table signed", "{n} tables signed", signed)] if session.begun else []
    return " · ".join(bits)


def _tile(
    session: Session, tile: Tile, needs: Sequence[Need], tags: Mapping[str, str], *, here: bool, scored: bool
) -> str:
    kind = f"want-{needs[0].kind.replace(' ', '-')}" if needs else ""
    css = f"tile group {kind} {'dead' if session.groups[tile.group].closed else ''} {'chosen' if here else ''}"
    told = "".join(
        f"<div class='need {need.kind.replace(' ', '-')}'>{escape(tr(need.text))}</div>" for need in needs[:MOST_NEEDS]
    )
    if len(needs) > MOST_NEEDS:
        told += f"<div class='note'>{tr('and {n} more', n=len(needs) - MOST_NEEDS)}</div>"
    address = f"?class={quote(session.id)}&group={quote(tile.group)}"
    body = [
        f"<div class='top'><b>{tr('Group {n}', n=tile.number)}</b><span class='pill'>{escape(_stage(session, tile))}</span></div>",
        told,
        f"<div class='people'>{''.join(_seat(session, tile, party, tags[party], scored=scored) for party in tile.game.case.roles)}"
        f"{_observers(tile)}</div>",
        _tables(tile) if session.begun else "",
    ]
    return f"<a class='{css}' href='{address}' target='_self' data-group='{escape(tile.group)}'>{''.join(body)}</a>"


def _stage(session: Session, tile: Tile) -> str:
    if session.groups[tile.group].closed:
        return tr("closed")
    if tile.state.over:
        return tr("finished")
    if not session.begun:
        return tr("getting ready")
    if session.phase.over:
        return tr("ended")
    return tr("{when} of {n}", when=when(tile.state.scenario, tile.state.round), n=tile.state.rounds)


def _seat(session: Session, tile: Tile, party: str, called: str, *, scored: bool) -> str:
    people = tile.at.get(party, ())
    names = listed(_person(tile, person) for person in people) or tr("agent")
    agent = f" <i>{tr('agent plays')}</i>" if party in session.groups[tile.group].taken else ""
    worth = _points(tile, party) if scored and tile.signed else ""
    css = "" if people else " class='dim'"
    return f"<div{css}>{called} {names}{agent}{worth}</div>"


def _person(tile: Tile, person: Person) -> str:
    name = f"<bdi>{escape(person.name)}</bdi>"  # written from the right it would take the numbers behind it along
    if person in tile.offline:
        return f"<s title='{escape(tr('away'))}'>{name}</s>"
    if person in tile.idle:
        return f"<em title='{escape(tr('has not touched the page for a while'))}'>{name}</em>"
    return f"<u title='{escape(tr('may act'))}'>{name}</u>" if person in tile.waiting else name


def _observers(tile: Tile) -> str:
    names = listed(_person(tile, person) for person in tile.at.get("", ()))
    return f"<div class='dim'>{tr('observe: {names}', names=names)}</div>" if names else ""


def _tables(tile: Tile) -> str:
    state = tile.state
    marks = "".join(
        f"<i class='{'on' if name in tile.signed else 'off' if name in state.dead else ''}' title='{escape(table.title)}'></i>"
        for name, table in state.scenario.tables.items()
    )
    tables, made = len(state.scenario.tables), sum(len(offers) for offers in state.offers.values())
    told = plural("{signed} of {n} table signed", "{signed} of {n} tables signed", tables, signed=len(tile.signed))
    offers = plural("{n} offer, {open} open", "{n} offers, {open} open", made, open=len(state.papers))
    return f"<div class='marks'>{marks} {told} · {offers}</div>"


def _points(tile: Tile, party: str) -> str:
    """Return a party's points for what is signed, and their difference to everything unsigned, as HTML."""
    decimals = tile.state.scenario.decimals
    gain = tile.points[party] - tile.game.role(party).preferences.score({})
    return f" <span class='worth'>{points(tile.points[party], decimals)} {change(gain, decimals)}</span>"


CSS = """
.groups { display:grid; grid-template-columns:repeat(auto-fill,minmax(min(100%,17.5rem),1fr)); gap:.6rem; align-items:start }
a.tile.group { display:block; color:inherit; text-decoration:none; border-left:5px solid var(--line) } a.tile.group:hover { border-color:var(--accent) }
a.tile.group:focus-visible { outline:3px solid var(--accent) }
a.tile.want-help { border-left-color:var(--accent) } a.tile.want-away { border-left-color:var(--bad) }
a.tile.want-held-up, a.tile.want-quiet { border-left-color:var(--reference) } a.tile.chosen { border-color:var(--accent) }
.tile .top { display:flex; justify-content:space-between; align-items:center; gap:.4rem }
.need { font-weight:600; overflow-wrap:anywhere; margin:.12rem 0; display:-webkit-box; -webkit-line-clamp:2; -webkit-box-orient:vertical; overflow:hidden }
.need.help { color:var(--accent) } .need.away { color:var(--bad) } .need.held-up, .need.quiet { color:var(--reference) }
.people { display:flex; flex-wrap:wrap; gap:.05rem .7rem; margin:.25rem 0; overflow-wrap:anywhere } .people s { opacity:.65 } .people em { opacity:.8 }
.people u { text-decoration-style:dotted; text-underline-offset:3px } .people i { color:var(--accent); font-style:normal; font-size:.9em }
.st-key-card-group { scroll-margin-top:4rem }
.marks { font-size:.82rem } .marks i { display:inline-block; width:.72em; height:.72em; border-radius:.2em; border:1.5px solid var(--dot); margin-right:.18em }
.marks i.on { background:var(--good); border-color:var(--good) } .marks i.off { background:var(--dot) }
.worth { white-space:nowrap; font-variant-numeric:tabular-nums; font-size:.82rem }
.class-title { margin:0; padding:0; font:600 1.35rem/1.25 Fraunces,Georgia,serif; overflow-wrap:anywhere }
.steps { display:flex; flex-wrap:wrap; gap:.3rem; margin:.35rem 0; font-size:.82rem }
.steps span { border:1px solid var(--line); border-radius:99px; padding:.05rem .65rem } .steps span.past { opacity:.65 }
.steps span.now { background:var(--accent); border-color:var(--accent); color:var(--on-accent); font-weight:600 }
.code { font:600 2.6rem/1.1 "JetBrains Mono", monospace; letter-spacing:.14em } .qr img { display:block; width:100%; max-width:15rem; height:auto; border-radius:.5rem }
.address { font-weight:600; overflow-wrap:anywhere }
.trail td { overflow-wrap:anywhere }
.note a { color:var(--accent) }
"""
