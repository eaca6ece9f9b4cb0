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
ASK, ASK_LABEL = Ask("priority", "contract", None, THEM), "Ask Nimbus what matters most"

DOOR = "Learn it in five minutes"
ABOUT = "A small game with a guide at your side: two parties, one contract, six short rounds."

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

NAMES: Mapping[Step, str] = {"read": "Read", "offer": "Offer", "ask": "Ask", "trade": "Trade", "sign": "Sign"}

STATUS: Mapping[Status, str] = {"done": "done", "skipped": "skipped", "now": "now", "later": "to come"}

TITLES: Mapping[Step, str] = {
    "read": "Step 1 of 5: read your sheet",
    "offer": "Step 2 of 5: make an offer",
    "ask": "Step 3 of 5: ask what matters to them",
    "trade": "Step 4 of 5: trade",
    "sign": "Step 5 of 5: sign",
}

WHAT: Mapping[Step, str] = {
    "read": "You buy a cloud for your cars. Open **Your score sheet** below and find two things: what you keep without a contract, and which points weigh most for you. Then press **Go to the table**.",
    "offer": "Under **Your offer** stands a fair opening. Click a point to see its options, and look at your points while you choose: start above what you expect, but leave Nimbus something to gain. Then press **Send offer**.",
    "ask": "Press the button below. Later you find it in the conversation, as **Ask what matters**; you can also just type.",
    "trade": "Nimbus has told you what weighs most for it. Give it that where it costs you little, and keep what weighs most for you. Change your offer and press **Send offer** again.",
    "sign": "Press **End my round** and see what comes back. Sign a paper that leaves you well above your walk-away, or send a better trade: if Nimbus signs yours, it is done.",
}

WHY: Mapping[Step, str] = {
    "read": "Whoever knows what a walk-away is worth never signs a bad deal, and knows what to give last.",
    "offer": "A first offer sets where the talks begin. Nothing is signed until both have signed.",
    "ask": "Two sides rarely want the same things equally. What they want most is what you can sell.",
    "trade": "Each gives what it cares for least and gets what it cares for most: so both end with more.",
    "sign": "Every round costs you a little, and only what is signed counts.",
}

PRAISE: Mapping[Step, str] = {
    "read": "You have your sheet: it stays behind Brief.",
    "offer": "Your offer is on the table.",
    "ask": "Well asked: the answer is in the conversation.",
    "trade": "You have offered them something.",
    "sign": "Signed by both.",
}

CHEAP = "Nimbus wants “{option}” on {issue}; it costs you only {points}. Give it that, and keep what weighs most for you. Change your offer and press **Send offer** again."
STEP = "What is cheap for you it has already. Give one step on {issue}, and ask for something better on {other} in return. Change your offer and press **Send offer** again."
STEP_ALONE = "What is cheap for you it has already. Give one step on {issue}, and no more than one. Change your offer and press **Send offer** again."
PHONE: Mapping[Step, str] = {
    "offer": "All of it is behind **My offer**, at the bottom.",
    "trade": "Its words are behind **Talk**, your offer behind **My offer**, at the bottom.",
    "sign": "What comes back is behind **Papers**, at the bottom.",
}
"""What else is said where one thing is shown at a time."""

