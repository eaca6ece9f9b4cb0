"""A first game that teaches itself: five steps on the small case, one at a time, noticed from what happens in the game."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape

import streamlit as st

from negotiation.actions import Say
from negotiation.analysis.coaching.advice import advice
from negotiation.analysis.coaching.first_game import STEPS, Lesson, Status, Step, hint, lesson
from negotiation.errors import NegotiationError
from negotiation.formats import load
from negotiation.game import Game
from negotiation.language import language, mark, tr
from negotiation.moves import Ask
from negotiation.reports.coach_text import issue, option
from negotiation.strategies import PERSON
from negotiation.ui.common.words import against, literal, pointed
from negotiation.ui.play.action_buttons import ActionButtons, SoloButtons
from negotiation.ui.play.quick import sentence
from negotiation.ui.play.solo_games import solo
from negotiation.ui.server.identity import kept_back, passer_by
from negotiation.view import View
from negotiation.worth import worth

CASE, ME, THEM, ROUNDS, SEED = "cloud-for-two", "kaido", "nimbus", 6, 20_260_101
NEXT = "alliance-2023"
ASK, ASK_LABEL = Ask("priority", "contract", None, THEM), mark("Ask Nimbus what matters most")

DOOR = mark("Learn it in five minutes")
ABOUT = mark("A small game with a guide at your side: two parties, one contract, six short rounds.")

CSS = """
.guide { font-size:.92rem; line-height:1.4 } .guide p { margin:.15rem 0; font-size:.92rem } .guide .praise { color:var(--good); font-weight:600; font-size:.86rem }
.guide h4 { margin:0; padding:.15rem 0 0; font-size:1rem } .guide .why { font-size:.84rem; color:color-mix(in srgb, currentColor 80%, transparent) }
.guide ol { display:inline-flex; flex-wrap:wrap; gap:.25rem .4rem; list-style:none; margin:0 .6rem .2rem 0; padding:0; font-size:.78rem }
.guide ol li { border:1px solid var(--line); border-radius:99px; padding:.02rem .55rem; margin:0 !important; font-size:.78rem }
.guide li.now { border-color:var(--accent) !important; font-weight:700 } .guide li.done { color:var(--good); border-color:var(--good) }
.guide li.skipped { text-decoration:line-through; opacity:.8 }
.st-key-card-guide { border-left:4px solid var(--accent) !important; padding:.6rem .9rem !important } .st-key-card-guide > :first-child { flex:1 1 18rem }
.guide .phone { display:none }
@media (max-width:640px) { .st-key-card-guide button[kind] { min-height:44px } .st-key-card-guide { gap:.2rem !important } .guide .why { display:none } .guide .phone { display:inline } }
"""

NAMES: Mapping[Step, str] = {
    "read": mark("Read"),
    "offer": mark("Offer"),
    "ask": mark("Ask"),
    "trade": mark("Trade"),
    "sign": mark("Sign"),
}

STATUS: Mapping[Status, str] = {
    "done": mark("done"),
    "skipped": mark("skipped"),
    "now": mark("now"),
    "later": mark("to come"),
}

TITLES: Mapping[Step, str] = {
    "read": mark("Step 1 of 5: read your sheet"),
    "offer": mark("Step 2 of 5: make an offer"),
    "ask": mark("Step 3 of 5: ask what matters to them"),
    "trade": mark("Step 4 of 5: trade"),
    "sign": mark("Step 5 of 5: sign"),
}

WHAT: Mapping[Step, str] = {
    "read": mark(
        "You buy a cloud for your cars. Open **Your score sheet** below and find two things: what you keep without a contract, and which points weigh most for you. Then press **{go}**."
    ),
    "offer": mark(
        "Under **Your offer** stands a fair opening. Click a point to see its options, and look at your points while you choose: start above what you expect, but leave Nimbus something to gain. Then press **Send offer**."
    ),
    "ask": mark(
        "Press the button below. Later you find it in the conversation, as **Ask what matters**; you can also just type."
    ),
    "trade": mark(
        "Nimbus has told you what weighs most for it. Give it that where it costs you little, and keep what weighs most for you. Change your offer and press **Send offer** again."
    ),
    "sign": mark(
        "Press **{end}** and see what comes back. Sign a paper that leaves you well above your walk-away, or send a better trade: if Nimbus signs yours, it is done."
    ),
}

WHY: Mapping[Step, str] = {
    "read": mark("Whoever knows what a walk-away is worth never signs a bad deal, and knows what to give last."),
    "offer": mark("A first offer sets where the talks begin. Nothing is signed until both have signed."),
    "ask": mark("Two sides rarely want the same things equally. What they want most is what you can sell."),
    "trade": mark("Each gives what it cares for least and gets what it cares for most: so both end with more."),
    "sign": mark("Every round costs you a little, and only what is signed counts."),
}

PRAISE: Mapping[Step, str] = {
    "read": mark("You have your sheet: it stays behind Brief."),
    "offer": mark("Your offer is on the table."),
    "ask": mark("Well asked: the answer is in the conversation."),
    "trade": mark("You have offered them something."),
    "sign": mark("Signed by both."),
}

CHEAP = mark(
    "Nimbus wants “{option}” on {issue}; it costs you only {points}. Give it that, and keep what weighs most for you. Change your offer and press **Send offer** again."
)
STEP = mark(
    "What is cheap for you it has already. Give one step on {issue}, and ask for something better on {other} in return. Change your offer and press **Send offer** again."
)
STEP_ALONE = mark(
    "What is cheap for you it has already. Give one step on {issue}, and no more than one. Change your offer and press **Send offer** again."
)
PHONE: Mapping[Step, str] = {
    "offer": mark("All of it is behind **My offer**, at the bottom."),
    "trade": mark("Its words are behind **Talk**, your offer behind **My offer**, at the bottom."),
    "sign": mark("What comes back is behind **Papers**, at the bottom."),
}
"""What else is said where one thing is shown at a time."""

READY = mark(
    "The paper of Nimbus is worth {points} to you now, {above}. Press **Sign**, or ask for a little more first."
)
LAST_ROUND = mark("This is the last round: sign now, or send an offer that Nimbus can sign.")
UNREAD_WORDS = mark(
    "Nimbus has not been asked yet what it wants most. Press the button below: it says it so that Nimbus understands."
)
ENDS: Mapping[str, str] = {
    "signed": mark("You have a contract. It leaves you {points}, {above}."),
    "left": mark(
        "You have left the table. Without a contract you have {points}. Now and then that is right: when nothing above your walk-away can be had."
    ),
    "unsigned": mark(
        "Time ran out without a contract: you have {points}. Next time send an offer early that gives Nimbus what it asked for."
    ),
}
AFTER = mark(
    "That was a whole negotiation. The alliance of three carmakers has six tables and links between them: the same five steps at each."
)
PASSED = mark("You passed over: {steps}. Play it once more to see what that is good for.")


@lru_cache(maxsize=1024)
def _kept(_game: str) -> dict[str, bool]:
    """Return where it is kept, on the server beyond the page, whether the guide of a game was put away."""
    return {}


def guided_door(key: str = "guided") -> str | None:
    """Draw the button that starts the guided game; return the id of the game just started, or None."""
    if kept_back(load(CASE)):
        return None
    new = not st.session_state.get("guide-over")
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(tr(DOOR), key=key, type="primary" if new else "secondary", icon=":material/school:")
        st.caption(tr(ABOUT), width="content")
    if not pressed:
        return None
    try:
        seats = {ME: PERSON, THEM: "easy"}
        return solo().start(
            passing=passer_by(),
            case=CASE,
            seats=seats,
            protocol="open-floor",
            rounds=ROUNDS,
            seed=SEED,
            talk=language(),
        )
    except NegotiationError as problem:
        st.error(literal(tr(problem.said)))
        return None


def guided(game: Game) -> bool:
    """Return whether a game is the one that the door starts: it is known by how it was set up, also after a reload."""
    return (game.case.name, game.seed, game.state.rounds, game.seats.get(ME)) == (CASE, SEED, ROUNDS, PERSON)


def guide_reading(game: str, model: Game, view: View) -> None:
    """Draw the first step above the brief, before the table; nothing in other games."""
    if guided(model) and not _kept(game).get("away"):
        _card(game, view, lesson(view, read=False), None)


def guide(hand: ActionButtons, view: View) -> None:
    """Draw the step that is to be done now, or how it ended; nothing in games that are not guided."""
    if not (isinstance(hand, SoloButtons) and guided(hand.model)):
        return
    if _kept(hand.game).get("away"):
        if st.button(tr("Show the guide again"), type="tertiary", icon=":material/school:", key="guide-back"):
            _kept(hand.game).clear()
            st.rerun()
        return
    found = lesson(view, read=True)
    if found.end:
        _ended(hand, view, found)
    else:
        _card(hand.game, view, found, hand)


def _card(game: str, view: View, found: Lesson, hand: SoloButtons | None) -> None:
    step = found.now or "sign"
    with st.container(border=True, key="card-guide", horizontal=True, vertical_alignment="center"):
        done = found.steps[found.last] == "done"
        praise = f"<span class='praise'>✓ {escape(tr(PRAISE[found.last]))}</span>" if done else ""
        st.html(
            f"<style>{CSS}</style><div class='guide'>{_dots(found)}{praise}<h4>{escape(tr(TITLES[step]))}</h4>"
            f"<p>{_bold(_what(view, step))} <span class='phone'>{_bold(tr(PHONE.get(step, '')))}</span></p><p class='why'>{escape(tr(WHY[step]))}</p></div>"
        )
        if hand and step == "ask":
            text = sentence(view, ASK)
            hand.button(
                tr(ASK_LABEL), Say(text, (), (ASK,)), "guide-ask", icon="forum", said=tr("Asked."), primary=True
            )
        if st.button(tr("Skip the guide"), type="tertiary", key="guide-skip"):
            _kept(game)["away"] = True
            st.session_state["guide-over"] = True
            st.rerun()


def _bold(text: str) -> str:
    """Return a text as HTML, with what stands between double asterisks in bold."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))


