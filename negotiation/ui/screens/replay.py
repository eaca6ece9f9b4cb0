"""A game that was played alone, again: round by round, with the public acts and one seat's own points and nothing else.

Its address is another than that of the game (see `Solo.address`): whoever has it looks on and cannot act.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from negotiation.analysis.transcript import steps, terms, whose
from negotiation.errors import NegotiationError, Refused, StoreError
from negotiation.game import Game
from negotiation.language import language, mark, tr
from negotiation.preferences import Preferences
from negotiation.reports import game_figures
from negotiation.reports.palette import ink
from negotiation.reports.words import all_of, short_title
from negotiation.rounding import rounded
from negotiation.state import Paper, State
from negotiation.ui.common import words
from negotiation.ui.common.pages import brief_title
from negotiation.ui.common.scrubber import by_round, scrubber
from negotiation.ui.common.style import dark, short
from negotiation.ui.common.words import when
from negotiation.ui.play.alliance_map import draw
from negotiation.ui.play.conversation import conversation
from negotiation.ui.play.solo_games import solo
from negotiation.ui.server.identity import kept_back, public_url
from negotiation.view import sealed
from negotiation.worth import worth

ADDRESS, MOMENT = "game", "at"
"""The query parameters: the address of a replay, and after how many rounds it opens."""

SHARED = mark(
    "Whoever has this address sees what everybody at the tables could see, your points, and what each paper was worth to "
    "you: no words said in private, and nobody else's score sheet. Nobody can act with it."
)


def page() -> None:
    """Draw the replay that the address names."""
    token = st.query_params.get(ADDRESS, "")
    try:
        model, me = solo().replay(token)
        if kept_back(model.case):
            raise Refused(words.KEPT_BACK)
    except StoreError:
        raise
    except NegotiationError as problem:
        st.error(words.literal(tr(problem.said)), icon=":material/error:")
        return
    model = model.told(language())
    scenario = model.case.scenario
    st.title(tr("{case}: a game played again", case=brief_title(scenario.title)))
    how = tr("As {party} saw it in public. Shift and the arrow keys step through it.", party=short(scenario, me))
    st.caption(f"{how} {tr(words.FICTION)}")
    states = by_round(model)
    _from_address(token, len(states) - 1)
    scrubber("replay", scenario.unit, len(states) - 1, partial(_moment, model, me, states), keys=True)


def _from_address(token: str, last: int) -> None:
    """Open at the moment that the address names, when one comes to it."""
    place = (token, st.query_params.get(MOMENT, ""))
    if st.session_state.get("replay-of") != place:
        st.session_state["replay-of"] = place
        st.session_state["replay-playing"] = False
        st.session_state["replay-round"] = min(int(place[1]), last) if place[1].isdigit() and len(place[1]) < 6 else 0


def _moment(model: Game, me: str, states: Sequence[State], number: int) -> None:
    state, scenario, mine = states[number], model.case.scenario, model.seated[me].role.preferences
    left, right = st.columns([6, 4], gap="medium")
    with left:
        with st.container(border=True, key="card-replay-map"):
            st.markdown(f"#### {words.after(scenario, number)}")
            draw(state, me)
        with st.container(border=True, key="card-replay-papers"):
            st.markdown(f"#### {tr('On the tables')}")
            st.html(f"<div class='grid'>{''.join(_table(state, mine, name) for name in scenario.tables)}</div>")
        if number:
            with st.container(border=True, key="card-replay-points"):
                mine_of = tr("Points of {party}, delay taken off", party=short(scenario, me))
                st.markdown(f"#### {mine_of}")
                rows = _points(model, me, states[: number + 1])
                st.vega_lite_chart(spec=game_figures.progress(scenario, rows, ink(night=dark())), key="r-points")
    with right.container(border=True, key="card-replay-talk"):
        st.markdown(f"#### {tr('Conversation')}")
        opening = model.protocol.opening(scenario, model.state.rounds)
        with st.container(height=820, border=False, autoscroll=True, key="replay-talk"):
            st.html(conversation(opening, steps(opening, sealed(state).events)))


def _points(model: Game, me: str, states: Sequence[State]) -> list[dict[str, object]]:
    seat, scenario = model.seated[me], model.case.scenario
    rows: list[dict[str, object]] = []
    for n, state in enumerate(states):
        paid = state.rounds_paid(me, ended=True), state.time_paid(me, ended=True)
        gain = seat.role.preferences.score(state.outcome, *paid) - seat.unsigned_points
        rows.append({"round": n, "who": short(scenario, me), "gain": rounded(gain, scenario.decimals)})
    return rows


def _table(state: State, mine: Preferences, name: str) -> str:
    """Return a table as it stands, as HTML: the deal that binds, or the papers with what each is worth to the seat."""
    title = escape(short_title(state.scenario, name))
    if name in state.bound:
        who = escape(all_of([short(state.scenario, party) for party in state.signed[name]]))
        told = tr("Signed in {when} by {who}", when=escape(when(state.scenario, state.bound_in[name])), who=who)
        deal = _terms(terms(state.scenario, {name: state.bound[name]}))
        return f"<div class='tile signed'><b>{title}</b><details><summary>{told}</summary>{deal}</details></div>"
    papers = "".join(_paper(state, mine, paper) for paper in state.at(name))
    nothing = f"<br>{escape(tr('No paper lies here.'))}"
    return f"<div class='tile'><b>{title}</b>{papers or nothing}</div>"


def _paper(state: State, mine: Preferences, paper: Paper) -> str:
    gain = words.change(worth(state, mine, paper.deals).gain, state.scenario.decimals)
    told = tr(
        "{whose} paper of {when}: {gain} points for {party}",
        whose=whose(escape(short(state.scenario, paper.author))),
        when=escape(when(state.scenario, paper.round)),
        gain=gain,
        party=escape(short(state.scenario, mine.party)),
    )
    return f"<details><summary>{told}</summary>{_terms(terms(state.scenario, paper.deals))}</details>"


def _terms(told: Sequence[tuple[str, str]]) -> str:
    return "<br>".join(f"<span class='dim'>{escape(issue)}:</span> {escape(text)}" for issue, text in told)


def link(game: str) -> Callable[[int, str], None]:
    """Return what draws the way to a round (from 0) of the replay of a game that is over, given what it is called."""
    token = solo().address(game)

    def draw_link(number: int, called: str) -> None:
        _way(tr("See {what} in the replay", what=called), {ADDRESS: token, MOMENT: str(number + 1)})

    return draw_link


def share(game: str) -> None:
    """Show the way to the replay of a game that is over, and its address for others."""
    token = solo().address(game)
    seen = urlsplit(st.context.url or "")
    home = public_url() or f"{seen.scheme}://{seen.netloc}"
    with st.expander(tr("Replay my game, and share it"), icon=":material/replay:"):
        _way(tr("Replay my game"), {ADDRESS: token})
        st.caption(tr(SHARED))
        st.code(f"{home}/replay?{urlencode({ADDRESS: token})}", language=None, wrap_lines=True)


def _way(label: str, query: dict[str, str]) -> None:
    there = st.Page(page, title=tr("Replay"), url_path="replay")
    st.page_link(there, label=label, icon=":material/replay:", query_params=query)
