"""Quick moves: what is often said, by a button and a few lists, without typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from negotiation.actions import Say
from negotiation.dice import Dice
from negotiation.language import language, mark, tr
from negotiation.moves import (
    Alternative,
    Ask,
    Commit,
    Concede,
    Courtesy,
    Move,
    Obstacle,
    Prefer,
    Rank,
    Refuse,
    Sketch,
    Trade,
)
from negotiation.speaking import nonsense
from negotiation.talk.wording.sentences import worded
from negotiation.ui.common import words
from negotiation.ui.common.offered import among
from negotiation.ui.play.action_buttons import ActionButtons
from negotiation.ui.play.hearers import chosen
from negotiation.ui.play.move_lists import MoveLists
from negotiation.view import View

OFTEN: Mapping[str, str] = {
    "priority": mark("Ask what matters"),
    "obstacle": mark("Ask what is wrong"),
    "sketch": mark("What if…"),
    "trade": mark("If you…, we…"),
    "refuse": mark("Out of the question"),
    "open": mark("Flexible"),
    "more": mark("More…"),
}
"""The buttons of the row, by what they say."""

SELDOM: Mapping[str, str] = {
    "rank": mark("This matters more to us than that"),
    "prefer": mark("Rather this than that"),
    "cannot": mark("On this we cannot follow you"),
    "option": mark("Ask what they think of one option"),
    "instead": mark("Ask what else they have"),
    "alternative": mark("We have another way"),
    "commit": mark("A promise or a threat"),
    "courtesy": mark("Thanks, regret, hello, hurry"),
}
"""What stands behind the last button."""


def quick(hand: ActionButtons, table: str, to: tuple[str, ...] | None = None) -> None:
    """Draw the row of buttons, and for the chosen one its lists, the sentence that they make, and the button that says it.

    Parameters
    ----------
    table
        The table on which the lists begin.
    to
        Who hears it; nobody: everybody. None: that is chosen here.
    """
    view = hand.view
    if not view.state.sits(view.me):
        return
    # alone the page is drawn anew once it is said, and nothing is chosen any more; in class the button tells that it is stored
    said = sum(view.state.events[seq].party == view.me for seq in view.state.spoken) if hand.alone else 0
    place = f"quick-{hand.game}-{said}".replace("_", "-")
    with st.container(key="quick"):
        kind = st.pills(
            tr("Say it by a button"), list(OFTEN), format_func=among(OFTEN, lambda one: tr(OFTEN[one])), key=place
        )
        if kind == "more":
            kind = st.selectbox(
                tr("What to say"),
                list(SELDOM),
                format_func=among(SELDOM, lambda one: tr(SELDOM[one])),
                key=f"{place}-more",
            )
        if kind:
            to = chosen(view, f"{place}-to") if to is None else to
            _form(hand, MoveLists(view, table, f"{place}-{kind}"), kind, to)


def _form(hand: ActionButtons, lists: MoveLists, kind: str, to: tuple[str, ...]) -> None:
    view = hand.view
    move = MADE[kind](lists)
    if move is None:
        st.caption(tr("Choose at least one term; the others stay open."))
        return
    if why := nonsense(view.state, view.me, move, to):
        st.caption(words.literal(tr("This cannot be said: {why}.", why=tr(view.scenario.titled(why)))))
        return
    text = sentence(view, move, to)
    st.html(f"<div class='say mine' style='--c:var(--accent)'><div class='text' dir='auto'>{escape(text)}</div></div>")
    hand.button(tr("Say this"), Say(text, to, (move,)), f"{lists.place}-say", icon="send", primary=True, said="")


def sentence(view: View, move: Move, to: tuple[str, ...] = ()) -> str:
    """Return a move as I would say it, in the language of the talks; not as I said the last ones."""
    mine = [
        event.action.text for event in view.state.events if event.party == view.me and isinstance(event.action, Say)
    ]
    dice = Dice(0, list(view.scenario.parties).index(view.me), len(mine))
    return worded((move,), view.scenario, view.me, to, dice, mine, view.talk or language())


def _ask(lists: MoveLists) -> Move:
    table = lists.table()
    return Ask("priority", table, None, lists.whom(table))


def _wrong(lists: MoveLists) -> Move:
    table = lists.table()
    return Ask("obstacle", table, None, lists.whom(table))


def _instead(lists: MoveLists) -> Move:
    table = lists.table()
    return Ask("alternative", table, None, lists.whom(table))


def _option(lists: MoveLists) -> Move:
    table = lists.table()
    term = lists.option(lists.issue(table, tr("About")), tr("How do they like"))
    return Ask("option", "", term, lists.whom(table))


def _sketch(lists: MoveLists) -> Move | None:
    table = lists.table()
    terms = tuple(
        term for issue in lists.issues(table) if (term := lists.option(issue, "", none=tr("left open"))).option
    )
    return Sketch(terms) if terms else None


def _trade(lists: MoveLists) -> Move:
    get = lists.issue(lists.table(tr("They give, at"), "get-at"), tr("They give"), "get")
    got = lists.option(get, tr("How far they go"), "got", none=tr("some movement"))
    give = lists.issue(lists.table(tr("We give, at"), "give-at"), tr("We give"), "give", start=1)
    return Trade((got,), (lists.option(give, tr("How far we go"), "given", none=tr("some movement")),))


def _refuse(lists: MoveLists) -> Move:
    return Refuse((lists.option(lists.issue(lists.table(), tr("On")), tr("Out of the question")),))


def _open(lists: MoveLists) -> Move:
    return Concede(
        (
            lists.option(
                lists.issue(lists.table(), tr("On")), tr("We could live with"), none=tr("anything, let us talk")
            ),
        )
    )


def _rank(lists: MoveLists) -> Move | None:
    more = lists.issue(lists.table(), tr("This matters more"), "more")
    less = lists.issue(lists.table(tr("than something at"), "less-at"), tr("than this"), "less", start=1)
    return Rank(more, less) if more != less else None


def _prefer(lists: MoveLists) -> Move | None:
    issue = lists.issue(lists.table(), tr("On"))
    more, less = lists.option(issue, tr("Rather"), "more"), lists.option(issue, tr("than"), "less", start=1)
    return Prefer(more, less) if more != less else None


def _cannot(lists: MoveLists) -> Move:
    return Obstacle(lists.issue(lists.table(), tr("We cannot follow on")))


def _alternative(lists: MoveLists) -> Move:
    return Alternative(lists.table(tr("We have another way than")))


def _commit(lists: MoveLists) -> Move | None:
    unless, table = lists.condition()
    by = lists.round()
    act, where = lists.threat(but=table)
    if not where:
        return None
    return Commit(unless, table, act, where, by, lists.partner(where) if act == "sign" else "")


def _courtesy(lists: MoveLists) -> Move:
    return Courtesy(lists.tone())


MADE: Mapping[str, Callable[[MoveLists], Move | None]] = {
    "priority": _ask,
    "obstacle": _wrong,
    "sketch": _sketch,
    "trade": _trade,
    "refuse": _refuse,
    "open": _open,
    "rank": _rank,
    "prefer": _prefer,
    "cannot": _cannot,
    "option": _option,
    "instead": _instead,
    "alternative": _alternative,
    "commit": _commit,
    "courtesy": _courtesy,
}
"""By what is chosen, how the lists make the move; None as long as they make none."""