def _what(view: View, step: Step) -> str:
    """Return what to do now, by what lies on the table."""
    if step == "ask" and any(view.state.events[number].party == view.me for number in view.state.spoken):
        return tr(UNREAD_WORDS)
    if step == "trade":
        return _trade(view)
    if step != "sign":
        return tr(WHAT[step], go=tr("Go to the table"))
    decimals = view.scenario.decimals
    for paper in view.state.papers.values():
        seen = worth(view.state, view.preferences, paper.deals)
        if view.state.signable(view.me, paper) and any(one.kind == "sign" for one in advice(view)):
            above = against(seen.points, seen.otherwise, tr("what you keep without it"), decimals)
            return tr(READY, points=pointed(seen.points, decimals), above=above)
    if view.state.round + 1 == view.state.rounds:
        return tr(LAST_ROUND)
    return tr(WHAT[step], end=tr("End my {unit}", unit=view.scenario.unit))


def _trade(view: View) -> str:
    """Return what to give next, and for what, by both sides' last offers."""
    scenario = view.scenario
    cheap, give, get = hint(view)
    if cheap:
        points = pointed(cheap.cost, scenario.decimals)
        return tr(CHEAP, option=option(scenario, cheap.wish), issue=issue(scenario, cheap.wish), points=points)
    if give and get and give != get:
        return tr(STEP, issue=issue(scenario, give), other=issue(scenario, get))
    return tr(STEP_ALONE, issue=issue(scenario, give)) if give else tr(WHAT["trade"])