READY = "The paper of Nimbus is worth {points} to you now, {above}. Press **Sign**, or ask for a little more first."
LAST_ROUND = "This is the last round: sign now, or send an offer that Nimbus can sign."
UNREAD_WORDS = (
    "Nimbus has not been asked yet what it wants most. Press the button below: it says it so that Nimbus understands."
)
ENDS: Mapping[str, str] = {
    "signed": "You have a contract. It leaves you {points}, {above}.",
    "left": "You have left the table. Without a contract you have {points}. Now and then that is right: when nothing above your walk-away can be had.",
    "unsigned": "Time ran out without a contract: you have {points}. Next time send an offer early that gives Nimbus what it asked for.",
}
AFTER = "That was a whole negotiation. The alliance of three carmakers has six tables and links between them: the same five steps at each."
PASSED = "You passed over: {steps}. Play it once more to see what that is good for."


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
        pressed = st.button(DOOR, key=key, type="primary" if new else "secondary", icon=":material/school:")
        st.caption(ABOUT, width="content")
    if not pressed:
        return None
    try:
        seats = {ME: PERSON, THEM: "easy"}
        return solo().start(
            passing=passer_by(), case=CASE, seats=seats, protocol="open-floor", rounds=ROUNDS, seed=SEED, talk="en"
        )
    except NegotiationError as problem:
        st.error(literal(str(problem)))
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
        if st.button("Show the guide again", type="tertiary", icon=":material/school:", key="guide-back"):
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
        praise = f"<span class='praise'>✓ {escape(PRAISE[found.last])}</span>" if done else ""
        st.html(
            f"<style>{CSS}</style><div class='guide'>{_dots(found)}{praise}<h4>{escape(TITLES[step])}</h4>"
            f"<p>{_bold(_what(view, step))} <span class='phone'>{_bold(PHONE.get(step, ''))}</span></p><p class='why'>{escape(WHY[step])}</p></div>"
        )
        if hand and step == "ask":
            text = sentence(view, ASK)
            hand.button(ASK_LABEL, Say(text, (), (ASK,)), "guide-ask", icon="forum", said="Asked.", primary=True)
        if st.button("Skip the guide", type="tertiary", key="guide-skip"):
            _kept(game)["away"] = True
            st.session_state["guide-over"] = True
            st.rerun()


def _bold(text: str) -> str:
    """Return a text as HTML, with what stands between double asterisks in bold."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))


def _what(view: View, step: Step) -> str:
    """Return what to do now, by what lies on the table."""
    if step == "ask" and any(view.state.events[number].party == view.me for number in view.state.spoken):
        return UNREAD_WORDS
    if step == "trade":
        return _trade(view)
    if step != "sign":
        return WHAT[step]
    decimals = view.scenario.decimals
    for paper in view.state.papers.values():
        seen = worth(view.state, view.preferences, paper.deals)
        if view.state.signable(view.me, paper) and any(one.kind == "sign" for one in advice(view)):
            above = against(seen.points, seen.otherwise, "what you keep without it", decimals)
            return READY.format(points=pointed(seen.points, decimals), above=above)
    return LAST_ROUND if view.state.round + 1 == view.state.rounds else WHAT[step]


def _trade(view: View) -> str:
    """Return what to give next, and for what, by both sides' last offers."""
    scenario = view.scenario
    cheap, give, get = hint(view)
    if cheap:
        points = pointed(cheap.cost, scenario.decimals)
        return CHEAP.format(option=option(scenario, cheap.wish), issue=issue(scenario, cheap.wish), points=points)
    if give and get and give != get:
        return STEP.format(issue=issue(scenario, give), other=issue(scenario, get))
    return STEP_ALONE.format(issue=issue(scenario, give)) if give else WHAT["trade"]


def _dots(found: Lesson) -> str:
    """Return the five steps in a row, as HTML, each with what has become of it in words for those who do not see it."""
    row = "".join(
        f"<li class='{status}' aria-label='{NAMES[step]}: {STATUS[status]}'>{'✓ ' if status == 'done' else ''}{NAMES[step]}</li>"
        for step, status in found.steps.items()
    )
    return f"<ol>{row}</ol>"


def _ended(hand: SoloButtons, view: View, found: Lesson) -> None:
    st.session_state["guide-over"] = True
    decimals, me = view.scenario.decimals, view.me
    have = hand.model.points(me)
    walk = view.preferences.score({})
    told = ENDS[found.end].format(
        points=pointed(have, decimals), above=against(have, walk, "what you keep without one", decimals)
    )
    passed = [NAMES[step] for step in STEPS if found.steps[step] == "skipped" and step != "sign"]
    with st.container(border=True, key="card-guide"):
        missed = f"<p>{escape(PASSED.format(steps=', '.join(passed)))}</p>" if passed else ""
        st.html(
            f"<style>{CSS}</style><div class='guide'>{_dots(found)}<h4>{escape(told)}</h4>{missed}"
            f"<p>{escape(AFTER)}</p></div>"
        )
        st.button("On to the alliance", type="primary", icon=":material/arrow_forward:", key="guide-next", on_click=_on)


def _on() -> None:
    """Go to the set-up form with the flagship chosen."""
    st.session_state["setup-case"] = NEXT
    st.query_params.clear()
