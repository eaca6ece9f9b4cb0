"""What the parties want: the weight of every issue, and the score of every option, a column a party."""

from __future__ import annotations

import streamlit as st

from negotiation.authoring import edits, grids
from negotiation.authoring.document import mapping, words
from negotiation.language import decimal, tr
from negotiation.rounding import plain
from negotiation.ui.common.words import literal
from negotiation.ui.edit.about import parties_of
from negotiation.ui.edit.desk import Desk, heading, remarks
from negotiation.ui.edit.tables import table_chosen


def draw(desk: Desk) -> None:
    """Draw the weights of all issues, and the scores at one table."""
    parties = parties_of(desk)
    with st.container(border=True, key="card-edit-weights"):
        heading(tr("Weights: how much each issue matters"))
        st.markdown(tr("Each column sums to 100. Leave a cell empty where an issue is worth nothing to a party."))
        columns = {
            name: st.column_config.NumberColumn(title, min_value=0, max_value=100) for name, title in parties.items()
        }
        desk.grid(
            tr("Weights: how much each issue matters"),
            grids.weight_rows(desk.draft.document),
            {**columns, "issue": st.column_config.TextColumn(tr("Issue"), pinned=True)},
            grids.with_weights,
            ["issue"],
        )
        _sums(desk, parties)
        remarks(desk.draft.document, [one for one in desk.looked.under("preferences") if "scores" not in one.path])
    with st.container(border=True, key="card-edit-scores"):
        heading(tr("Scores: how good each option is"))
        st.markdown(tr("From 0, the worst, to 100, the best for that party. Points are weight × score ÷ 100."))
        titles = {name: words(model, "title") or name for name, model in mapping(desk.draft.document, "tables").items()}
        if name := table_chosen(desk, titles, "points"):
            text = st.column_config.TextColumn
            desk.grid(
                tr("Scores: how good each option is at {table}", table=titles[name]),
                grids.score_rows(desk.draft.document, name),
                {**columns, "issue": text(tr("Issue"), pinned=True), "option": text(tr("Option"), pinned=True)},
                lambda document, cells: grids.with_scores(document, name, cells),
                ["issue", "option"],
            )
        remarks(desk.draft.document, [one for one in desk.looked.under("preferences") if "scores" in one.path])


def _sums(desk: Desk, parties: dict[str, str]) -> None:
    """Show what the weights of each party sum to, and a button that makes it 100."""
    off = {}
    told = []
    for party, title in parties.items():
        total = sum(edits.weights(desk.draft.document, party).values())
        right = abs(total - edits.WHOLE) <= 1e-6
        told.append(f"{'✓' if right else '✗'} {literal(title)} {decimal(plain(total, 4))}")
        if not right and total > 0:
            off[party] = title
    st.markdown(tr("Sums: {sums}", sums=" · ".join(told)))
    if off and desk.draft.document.get("scoring", "percent") == "percent":
        with st.container(horizontal=True):
            for party, title in off.items():
                label = tr("Make {party} sum to 100", party=literal(title))
                if st.button(label, icon=":material/balance:", key=desk.key("hundred", party)):
                    desk.change(edits.to_a_hundred(desk.document, party), fresh=True)
