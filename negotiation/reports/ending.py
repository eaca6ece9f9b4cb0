"""The end of a game: points, what was signed when and why the rest was not, and what history did."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from negotiation.analysis.findings import Debriefed
from negotiation.analysis.par import Par
from negotiation.analysis.transcript import why_unsigned
from negotiation.analysis.truth import truth
from negotiation.case import Reference
from negotiation.game import Game
from negotiation.language import mark, tr
from negotiation.reports import game_figures, hindsight, lessons
from negotiation.reports import par as graded
from negotiation.reports.blocks import Cell, Document, Figure, Grid, Section, Text, rows_of
from negotiation.reports.case_wording import Reader
from negotiation.reports.truth import sections as told_truth
from negotiation.reports.words import about, capital, clauses, kind, sentences, short, unsourced, when, whose
from negotiation.rounding import apart, rounded
from negotiation.worth import worth

PLAYERS = {
    "person": mark("person"),
    "easy": mark("easy"),
    "fair": mark("fair"),
    "tough": mark("tough"),
    "master": mark("master"),
}
"""Who plays a seat, in a word; other agents go by the names of their strategies, which are the same everywhere."""


def document(game: Game, found: Debriefed | None, me: str = "", par: Par | None = None) -> Document:
    """Return the whole debrief of a game that is over.

    Parameters
    ----------
    found
        What the job `debrief` found, if it was asked.
    me
        Who reads it: then it opens with how it went, against `par` if that is known, and with the lessons.
    """
    scenario = game.case.scenario
    reader = Reader(scenario, scenario.decimals)
    parts = [*own(game, me, reader, par)] if me else []
    parts += [points(game, reader, me), signed(game, reader), *truthful(game, reader, me), *history(game, reader, me)]
    if found:
        parts.append(Section(tr("What could have been"), hindsight.picture(game.case, found, reader)))
        parts += hindsight.sections(game.case, found, reader)
    notes = (scenario.disclaimer,) if scenario.disclaimer else ()
    subtitle = tr("{who}, how it ended", who=short(scenario, me)) if me else tr("how it ended")
    return Document(scenario.title, tuple(parts), subtitle, notes)


def own(game: Game, me: str, reader: Reader, par: Par | None) -> Iterator[Section]:
    """Yield the top of one's own debrief: the sentence with the grade, and the lessons if there are any."""
    scenario, unsigned = game.case.scenario, game.seated[me].unsigned_points
    yield graded.section(scenario, game.points(me), unsigned, par, talk=bool(game.talk), name=game.case.name)
    if found := lessons.told(game, me, reader):
        yield lessons.section(found, scenario.unit)


def points(game: Game, reader: Reader, me: str = "") -> Section:
    """Return everybody's points against everything unsigned."""
    scenario, decimals = game.case.scenario, reader.decimals
    rows, drawn = [], []
    for party, seat in game.seated.items():
        got, rest = game.points(party), seat.unsigned_points
        called = kind(scenario, party, game.types[party]) if party in scenario.odds else ""
        who = tr("you") if party == me else tr(PLAYERS.get(game.seats[party], game.seats[party]))
        far = apart(got, rest, decimals)
        rows.append((reader.who(party), called or None, rounded(got, decimals), rounded(rest, decimals), far, who))
        shown = {"points": rounded(got, decimals), "unsigned": rounded(rest, decimals), "gain": far}
        drawn.append({"who": short(scenario, party), **shown})
    head = (
        tr("Party"),
        tr("private type"),
        tr("points"),
        tr("everything unsigned"),
        tr("gain"),
        tr("played by"),
    )
    figure = Figure(
        tr("Points above or below everything unsigned"),
        f"{game.case.name}-results",
        partial(game_figures.results, scenario, drawn),
        rows_of(("party", "points", "unsigned", "gain"), [tuple(row.values()) for row in drawn]),
    )
    return Section(tr("Points, against everything unsigned"), (figure, Grid(head, tuple(rows), decimals, signed=(4,))))


def signed(game: Game, reader: Reader) -> Section:
    """Return by table what was signed, when and by whom; or why it was not, and the worth of the last papers."""
    state, rows = game.state, []
    for name, table in state.scenario.tables.items():
        if name in state.bound:
            deal = zip(table.issues, state.bound[name], strict=True)
            terms = clauses(about(issue.title, issue.texts[option]) for issue, option in deal)
            place = tr(
                "**{table}** · {week}, by {parties}",
                table=table.title,
                week=when(state.scenario.unit, state.bound_in[name] + 1),
                parties=reader.names(state.signed[name]),
            )
        else:
            why = capital(tr(why_unsigned(state, name)))
            terms = sentences((why, *_refused(game, name, reader), table.unsigned_means))
            place = tr("**{table}** · unsigned", table=table.title)
        rows.append((place, terms))
    return Section(tr("What was signed, and when"), (Grid((tr("Table, when and by whom"), tr("terms")), tuple(rows)),))


def _refused(game: Game, table: str, reader: Reader) -> Iterator[str]:
    """Yield what the last papers at a table would have been worth to those who did not sign them."""
    state = game.state
    for paper in state.at(table):
        for party in dict.fromkeys(party for must, _ in state.missing(paper).values() for party in must):
            gain = worth(state, game.seated[party].role.preferences, paper.deals).gain
            yield tr(
                "{whose} last paper: {gain} for {party}",
                whose=whose(short(state.scenario, paper.author)),
                gain=reader.gain(gain),
                party=reader.names([party]),
            )


def truthful(game: Game, reader: Reader, me: str = "") -> list[Section]:
    """Return who told the truth, if anybody said what it wants or made a promise."""
    if not game.state.spoken:
        return []
    return told_truth(
        game.state, truth(game.state, {p: seat.role.preferences for p, seat in game.seated.items()}), reader, me
    )


def history(game: Game, reader: Reader, me: str = "") -> Iterator[Section]:
    """Yield for each reference of the case that is history how this game differs from it."""
    for reference in game.case.references.values():
        if reference.name.startswith("history"):
            yield _history(game, reference, reader, tr("your talks") if me else tr("these talks"))


def _history(game: Game, reference: Reference, reader: Reader, talks: str) -> Section:
    state, rows = game.state, []
    for name, table in state.scenario.tables.items():
        ours, theirs = state.outcome.get(name), reference.outcome.get(name)
        for k, issue in enumerate(table.issues):
            here = issue.texts[ours[k]] if ours else tr("unsigned")
            there = issue.texts[theirs[k]] if theirs else tr("unsigned")
            if here != there:
                rows.append((issue.title, here, there))
    scored: tuple[tuple[Cell, ...], ...] = tuple(
        (reader.who(party), *(seat.role.preferences.score(outcome) for outcome in (state.outcome, reference.outcome)))
        for party, seat in game.seated.items()
    )
    points = Grid((tr("points, without delay"), talks, tr("history")), scored, reader.decimals)
    differs = Grid((tr("what differs"), talks, tr("history")), tuple(rows))
    return Section(tr("What history did"), (Text(unsourced(reference.note), "note"), points, differs))
