"""The form that sets up a game: case, seat, opponents, and what else matters."""

from __future__ import annotations

import secrets

import streamlit as st

from negotiation.case import Case
from negotiation.errors import NegotiationError
from negotiation.formats import bundled
from negotiation.language import language, tr
from negotiation.protocols import protocols
from negotiation.reports.words import listed
from negotiation.strategies import PERSON, strategies, strategy
from negotiation.ui.common import words
from negotiation.ui.common.cases import load
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import aside, short
from negotiation.ui.play.guide import guided_door
from negotiation.ui.play.solo_games import solo
from negotiation.ui.server.identity import kept_back, passer_by, sheets_open

CASE = "case"
"""The query parameter that names the case with which the form starts."""


def setup_form() -> str | None:
    """Show the form; return the id of the game just started, or None."""
    st.title(tr("Play"))
    if guided := guided_door():
        return guided
    left, right = st.columns([5, 4], gap="medium")
    with left.container(border=True, key="card-setup"):
        names = [name for name in bundled() if not closed(name)]
        if not names:
            st.write(tr(words.KEPT_BACK))
            return None
        asked = st.query_params.get(CASE)
        name = st.selectbox(
            tr("Case"),
            names,
            index=names.index(asked) if asked in names else 0,
            format_func=among(names, lambda n: load(n).scenario.title),
            key="setup-case",
        )
        variants = ["", *load(name).variants]
        variant = ""
        if len(variants) > 1:
            notes = load(name).variants
            variant = st.selectbox(
                tr("Variant"),
                variants,
                format_func=among(variants, lambda v: (notes[v] or v.replace("_", " ")) if v else tr("as it is")),
                key=f"setup-variant-{name}",
            )
        case = load(name, variant)
        seat = st.radio(
            tr("Your seat"),
            list(case.roles),
            index=min(1, len(case.roles) - 1),
            format_func=among(case.roles, lambda p: case.scenario.parties[p].title),
            key=f"setup-seat-{name}-{variant}",
        )
        level = st.segmented_control(
            tr("Opponents"),
            [*words.LEVELS, "own"],
            default="fair",
            required=True,
            format_func=among(
                [*words.LEVELS, "own"], lambda n: tr(words.LEVELS[n][1]) if n in words.LEVELS else tr("My own choice")
            ),
            key="setup-level",
        )
        seats = _opponents(case, seat, level or "fair")
        protocol, rounds, seed, talk = _more(case)
        if st.button(tr("Take my seat"), type="primary", icon=":material/handshake:", key="start"):
            try:
                return solo().start(
                    passing=passer_by(),
                    case=name,
                    variant=variant,
                    seats={**seats, seat: PERSON},
                    protocol=protocol,
                    rounds=rounds,
                    seed=seed,
                    talk=talk,
                )
            except NegotiationError as problem:
                st.error(words.literal(tr(problem.said)))
    with right.container(border=True, key="card-about"):
        st.markdown(f"## {case.scenario.title}")
        st.write(case.scenario.synopsis or case.scenario.brief)
        st.markdown(words.headed(case.scenario.parties[seat].title, case.scenario.parties[seat].brief))
        st.caption(tr("You learn: {subjects}.", subjects=listed(case.teaches)))
        st.caption(case.scenario.disclaimer or tr(words.FICTION))
        if sheets_open():
            st.html(aside("/edit", tr("Or write a case of your own")))
    return None


def closed(name: str) -> bool:
    """Return whether a bundled case may not be played alone here now, in any of its variants."""
    return any(map(kept_back, versions(load(name))))


def versions(case: Case) -> list[Case]:
    """Return a bundled case, followed by each of its variants."""
    return [case, *(load(case.name, variant) for variant in case.variants)]


def _opponents(case: Case, seat: str, level: str) -> dict[str, str]:
    others = [party for party in case.roles if party != seat]
    if level in words.LEVELS:
        return dict.fromkeys(others, words.LEVELS[level][0])
    known = {
        name: kind for name, kind in strategies().items() if strategy(name).unfit(case.scenario, "open-floor") is None
    }
    return {
        party: st.selectbox(
            short(case.scenario, party),
            list(known),
            index=list(known).index("linear"),
            format_func=among(known, lambda n: words.named(n, known[n].about)),
            key=f"setup-{case.name}-{party}",
        )
        for party in others
    }


def _more(case: Case) -> tuple[str, int, int, str]:
    known = protocols()
    with st.expander(tr("Rounds, protocol, language and seed")):
        rounds = st.number_input(
            tr("{unit}s", unit=case.scenario.unit.capitalize()),
            1,
            100,
            case.scenario.rounds,
            key=f"setup-rounds-{case.name}",
        )
        protocol = st.selectbox(
            tr("Protocol"),
            list(known),
            index=list(known).index("open-floor"),
            format_func=among(known, lambda n: words.named(n, known[n].about)),
            key="setup-protocol",
        )
        spoken = list(words.LANGUAGES)
        talk = st.selectbox(
            tr("Your opponents speak"),
            spoken,
            index=spoken.index(language()),
            format_func=among(spoken, lambda code: tr(words.LANGUAGES[code])),
            help=tr("You may write in English, French or Japanese whatever they speak."),
            key="setup-talk",
        )
        if "seed" not in st.session_state:
            st.session_state.seed = secrets.randbelow(1_000_000)
        seed = st.number_input(
            tr("Seed"), 0, None, st.session_state.seed, help=tr("The same seed gives the same opponents.")
        )
    return protocol, int(rounds), int(seed), talk
