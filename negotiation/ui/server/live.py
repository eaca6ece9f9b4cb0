"""The live components of a page, which hold `/api/live` open, and the messages of that socket.

The socket is opened by a page of this site (`Origin`), with the cookie of a seat or of a login. All messages are JSON
objects with a field `t`. From the browser:

    {"t": "hello", "language"}                          open my seat: tell me all of it now, and then what is new, in this
                                                        language (without one: in that of the browser)
    {"t": "say", "key", "text", "to": [party, ...]}     say something at the table (to: []), to other parties (an act too,
                                                        while the game takes one), to my own party or "@teacher"; perhaps
                                                        with its "moves" for agents, in their notation
    {"t": "act", "key", "act": {...}, "basis": n}       do something: an act as a log has it, without the party, decided
                                                        on a page that showed n events of the game (or null)
    {"t": "read", "text"}                               what would I mean by this
    {"t": "ping", "idle": bool}                         every 20 s; idle: nobody has touched the page for two minutes
    {"t": "watch", "logs": [id, ...]}                   tell me the versions of these logs, now and whenever they grow;
                                                        (others than those of the classes that a login sees, or of a
                                                        seat's own class and group, are passed over)

A key has 1 to 80 letters, digits and `_-.:`, made up for one click; sent again, it is done once and answered again.
To the browser:

    {"t": "ok", "key", "why": null or text, "again"}    it is on disk, or why not; again: not decided, send it once more
    {"t": "hello", "me", "lines": [...], "language", "at"}   who I am here, what has been said so far, in which language, and the
                                                        time of the class, as lines are told "at"
    {"t": "talk", "lines": [...]}                       further lines (see `bubble` in scripts/talk.js for their kinds); those of my
                                                        party are "mine", or another one acted "by" name for my seat
                                                        (an agent: ""); of other parties nobody is named
    {"t": "mark", "mark", "may": {"table", "to", ...}}  stands for what the page shows (`Look.mark`); whom I may speak to
                                                        (my own party: who shares my seat); "people": whether any sit opposite
    {"t": "read", "text", "chips": [[told, moves], ...], "missed": [...], "left": [...], "sure"}   what is read into a text: moves as a
                                                        person says them and in the notation, sentences without any, moves
                                                        that mean nothing now with the reason; sure: nothing to be looked at
    {"t": "clock", "phase", "left", "running", ...}     seconds left (null: no limit); round, round_left: seconds or null;
                                                        the phase is "called" so; its "place" in order; whether "timed"
    {"t": "here", "people": [[name, party, state, me]], "waiting"}   online, idle or offline; in the lobby how many wait
    {"t": "v", "v": {id: version, ...}}                 watched logs that have grown (once at first: all)

An answer to `say` and `act` comes when the event is on disk, before anybody else is told. The socket is closed with
4403 when there is neither seat nor login (any more), 4400 on what is no message, 1013 when the database does not answer,
4429 when the same person has opened so many others that this one, silent for longest, makes room.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from negotiation.actions import LONGEST_TEXT, Pass
from negotiation.formats.log import Row
from negotiation.language import language
from negotiation.scenario import Scenario
from negotiation.ui.common.script_texts import script_texts
from negotiation.ui.common.style import colours, short

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

SCRIPTS = Path(__file__).parents[1] / "scripts"
PARTS = ("stand.js", "line.js", "strip.js", "talk.js", "sheet.js", "act.js")
"""One script in six files: where the focus goes, the socket and the parts of a page, the strip, the conversation, the sheet, the acts."""

SCRIPT = "".join(
    [
        *((SCRIPTS / part).read_text(encoding="utf-8") for part in PARTS),
        f"\nconst CSS = {json.dumps((SCRIPTS / 'live.css').read_text(encoding='utf-8'))};\n",
        f"const LONGEST = {LONGEST_TEXT};\n",
    ]
)
"""What browsers load once, from `ADDRESS`; a page sends only the line that loads it."""

ADDRESS = f"/live-{hashlib.sha256(SCRIPT.encode()).hexdigest()[:12]}.js"


def _loads(part: str) -> str:
    return (
        f"const script = import(new URL({ADDRESS!r}, location.href).href);\n"
        f"export default (c) => {{ let end, over = false; script.then((s) => {{ if (!over) end = s.{part}(c); }});"
        " return () => { over = true; end?.(); }; }"
    )


def _part(name: str) -> ComponentRenderer:
    return st.components.v2.component(f"negotiation_{name}", html="<span hidden></span>", js=_loads(name))


def watch(
    versions: Mapping[str, int], key: str, on_tick: Callable[[], None] | None = None, *, every: float = 0.0
) -> None:
    """Run the script (inside a fragment: that fragment) again once one of these logs grows beyond its version.

    Parameters
    ----------
    versions
        The logs that this page or fragment has just drawn, and how far (`Look.versions`, `Session.version`, ...).
    on_tick
        Called first, as a widget's callback: the one place where `st.rerun([key, ...])` may name fragments.
    every
        Seconds that pass at least between two runs: for a page that shows many groups.
    """
    data = {"seen": dict(versions), "every": 1000 * every}
    _part("watch")(key=key, data=data, on_tick_change=on_tick or _nothing, height=1)


def seat(mark: str, key: str, on_tick: Callable[[], None] | None = None) -> None:
    """Run the page of a seat again once class or tables are no longer what `mark`, a `Look.mark`, stands for."""
    _part("seat")(key=key, data={"mark": mark, "language": language()}, on_tick_change=on_tick or _nothing, height=1)


def status(scenario: Scenario, key: str) -> None:
    """Draw the strip: whether the page is connected, the clock, and who of the group is there."""
    _part("status")(key=key, data={**_people(scenario), "unit": scenario.unit, "told": script_texts("strip")})


def talk(scenario: Scenario, me: str, key: str, *, thinks: bool = False, tab: bool = False) -> None:
    """Draw the conversation of a seat's group and the line to speak in; on a phone behind a button.

    Parameters
    ----------
    thinks
        Agents answer what is said, and the page says that they think until they do.
    tab
        The page has a tab for the conversation on a phone, and so no button of its own.
    """
    told = script_texts("talk")
    _part("talk")(key=key, data={**_people(scenario), "me": me, "thinks": thinks, "tab": tab, "told": told})


def sheet(me: str, kept: Mapping[str, str], key: str, on_typed: Callable[[], None]) -> None:
    """Have what is typed into the preparation sheet on this page stored before it is lost.

    Parameters
    ----------
    me
        The person whose sheet it is.
    kept
        What is kept of its fields, by their keys.
    on_typed
        Called when a page that is gone had more: `st.session_state[key].typed` is JSON, texts by field.
    """
    _part("sheet")(key=key, data={"me": me, "kept": dict(kept)}, on_typed_change=on_typed, height=1)


def act(
    label: str,
    row: Row,
    basis: int,
    key: str,
    *,
    icon: str,
    primary: bool,
    disabled: bool,
    said: str,
    asks: Sequence[str] = (),
    yes: str = "",
    unsent: str = "",
) -> None:
    """Draw a button that does an act at the table through the socket, with its receipt.

    Parameters
    ----------
    row
        The act as a log has it, without the party.
    basis
        How many events of the game this page shows.
    said
        What is told for a moment when it is stored.
    asks, yes
        What is asked about first, for the end of a round with what other parts of the page say is not sent; and the
        answer that goes through with it.
    unsent
        What this part says is not sent.
    """
    data = {"label": label, "act": row, "basis": basis, "icon": icon, "primary": primary, "disabled": disabled}
    more = {
        "said": said,
        "asks": list(asks),
        "yes": yes,
        "unsent": unsent,
        "ends": row["kind"] == Pass.kind,
        "told": script_texts("act"),
    }
    _part("act")(key=key, data={**data, **more}, width="content")


def _people(scenario: Scenario) -> dict[str, dict[str, str]]:
    return {"colours": colours(scenario), "names": {party: short(scenario, party) for party in scenario.parties}}


def _nothing() -> None:
    pass
