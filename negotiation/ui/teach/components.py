"""Two components: a clock that browsers draw by themselves, and tiles that open when they are clicked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from negotiation.classroom.clock import Clock
from negotiation.language import mark, tr

CLOCK_HTML = "<div class='clock' role='timer'><b></b><small></small></div>"

CLOCK_CSS = """
.clock { font-family:var(--st-heading-font); color:var(--st-text-color); line-height:1.1 }
.clock.big { color:#e6eeec; text-align:center }
b { font-size:1.9rem; font-weight:600; font-variant-numeric:lining-nums tabular-nums } .big b { font-size:clamp(4rem, min(15vw, 22vh), 13rem) }
small { display:block; font-family:var(--st-font); font-size:.82rem; opacity:.8 } .big small { font-size:clamp(1rem, 2vw, 1.7rem) }
.late b { color:var(--st-red-color) } .big.late b { color:#fb7185 } .still b { opacity:.6 }
"""

CLOCK_JS = """
const live = new WeakMap();
const two = (n) => String(n).padStart(2, "0");
function said(seconds, words) {
  const s = Math.max(0, Math.ceil(seconds)), d = Math.floor(s / 86400), h = Math.floor(s / 3600);
  const whole = Math.round(s / 3600);  // the nearest hour: of seven days not 6 d 23 h, a second after they began
  if (d >= 2) return words[whole % 24 ? "hours" : "days"].replace("{d}", Math.floor(whole / 24)).replace("{h}", whole % 24);
  return (h ? h + ":" + two(Math.floor(s / 60) % 60) : Math.floor(s / 60)) + ":" + two(s % 60);
}
export default function ({ data, parentElement, setTriggerValue }) {
  let s = live.get(parentElement);
  if (!s) live.set(parentElement, s = {});
  clearInterval(s.timer);
  const box = parentElement.querySelector(".clock"), offset = data.now - Date.now() / 1000;
  const draw = () => {
    const now = Date.now() / 1000 + offset, ran = data.spent + (data.since === null ? 0 : now - data.since);
    const left = data.length === null ? null : data.length - ran, standing = data.since === null;
    box.className = "clock" + (data.big ? " big" : "") + (standing ? " still" : "")
      + (left !== null && left < 60 ? " late" : "");
    box.querySelector("b").textContent = said(left === null ? ran : left, data.words);
    box.querySelector("small").textContent =
      standing ? data.words.stands : left === null ? data.words.since : left > 0 ? data.what : data.words.out;
    if (left !== null && left <= 0 && !standing && Date.now() - (s.told ?? 0) > 4000) {
      s.told = Date.now();
      setTriggerValue("out", s.told);
    }
  };
  draw();
  s.timer = setInterval(draw, 250);
  return () => { clearInterval(s.timer); live.delete(parentElement); };
}
"""

WORDS = {
    "stands": mark("the clock stands"),
    "since": mark("since the beginning"),
    "out": mark("time is out"),
    "days": mark("{d} d"),
    "hours": mark("{d} d {h} h"),
}
"""What the clock says."""

OPENER_JS = """
const live = new WeakMap();
export default function ({ parentElement, setTriggerValue }) {
  let s = live.get(parentElement);
  if (!s) {
    s = {};
    live.set(parentElement, s);
    s.click = (event) => {
      const tile = event.target.closest?.("[data-group]");
      if (!tile || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      s.fire(tile.dataset.group);
      let tries = 0;
      const find = setInterval(() => {
        const panel = document.querySelector(".st-key-card-group");
        if (panel) panel.scrollIntoView({ behavior: "smooth", block: "nearest" });
        if (panel || ++tries > 20) clearInterval(find);
      }, 150);
    };
    document.addEventListener("click", s.click, true);
  }
  s.fire = (group) => setTriggerValue("group", group);
  return () => { document.removeEventListener("click", s.click, true); live.delete(parentElement); };
}
"""


def clock(kept: Clock, now: float, key: str, *, what: str, big: bool = False) -> None:
    """Draw a clock that counts down (or up, without a limit); when time is out the page runs again.

    Parameters
    ----------
    now
        The server's time, in seconds since 1970: browsers' own clocks may be wrong.
    what
        The text beneath the time.
    """
    component = st.components.v2.component("negotiation_clock", html=CLOCK_HTML, css=CLOCK_CSS, js=CLOCK_JS)
    data = {"now": now, "length": kept.length, "since": kept.since, "spent": kept.spent, "what": what, "big": big}
    words = {name: tr(text) for name, text in WORDS.items()}
    component(key=key, data={**data, "words": words}, on_out_change=_nothing)


def opener(key: str, on_open: Callable[[str], None]) -> None:
    """Call `on_open` with the `data-group` of what is clicked; without scripts the link itself goes there."""

    def changed() -> None:
        value: Any = st.session_state.get(key)
        group = getattr(value, "group", None)
        if isinstance(group, str):
            on_open(group)

    component = st.components.v2.component("negotiation_opener", html="<span hidden></span>", js=OPENER_JS)
    component(key=key, on_group_change=changed)


def _nothing() -> None:
    """Do nothing: running again is all."""
