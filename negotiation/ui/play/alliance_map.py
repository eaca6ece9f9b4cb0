"""The map of the talks: who sits where, what lies there, what is signed, and what waits for me."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from negotiation.language import decimal, tr
from negotiation.preferences import Preferences
from negotiation.reports.palette import PAINT, party_colour
from negotiation.reports.words import short_title
from negotiation.rounding import shown
from negotiation.state import Paper, State
from negotiation.table import tables_of
from negotiation.ui.common.style import short
from negotiation.ui.play.map_places import NARROW, WIDE, Places, fitted, places
from negotiation.ui.play.map_words import agreed, briefly, told, waits

SCRIPTS = Path(__file__).parents[1] / "scripts"
SCRIPT = (SCRIPTS / "map.js").read_text(encoding="utf-8")
CSS = (SCRIPTS / "map.css").read_text(encoding="utf-8")


class Seen(NamedTuple):
    """What a person has seen of a game on its map: so much of the log, and these tables signed."""

    events: int
    bound: tuple[str, ...]


def draw(
    state: State,
    me: str = "",
    *,
    key: str = "map",
    preferences: Preferences | None = None,
    chosen: str = "",
    on_choice: Callable[[str], None] | None = None,
) -> None:
    """Put the map on the page: papers that came since my last act move from their author to the table, each once.

    Parameters
    ----------
    key
        Names the map among those of a page, and best the game too.
    preferences
        Those of `me`, if links between tables that count for it are to be seen.
    chosen
        The table that is open beside the map.
    on_choice
        Called with the name of a table that was chosen on the map; without it tables cannot be chosen there.
    """
    since = _since(key, state, me)
    html = picture(state, me, since=since, preferences=preferences, chosen=chosen, choice=bool(on_choice))

    def changed() -> None:
        value: Any = st.session_state.get(key)
        table = getattr(value, "table", None)
        if on_choice and table in state.sits(me):
            on_choice(table)

    component = st.components.v2.component("negotiation_map", html="<div class='map'></div>", css=CSS, js=SCRIPT)
    component(key=key, data={"html": html, "since": since.events}, on_table_change=changed)


def _since(key: str, state: State, me: str) -> Seen:
    """Return what this page had shown before my last act (for those who only watch: before this round); all since is new."""
    now, act = Seen(len(state.events), tuple(state.bound)), state.turns.get(me, 0) if me else state.round
    kept: tuple[int, Seen, Seen] = st.session_state.get(f"drawn-{key}", (act, now, now))
    acted, since, last = kept
    if act != acted:
        since = last
    if since.events > now.events:  # an earlier moment of a game that is watched
        since = now
    st.session_state[f"drawn-{key}"] = (act, since, now)
    return since


def picture(
    state: State,
    me: str = "",
    *,
    since: Seen | None = None,
    preferences: Preferences | None = None,
    chosen: str = "",
    choice: bool = False,
) -> str:
    """Return the map as HTML: one SVG for wide pages and one for narrow ones, perhaps with buttons over the tables.

    A thin line is a seat, a dashed one a signature under a paper that does not bind yet, a thick one a signature that binds.

    Parameters
    ----------
    since
        What has been seen before: papers and signatures beyond that are new.
    choice
        Whether the tables where `me` sits can be chosen.
    """
    links = _links(state, preferences) if preferences else {}
    look = _Look(state, me, since or Seen(len(state.events), tuple(state.bound)), links, chosen)
    label = escape(told(state, me, links), quote=True)
    maps = []
    for room in (WIDE, NARROW):
        at = places(state.scenario, room)
        buttons = _buttons(look, at) if choice else ""
        shape = f"--ratio:{at.room.width / at.height:.3f}"
        maps.append(f"<div class='{room.name}' style='{shape}'>{_map(look, at, label)}{buttons}</div>")
    return "".join([*maps, _legend(linked=bool(links))])


def _legend(*, linked: bool) -> str:
    """Return what the marks mean, for the eye; the words of the picture say it without them."""
    told = {
        "dashes": tr("signed, waits for others"),
        "thick": tr("bound"),
        "leafs": tr("a new paper"),
        **({"dots": tr("linked for you")} if linked else {}),
    }
    return f"<p aria-hidden='true'>{''.join(f'<span><i class={kind}></i>{text}</span>' for kind, text in told.items())}</p>"


@dataclass(frozen=True, slots=True)
class _Look:
    """A state as one person looks at it."""

    state: State
    me: str
    seen: Seen
    links: Mapping[tuple[str, str], str]
    chosen: str

    def colour(self, party: str) -> str:
        """Return the colour of a party; for the mediator the accent colour."""
        parties = tuple(self.state.scenario.parties)
        return PAINT[party_colour(parties.index(party)) if party in parties else "accent"]


def _map(look: _Look, at: Places, label: str) -> str:
    drawn = [
        *(_tie(at, pair, text) for pair, text in look.links.items()),
        *(_seat(look, name, party, at) for name, party in at.seats),
        *(_person(look, party, at) for party in at.people),
        *(_card(look, name, at) for name in at.tables),
        *(_paper(look, paper, name, at) for name in at.tables for paper in look.state.at(name)),
    ]
    size = f"0 0 {at.room.width:.0f} {at.height:.0f}"
    return f"<svg viewBox='{size}' role='img' aria-label='{label}'>{''.join(drawn)}</svg>"


def _seat(look: _Look, name: str, party: str, at: Places) -> str:
    state = look.state
    bound = party in state.signed.get(name, ())
    pending = any(party in paper.signed for paper in state.at(name))
    kind = "bound" if bound else "pending" if pending else "seat" if name in state.open else "gone"
    return f"<path class='{kind}' d='{at.seats[name, party].path}' style='--c:{look.colour(party)}'/>"


def _person(look: _Look, party: str, at: Places) -> str:
    (x, y), room, mine = at.people[party], at.room, party == look.me
    name = short(look.state.scenario, party)
    name = tr("{party} (you)", party=name) if mine else name
    text = _lines(fitted(name, room.label, room.small, 2), x, y + 35, room.small, "name")
    ring = f"<circle class='me' cx='{x:.0f}' cy='{y:.0f}' r='21'/>" if mine else ""
    return f"{ring}<circle cx='{x:.0f}' cy='{y:.0f}' r='16' style='fill:{look.colour(party)}'/>{text}"


def _lines(lines: Sequence[str], x: float, y: float, size: float, kind: str) -> str:
    return "".join(
        f"<text class='{kind}' x='{x:.0f}' y='{y + n * size * 1.15:.0f}' font-size='{size}'>{escape(line)}</text>"
        for n, line in enumerate(lines)
    )


def _card(look: _Look, name: str, at: Places) -> str:
    """Return a table: sealed with what was agreed once it is signed, broken when it is abandoned."""
    state, room, (x, y) = look.state, at.room, at.tables[name]
    left, top, wide, high = x - room.card / 2, y - room.height / 2, room.card, room.height
    kind = "sealed" if name in state.bound else "broken" if name in state.dead else ""
    kind = kind or ("mine" if waits(state, look.me, name) else "open")
    more = {
        "sealed": f"<rect class='in' x='{left + 4:.0f}' y='{top + 4:.0f}' width='{wide - 8:.0f}' height='{high - 8:.0f}' rx='8'/>",
        "broken": f"<path class='crack' d='M{left + wide - 30:.0f} {top - 3:.0f}l8 16-13 11 11 13-12 12 9 {high - 46:.0f}'/>",
    }.get(kind, "")
    title = fitted(short_title(state.scenario, name), wide - 48, room.text, room.lines)
    whole, less = agreed(state, name) if kind == "sealed" else briefly(state, look.me, name)
    status = fitted(whole, wide - 34, room.small)
    status = fitted(less, wide - 34, room.small) if status != [whole] else status
    step = room.text * 1.15
    base = y - (len(title) * step + room.small * 1.2) / 2 + room.text * 0.9
    text = _lines(title, x, base, room.text, "title") + _lines(status, x, base + len(title) * step, room.small, "told")
    box = f"<rect x='{left:.0f}' y='{top:.0f}' width='{wide:.0f}' height='{high:.0f}' rx='11'/>"
    css = f"card {kind} chosen" if name == look.chosen else f"card {kind}"
    return f"<g class='{css}'>{box}{more}{text}{_mark(look, name, kind, left + wide - 28, top - 3)}</g>"


def _mark(look: _Look, name: str, kind: str, x: float, y: float) -> str:
    """Return the seal of a signed table, pressed on when that is new, or the mark of one that waits for my signature."""
    where = f"style='--x:{x:.0f}px;--y:{y:.0f}px'"
    if kind == "sealed":
        new = "" if name in look.seen.bound else f" stamps' data-new='{name}"
        return f"<g class='seal{new}' {where}><circle r='12'/><path d='M-6 0l4 5 8-9'/></g>"
    return f"<g class='flag' {where}><circle r='12'/><path d='M0-6v7M0 5.5v.5'/></g>" if kind == "mine" else ""


def _paper(look: _Look, paper: Paper, name: str, at: Places) -> str:
    """Return a sheet at the end of its author's line; one that is new comes along it, and has a ring."""
    seat = at.seats.get((name, paper.author))
    x, y = (seat.x, seat.y) if seat else (at.tables[name][0], at.tables[name][1] - at.room.height / 2)
    new = paper.id >= look.seen.events and paper.author != look.me
    css = f"sheet new moves' data-new='{paper.id}-{name}" if new and seat else "sheet new" if new else "sheet"
    way = f";--way:path(&quot;{seat.path}&quot;)" if seat and new else ""
    ring = "<circle class='ring' r='15'/>" if new else ""
    return (
        f"<g class='{css}' style='--x:{x:.0f}px;--y:{y:.0f}px;--c:{look.colour(paper.author)}{way}'>{ring}"
        "<path class='leaf' d='M-7-9h9l5 5v13h-14z'/><path class='ink' d='M-4-2h7M-4 2h7M-4 6h4'/></g>"
    )


