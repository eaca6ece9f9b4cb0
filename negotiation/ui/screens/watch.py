"""Watch: agents only, round by round, with what each of them believed and asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from negotiation.analysis.transcript import steps
from negotiation.errors import NegotiationError
from negotiation.formats import bundled, shipped
from negotiation.game import Game
from negotiation.language import decimal, language, mark, plural, tr
from negotiation.protocols import protocols
from negotiation.reports import game_figures
from negotiation.reports.palette import ink
from negotiation.reports.web import WIDE
from negotiation.reports.words import about, listed, percent
from negotiation.rounding import rounded, shown
from negotiation.state import State
from negotiation.strategies import built_in, strategies
from negotiation.strategies.evaluation import Evaluation
from negotiation.ui.common import words
from negotiation.ui.common.cases import load
from negotiation.ui.common.chart import chart
from negotiation.ui.common.offered import among
from negotiation.ui.common.pages import brief_title, titled
from negotiation.ui.common.scrubber import by_round, scrubber
from negotiation.ui.common.style import dark, short, tag
from negotiation.ui.common.words import points
from negotiation.ui.debrief.of_game import debrief
from negotiation.ui.play.alliance_map import draw
from negotiation.ui.play.conversation import conversation
from negotiation.view import view

WHO = (mark("table"), mark("party"))
GAINS = (mark("asks for"), mark("best deal"), mark("best paper"), mark("stays unsigned?"))
GAINS_HELP = mark(
    "Gains in points over leaving the table unsigned, given what each expects elsewhere; the delay that its signature "
    "adds is taken off."
)


def page() -> None:
    """Draw the choice of a game, and the game at the chosen round."""
    st.title(tr("Watch"))
    try:
        model = _chosen()
    except NegotiationError as problem:
        st.error(tr(problem.said))
        return
    titled(tr("Watch"), brief_title(model.case.scenario.title))
    states = by_round(model)
    last = len(states) - 1
    scrubber("watch", model.case.scenario.unit, last, lambda number: _moment(model, states, number, last))


def _chosen() -> Game:
    query = st.query_params
    names, known, ways = list(bundled()), list(strategies()), list(protocols())
    with st.container(border=True, key="card-watch-setup"):
        a, b, c, d = st.columns([4, 2, 2, 1.4])
        name = a.selectbox(
            tr("Case"), names, _at(names, query.get("case")), format_func=among(names, lambda n: load(n).scenario.title)
        )
        player = b.selectbox(
            tr("Everybody plays"),
            known,
            _at(known, query.get("strategy", "tough")),
            format_func=among(known, words.named),
        )
        protocol = c.selectbox(
            tr("Protocol"), ways, _at(ways, query.get("protocol", "open-floor")), format_func=among(ways, words.named)
        )
        seed = d.number_input(tr("Seed"), 0, None, _number(query.get("seed")))
        seats: dict[str, str] = {}
        with st.expander(tr("Another strategy for some seats")):
            parties = load(name).roles
            columns = st.columns(min(3, len(parties)))
            for n, party in enumerate(parties):
                chosen = columns[n % len(columns)].selectbox(
                    short(load(name).scenario, party),
                    ["", *known],
                    format_func=among(["", *known], lambda n: words.named(n) if n else tr("As everybody")),
                    key=f"watch-{name}-{party}",
                )
                if chosen:
                    seats[party] = chosen
    asked = {"case": name, "strategy": player, "protocol": protocol, "seed": str(seed)}
    plain = {"case": names[0], "strategy": "tough", "protocol": "open-floor", "seed": "1"}
    if asked != {key: query.get(key, value) for key, value in plain.items()}:  # else Back would lead here again
        query.from_dict(asked)
    with st.spinner(tr("They negotiate…"), show_time=False):
        return _played(name, player, protocol, int(seed), tuple(seats.items()), language()).told(language())


def _at(names: list[str], name: str | None) -> int:
    return names.index(name) if name in names else 0


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 16 else 1


@st.cache_resource(max_entries=32, show_spinner=False)
def _played(case: str, player: str, protocol: str, seed: int, seats: tuple[tuple[str, str], ...], talk: str) -> Game:
    model = Game(
        shipped(case),
        strategy=player,
        seats=dict(seats),
        protocol=protocol,
        seed=seed,
        talk=talk,
        players=built_in,
    )
    model.play()
    return model


def _moment(model: Game, states: list[State], number: int, last: int) -> None:
    state, scenario = states[number], model.case.scenario
    left, right = st.columns([6, 4], gap="medium")
    with left:
        with st.container(border=True, key="card-watch-map"):
            st.markdown(f"## {words.after(scenario, number)}")
            draw(state, key="watch-map")
        if not state.over:
            with st.container(border=True, key="card-watch-minds"):
                st.markdown(f"## {tr('What they believe and ask for')}")
                st.html(_minds(model, state))
        if number:
            with st.container(border=True, key="card-watch-points"):
                st.markdown(f"## {tr('Points of what is signed, delay taken off')}")
                spec = game_figures.progress(scenario, _points(model, states[: number + 1]), ink(night=dark()))
                chart(spec, "w-points", tr("Points of each party, {unit} by {unit}", unit=scenario.unit))
    with right.container(border=True, key="card-watch-talk"):
        st.markdown(f"## {tr('Conversation')}")
        opening = model.protocol.opening(scenario, model.state.rounds)
        with st.container(height=820, border=False, autoscroll=True, key="watch-talk"):
            st.html(conversation(opening, steps(opening, state.events)))
    if number == last:
        debrief(model)


def _points(model: Game, states: list[State]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for n, state in enumerate(states):
        for party, agent in model.seated.items():
            paid = state.rounds_paid(party, ended=True), state.time_paid(party, ended=True)
            gain = agent.role.preferences.score(state.outcome, *paid) - agent.unsigned_points
            rows.append(
                {"round": n, "who": short(state.scenario, party), "gain": rounded(gain, state.scenario.decimals)}
            )
    return rows


def _minds(model: Game, state: State) -> str:
    """Return by table and party, as HTML: the gain asked for, the best in sight, and the chance of staying unsigned."""
    rows, decimals = [], state.scenario.decimals
    for name in state.open:
        table = state.scenario.tables[name]
        place = escape(table.title)
        for party in table.seats:
            agent = model.seated[party]
            if agent.strategy is None or name not in state.sits(party):
                continue
            seen = view(model.protocol, state, party, agent.role)
            evaluation = Evaluation(seen)
            asks = agent.strategy.aims(seen).get(name, 0.0) - evaluation.delay
            there = evaluation.context[name]
            unsigned = there.get(None, 0.0) if isinstance(there, dict) else 1.0
            best = max(
                (evaluation.gain(p.deals) - evaluation.delay for p in state.at(name) if p.author != party), default=None
            )
            offered = tr("no paper") if best is None else points(best, decimals, signed=True)
            rows.append(
                f"<tr><td>{place}</td><td>{tag(state.scenario, party)}</td><td class='n'>{points(asks, decimals)}</td>"
                f"<td class='n'>{points(evaluation.position(name).best - evaluation.delay, decimals)}</td><td class='n'>{offered}</td><td class='n'>{percent(unsigned)}</td></tr>"
            )
            place = ""
    words_of = "".join(f"<th>{escape(tr(name))}</th>" for name in WHO)
    numbers = "".join(f"<th class='n'>{escape(tr(name))}</th>" for name in GAINS)
    drawn = f"{WIDE}<table class='terms'><tr>{words_of}{numbers}</tr>{''.join(rows)}</table></div>"
    return f"{_beliefs(model, state)}{drawn}<p class='note'>{escape(tr(GAINS_HELP))}</p>"


def _beliefs(model: Game, state: State) -> str:
    """Return what the others believe of each party against the truth, a line each, and whose words they trust, as HTML.

    `All 5 others think Nissan is pragmatic: 51 % to 56 % (as it is)`, `Google believes Nissan: 0.6`.
    """
    thought: dict[str, list[tuple[str, Mapping[str, float]]]] = {}
    said = []
    for party, agent in model.seated.items():
        if agent.strategy is None:
            continue
        seen = view(model.protocol, state, party, agent.role)
        for other, chances in agent.strategy.beliefs(seen).items():
            thought.setdefault(other, []).append((party, chances))
        trusted = [
            about(tag(state.scenario, one), decimal(shown(far, 1))) for one, far in agent.strategy.trust(seen).items()
        ]
        if trusted:
            believes = tr("{who} believes {whom}", who=tag(state.scenario, party), whom=listed(trusted))
            said.append(f"<li>{believes}</li>")
    lines = [f"<li>{_thought(model, other, judges)}</li>" for other, judges in thought.items()] + said
    return f"<ul class='plain'>{''.join(lines)}</ul>" if lines else ""


def _thought(model: Game, party: str, judges: Sequence[tuple[str, Mapping[str, float]]]) -> str:
    """Return of what type most of those who judge a party think it is, how sure they are, and the truth, as HTML."""
    likeliest = [max(chances, key=chances.__getitem__) for _, chances in judges]
    kind = max(likeliest, key=likeliest.count)
    sure = [chances[kind] for (_, chances), one in zip(judges, likeliest, strict=True) if one == kind]
    low, high = percent(min(sure)), percent(max(sure))
    parts = {
        "other": tag(model.case.scenario, party),
        "type": f"<b>{escape(words.kind(model.case.scenario, party, kind))}</b>",
        "chance": low if low == high else tr("{low} to {high}", low=low, high=high),
    }
    if len(judges) == 1:
        who = tag(model.case.scenario, judges[0][0])
        told = tr("{who} thinks {other} is {type}: {chance}", who=who, **parts)
    elif len(sure) == len(judges):
        told = tr("All {all} others think {other} is {type}: {chance}", all=len(judges), **parts)
    else:
        told = plural(
            "{n} of {all} others thinks {other} is {type}: {chance}",
            "{n} of {all} others think {other} is {type}: {chance}",
            len(sure),
            all=len(judges),
            **parts,
        )
    is_so = kind == model.types[party]
    truth = (
        tr("as it is") if is_so else tr("it is {type}", type=words.kind(model.case.scenario, party, model.types[party]))
    )
    return f"{told} <span class='dim'>({escape(truth)})</span>"
