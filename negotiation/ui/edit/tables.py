"""The tables: what is settled at each, its issues with their options, who must sign, and what holds otherwise."""

from __future__ import annotations

import streamlit as st

from negotiation.authoring import edits, grids
from negotiation.authoring.document import at, listing, mapping, words
from negotiation.authoring.forgetting import without_issue, without_table
from negotiation.language import tr
from negotiation.ui.common.offered import among
from negotiation.ui.edit.about import parties_of
from negotiation.ui.edit.desk import Desk, heading
from negotiation.ui.edit.order import added, buttons

MOST = 20
"""Issues of a table, as its files have them."""


def draw(desk: Desk) -> None:
    """Draw the choice of a table, and that table."""
    titles = {name: words(model, "title") or name for name, model in mapping(desk.draft.document, "tables").items()}
    if name := table_chosen(desk, titles, "tables"):
        _table(desk, name)
        with st.container(border=True, key="card-edit-issues"):
            _issues(desk, name)
        with st.container(border=True, key="card-edit-signers"):
            _signers(desk, name)
        with st.container(border=True, key="card-edit-unsigned"):
            _unsigned(desk, name)
        buttons(
            desk,
            ("tables", name),
            titles[name],
            lambda document: without_table(document, name),
            removable=len(titles) > 1,
        )
    if title := added(desk, tr("One more table"), "table"):
        options = [tr("Option 1"), tr("Option 2")]
        desk.change(edits.add_table(desk.document, title, tr("Issue 1"), options)[0], fresh=True)


def table_chosen(desk: Desk, titles: dict[str, str], place: str) -> str | None:
    """Draw the choice of a table where there are several; return its name."""
    if len(titles) < 2:
        return next(iter(titles), None)
    return st.segmented_control(
        tr("Table"),
        list(titles),
        default=next(iter(titles)),
        required=True,
        format_func=among(titles, titles.__getitem__),
        key=f"edit-{place}-{desk.id[:8]}-{'-'.join(titles)}",
    )


def _table(desk: Desk, name: str) -> None:
    with st.container(border=True, key="card-edit-table"):
        heading(words(desk.draft.document, "tables", name, "title") or name)
        desk.text(tr("Title"), "tables", name, "title")
        desk.text(tr("What it is about"), "tables", name, "about", lines=2)


def _issues(desk: Desk, name: str) -> None:
    """Draw the issues of a table as a grid, a row each, and buttons for those who have no mouse."""
    heading(tr("Issues and options"))
    st.markdown(tr("A row an issue. Empty a cell to remove an option; fill a free one to add it."))
    rows = grids.agenda(desk.draft.document, name)
    columns = {key: st.column_config.TextColumn(tr("Option {n}", n=n)) for n, key in enumerate(rows[0] if rows else {})}
    desk.grid(
        tr("Issues and options"),
        rows,
        {**columns, "title": st.column_config.TextColumn(tr("Issue"), pinned=True)},
        lambda document, cells: grids.with_agenda(document, name, cells),
    )
    desk.beside("tables", name, "issues")
    issues = {
        key: words(model, "title") or key
        for key, model in mapping(desk.draft.document, "tables", name, "issues").items()
    }
    if len(issues) < MOST and (title := added(desk, tr("One more issue"), f"issue-{name}")):
        made, _ = edits.add_issue(desk.document, name, title, [tr("Option 1"), tr("Option 2")])
        desk.change(made, fresh=True)
    if len(issues) > 1:
        with st.popover(tr("Move or remove an issue"), icon=":material/swap_vert:"):
            issue = st.selectbox(
                tr("Issue"), list(issues), format_func=among(issues, issues.__getitem__), key=desk.key("order", name)
            )
            path = ("tables", name, "issues", issue)
            buttons(desk, path, issues[issue], lambda document: without_issue(document, name, issue), removable=True)


def _signers(desk: Desk, name: str) -> None:
    """Draw who must sign a table, and who only looks on."""
    heading(tr("Who must sign"))
    parties, place = parties_of(desk), ("tables", name, "signers")
    desk.names(tr("Always"), parties, *place, "always")
    of = [one for one in listing(desk.draft.document, *place, "quorum", "of") if one in parties]
    new = desk.chosen(
        tr("Besides, so many of these"),
        parties,
        of,
        *place,
        "quorum",
        about=tr("For a majority: who counts. Empty: nobody besides."),
    )
    least = at(desk.draft.document, [*place, "quorum", "min"], 1)
    shown = least if isinstance(least, int) and 1 <= least <= max(len(new), 1) else 1
    many = (
        int(st.number_input(tr("How many of them"), 1, max(len(new), 1), shown, key=desk.key(*place, "min", len(new))))
        if new
        else 1
    )
    if sorted(new) != sorted(of) or (new and many != least):
        desk.change(edits.set_quorum(desk.document, name, new, many))
    if when := listing(desk.draft.document, *place, "when"):
        st.caption(
            tr("Some must sign only if certain options are chosen ({n}): kept as it is, see the YAML.", n=len(when))
        )
    desk.names(
        tr("Who looks on"),
        parties,
        "tables",
        name,
        "affected",
        about=tr("They see the table and talk there, and do not sign."),
    )
    desk.beside(*place)


def _unsigned(desk: Desk, name: str) -> None:
    """Draw what holds where a table stays unsigned."""
    heading(tr("If it stays unsigned"))
    desk.text(tr("What happens then"), "tables", name, "if_unsigned", "means", lines=2)
    st.markdown(tr("**What each keeps without a deal here**, in points: no deal worth less will be signed."))
    place = ("tables", name, "if_unsigned", "adjust")
    desk.grid(
        tr("What each keeps without a deal here"),
        grids.by_party(desk.draft.document, place),
        {
            "party": st.column_config.TextColumn(tr("Party"), width=200),
            "points": st.column_config.NumberColumn(tr("Points without a deal"), min_value=-1000, max_value=1000),
        },
        lambda document, cells: grids.with_by_party(document, place, cells),
        ["party"],
    )
    desk.beside(*place)
