"""The lists of which quick moves are made: tables, issues and options of the case, and whom one asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import streamlit as st

from negotiation.language import mark, tr
from negotiation.moves import Term, Tone
from negotiation.table import Issue
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.view import View

TONES: Mapping[str, str] = {
    "thanks": mark("Thank them"),
    "regret": mark("Regret that one cannot say more"),
    "greeting": mark("Greet them"),
    "hurry": mark("Say that time is short"),
}


class MoveLists:
    """The lists of one form.

    Parameters
    ----------
    table
        The table on which they begin, if I sit there.
    place
        Begins the keys of the lists.
    """

    def __init__(self, view: View, table: str, place: str) -> None:
        self.view, self.place = view, place
        self.mine = list(view.state.sits(view.me))
        self.first = table if table in self.mine else self.mine[0]

    def _one_of(self, label: str, texts: Mapping[str, str], name: str, start: int = 0) -> str:
        """Draw a list of these texts and return what is chosen; without a choice there is no list."""
        if len(texts) == 1:
            return next(iter(texts))
        names = list(texts)
        return st.selectbox(
            label,
            names,
            index=min(start, len(names) - 1),
            format_func=among(names, texts.__getitem__),
            key=f"{self.place}-{name}",
        )

    def _titles(self, tables: list[str]) -> dict[str, str]:
        return {name: self.view.scenario.tables[name].title.partition(" (")[0] for name in tables}

    def table(self, label: str = "", name: str = "at") -> str:
        """Return one of my tables."""
        return self._one_of(
            label or tr("Table"), self._titles(self.mine), f"{name}-{self.first}", self.mine.index(self.first)
        )

    def whom(self, table: str) -> str:
        """Return who is asked; empty: all at the table."""
        seats = [seat for seat in self.view.scenario.tables[table].seats if seat != self.view.me]
        names = {seat: short(self.view.scenario, seat) for seat in seats}
        return self._one_of(tr("Whom"), names if len(seats) == 1 else {**names, "": tr("All of them")}, f"whom-{table}")

    def issues(self, table: str) -> list[Term]:
        """Return all issues of a table."""
        return [Term(table, issue.name) for issue in self.view.scenario.tables[table].issues]

    def issue(self, table: str, label: str, name: str = "issue", start: int = 0) -> Term:
        """Return an issue of a table."""
        texts = {issue.name: issue.title for issue in self.view.scenario.tables[table].issues}
        return Term(table, self._one_of(label, texts, f"{name}-{table}", start))

    def option(self, issue: Term, label: str, name: str = "option", *, none: str = "", start: int = 0) -> Term:
        """Return an option of an issue under `label`, or else under its title; with `none` no option is one choice."""
        there = self._there(issue)
        texts = {**({"": none} if none else {}), **dict(zip(there.options, there.texts, strict=True))}
        key = f"{name}-{issue.table}-{issue.issue}"
        return Term(issue.table, issue.issue, self._one_of(label or there.title, texts, key, start))

    def _there(self, term: Term) -> Issue:
        table = self.view.scenario.tables[term.table]
        return table.issues[table.by_name[term.issue]]

    def condition(self) -> tuple[bool, str]:
        """Return whether it holds unless a table is signed, and which table."""
        held = {"unless": tr("Unless it is signed"), "if": tr("If it is signed")}
        unless = self._one_of(tr("Condition"), held, "when")
        tables = list(self.view.state.open)
        start = tables.index(self.first)
        return unless == "unless", self._one_of(tr("Which table"), self._titles(tables), f"which-{self.first}", start)

    def round(self) -> int | None:
        """Return the round by which it must be signed; None: before the end."""
        state, unit = self.view.state, self.view.scenario.unit
        numbers = {str(n): tr("by {unit} {n}", unit=unit, n=n) for n in range(state.round + 1, state.rounds + 1)}
        found = self._one_of(tr("Until when"), {"": tr("before the end"), **numbers}, f"by-{state.round}")
        return int(found) if found else None

    def threat(self, but: str) -> tuple[Literal["walk", "sign"], str]:
        """Return what is done then, and at which of my tables other than one; no table if I have no other."""
        others = [name for name in self.mine if name != but]
        if not others:
            st.caption(tr("You have no other table at which you could do something."))
            return "walk", ""
        act = self._one_of(tr("Then we"), {"sign": tr("sign"), "walk": tr("leave for good")}, "act")
        where = self._one_of(tr("there"), self._titles(others), f"where-{but}")
        return "sign" if act == "sign" else "walk", where

    def partner(self, table: str) -> str:
        """Return with whom one signs; empty: nobody in particular."""
        seats = [seat for seat in self.view.scenario.tables[table].seats if seat != self.view.me]
        names = {seat: short(self.view.scenario, seat) for seat in seats}
        return self._one_of(tr("With"), {"": tr("nobody in particular"), **names}, f"with-{table}")

    def tone(self) -> Tone:
        """Return thanks, regret, a greeting, or that time is short."""
        found = self._one_of(tr("What"), {tone: tr(text) for tone, text in TONES.items()}, "tone")
        return next(tone for tone in get_args(Tone) if tone == found)