def _links(state: State, preferences: Preferences) -> dict[tuple[str, str], str]:
    """Return what ties two tables for a party, as long as neither is settled for good and both may still change it."""
    found: dict[tuple[str, str], str] = {}
    for link in preferences.links:
        names = tables_of(link.pattern)
        if all(name in state.bound or name in state.dead for name in names):
            continue
        points = decimal(shown(link.points, state.scenario.decimals, signed=True))
        said = tr("{points} for you with {pattern}", points=points, pattern=state.scenario.words(link.pattern))
        for pair in pairwise(names):
            found[pair] = f"{found[pair]}\n{said}" if pair in found else said
    return found


def _tie(at: Places, pair: tuple[str, str], text: str) -> str:
    """Return a dotted line between two tables, beside the cards, with what ties them."""
    (x, first), (_, second) = at.tables[pair[0]], at.tables[pair[1]]
    edge = x + at.quiet * at.room.card / 2
    aside = edge + at.quiet * min(12 + abs(first - second) * 0.12, at.room.margin / 2)
    d = f"M{edge:.0f} {first - 14:.0f}C{aside:.0f} {first:.0f} {aside:.0f} {second:.0f} {edge:.0f} {second - 14:.0f}"
    return f"<g class='tie'><title>{escape(text)}</title><path class='wider' d='{d}'/><path d='{d}'/></g>"


def _buttons(look: _Look, at: Places) -> str:
    """Return a button over each table where I sit: the picture itself is one thing to those who do not see it."""
    return "".join(
        f"<button type='button' data-table='{name}' aria-pressed='{str(name == look.chosen).lower()}' "
        f"aria-label='{_opens(look, name)}' "
        f"style='left:{100 * (x - at.room.card / 2) / at.room.width:.2f}%;top:{100 * (y - at.room.height / 2) / at.height:.2f}%;"
        f"width:{100 * at.room.card / at.room.width:.2f}%;height:{100 * at.room.height / at.height:.2f}%'></button>"
        for name, (x, y) in at.tables.items()
        if name in look.state.sits(look.me)
    )


def _opens(look: _Look, name: str) -> str:
    return escape(tr("{table}: open this table", table=short_title(look.state.scenario, name)), quote=True)