def _dots(found: Lesson) -> str:
    """Return the five steps in a row, as HTML, each with what has become of it in words for those who do not see it."""
    return f"<ol>{''.join(_dot(tr(NAMES[step]), status) for step, status in found.steps.items())}</ol>"


def _dot(name: str, status: Status) -> str:
    label = escape(tr("{step}: {status}", step=name, status=tr(STATUS[status])))
    return f"<li class='{status}' aria-label='{label}'>{'✓ ' if status == 'done' else ''}{escape(name)}</li>"


def _ended(hand: SoloButtons, view: View, found: Lesson) -> None:
    st.session_state["guide-over"] = True
    decimals, me = view.scenario.decimals, view.me
    have = hand.model.points(me)
    walk = view.preferences.score({})
    above = against(have, walk, tr("what you keep without one"), decimals)
    told = tr(ENDS[found.end], points=pointed(have, decimals), above=above)
    passed = [tr(NAMES[step]) for step in STEPS if found.steps[step] == "skipped" and step != "sign"]
    with st.container(border=True, key="card-guide"):
        missed = f"<p>{escape(tr(PASSED, steps=', '.join(passed)))}</p>" if passed else ""
        st.html(
            f"<style>{CSS}</style><div class='guide'>{_dots(found)}<h4>{escape(told)}</h4>{missed}"
            f"<p>{escape(tr(AFTER))}</p></div>"
        )
        st.button(
            tr("On to the alliance"), type="primary", icon=":material/arrow_forward:", key="guide-next", on_click=_on
        )


def _on() -> None:
    """Go to the set-up form with the flagship chosen."""
    st.session_state["setup-case"] = NEXT
    st.query_params.clear()
