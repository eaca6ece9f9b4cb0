"""The top of the debrief of one's own game: one sentence, the grade against par, and the lessons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from negotiation.analysis.findings import read
from negotiation.analysis.par import Par
from negotiation.debrief.par import par_asked
from negotiation.game import Game
from negotiation.language import mark, tr
from negotiation.reports import par as told
from negotiation.reports.figure_files import in_language
from negotiation.reports.lessons import ABOUT, TITLE, Told
from negotiation.reports.palette import ink
from negotiation.reports.web import strong
from negotiation.ui.common.chart import chart
from negotiation.ui.common.style import dark
from negotiation.ui.common.words import literal, when
from negotiation.ui.jobs.background import Job, job
from negotiation.ui.server.away import steady
from negotiation.ui.server.identity import passer_by

UNKNOWN = mark("it could not be worked out; the server's output says why")

CSS = """<style>
.verdict { font-family:Fraunces, Georgia, serif; font-size:1.45rem; line-height:1.35; margin:.1rem 0 .3rem; max-width:62ch; text-wrap:pretty }
.grade { display:inline-block; border-radius:99px; padding:.1rem .8rem; font-weight:700; border:2px solid currentColor }
.lesson p { margin:.35rem 0; font-size:.92rem; line-height:1.5 } .lesson h4 { margin:0 0 .2rem; font-size:1.02rem }
.lesson .next { border-left:3px solid var(--accent); padding-left:.6rem } .lesson .kind { font-size:.8rem; font-weight:600; color:var(--bad) }
.lesson .kind.up { color:var(--good) } .lesson blockquote { margin:.35rem 0; padding:0; font-size:.85rem; opacity:.85 }
</style>"""


def grade(game: Game, me: str) -> Par | None:
    """Show how a game that is over went, against par as soon as that is known; return par if it is.

    Par is worked out behind the page: agents play the game again in a process of their own.
    """
    scenario, mine, unsigned = game.case.scenario, game.points(me), game.seated[me].unsigned_points
    begun = job(par_asked(game, me), waits=passer_by())
    par = read(Par, begun.found) if begun.found else None
    said = told.sentence(mine, unsigned, par, scenario.decimals)
    with st.container(border=True, key="card-grade"):
        st.html(f"{CSS}<p class='verdict'>{escape(said)}</p>")
        if par:
            _strip(par, mine, unsigned, scenario.decimals)
            st.caption(told.about(par, talk=bool(game.talk)))
        elif begun.running:
            _coming(begun)
        else:
            st.caption(tr("There is no par for this game: {why}.", why=literal(tr(begun.refused or UNKNOWN))))
    return par


def _strip(par: Par, mine: float, unsigned: float, decimals: int) -> None:
    found = par.grade(mine)
    css = "up" if "above" in found else "down" if "below" in found else ""
    st.html(f"<span class='grade {css}'>{escape(tr(told.GRADES[found]))}</span>")
    spec = in_language(told.strip(par, mine, unsigned, decimals, ink(night=dark())))
    chart(spec, "par-strip", told.strip_title(par, mine, decimals))
    st.caption(told.strip_title(par, mine, decimals))


@st.fragment(run_every=1.0)
@steady
def _coming(begun: Job) -> None:
    """Show how far par is; the page is drawn anew when it is there."""
    if begun.over:
        st.rerun()
    step = tr("Agents play your seat, for comparison: {step}", step=tr(begun.what))
    st.progress(min(max(begun.share, 0.0), 1.0), step)


def lessons(game: Game, found: Sequence[Told], link: Callable[[int, str], None] | None = None) -> None:
    """Show the lessons side by side; `link` draws the way to the moment of one, given its round and what that is called."""
    if not found:
        return
    st.markdown(f"### {tr(TITLE)}", help=tr(ABOUT))
    for n, (place, one) in enumerate(zip(st.columns(len(found), gap="medium"), found, strict=True)):
        with place.container(border=True, key=f"card-lesson-{n}", height="stretch"):
            st.html(_lesson(one, when(game.case.scenario, one.round)))
            if one.deal:
                with st.expander(tr("The deal")):
                    st.html("".join(f"<p class='note'><b>{escape(a)}</b>: {escape(b)}</p>" for a, b in one.deal))
            if link:
                link(one.round, when(game.case.scenario, one.round))


def _lesson(one: Told, week: str) -> str:
    good, bad = escape(tr("Went well")), escape(tr("Cost you"))
    kind = f"<span class='kind up'>{good}</span>" if one.good else f"<span class='kind'>{bad}</span>"
    ahead = strong(tr("**Next time:** {advice}", advice=one.next_time))
    quote = f"<blockquote>{escape(one.quote)}</blockquote>" if one.quote else ""
    return (
        f"<div class='lesson'>{kind} <span class='note'>· {escape(week)}</span><h4>{escape(one.title)}</h4>"
        f"<p>{strong(one.happened)}</p><p>{strong(one.worth)}</p>{quote}"
        f"<p class='next'>{ahead}</p></div>"
    )
