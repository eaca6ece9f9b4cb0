"""What people said about their negotiation, in pictures: averages only, and none of fewer answers than the class allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from negotiation.classroom.sessions import Form
from negotiation.debrief import charts
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.grades import Grade
from negotiation.formats.questionnaires import Item, Questionnaire, said
from negotiation.language import mark, tr
from negotiation.reports.blocks import Block, Cell, Figure, Grid, Section, Text, rows_of

THIRDS = (mark("lowest third of points in their role"), mark("middle third"), mark("highest third"))


@dataclass(frozen=True)
class Mean:
    """The average of some answers, and of how many; None where there are fewer than may be shown."""

    value: float | None
    n: int

    def words(self) -> str:
        """Return it with its number of answers."""
        if self.value is None:
            return tr("too few (n = {n})", n=self.n)
        return tr("{mean:.1f} (n = {n})", mean=self.value, n=self.n)


def mean(values: Iterable[float | None], fewest: int) -> Mean:
    """Return the average of the values that are there, unless they are fewer than `fewest`."""
    found = sorted(value for value in values if value is not None)
    return Mean(sum(found) / len(found) if len(found) >= max(fewest, 1) else None, len(found))


def number_of(item: Item, value: object) -> float | None:
    """Return an answer on a scale so that more is better; None if it is none, or does not apply."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return float(item.steps + 1 - value if item.reversed else value)


def inventories(klass: ClassData) -> list[Questionnaire]:
    """Return the questionnaires of a class that have subscales about the negotiation, not about others."""
    return [
        of for of in klass.session.settings.asked if of.subscales and not any(item.counterparts for item in of.items)
    ]


def score(klass: ClassData, person: str, of: Questionnaire, subscale: str) -> float | None:
    """Return a person's average on a subscale, over what was answered."""
    answers = klass.session.forms.get(person, {}).get(of.id, Form()).answers
    return mean((number_of(one, answers.get(one.id)) for one in of.items if one.subscale == subscale), 1).value


def overall(klass: ClassData, person: str, of: Questionnaire) -> float | None:
    """Return a person's average over all subscales."""
    return mean((score(klass, person, of, subscale) for subscale in of.subscales), 1).value


def by_role(klass: ClassData, grades: Mapping[str, Mapping[str, Grade]]) -> Section:
    """Return the section on subjective value: by role, and against points."""
    made: list[Block] = []
    for of in inventories(klass):
        made += _of(klass, of, grades)
    nothing = Text(tr("Nobody has answered yet."))
    return Section(tr("How it was for people"), tuple(made) or (nothing,), tr(_ABOUT))


_ABOUT = mark(
    "From the questionnaires after the talks: 1 is worst, the highest step best; answers to reversed questions are turned "
    "round. Averages of fewer answers than this class allows are not shown, so that none shows what one person said."
)


def _of(klass: ClassData, of: Questionnaire, grades: Mapping[str, Mapping[str, Grade]]) -> list[Block]:
    people = {who: party for who, (_, party) in klass.results.items()}
    if not any(overall(klass, who, of) is not None for who in people):
        return []
    kinds = {said(told): _on(klass, of, subscale) for subscale, told in of.subscales.items()}
    kinds[tr("all together")] = lambda who: overall(klass, who, of)
    fewest = klass.session.settings.averages_from
    roles = {klass.title(party): [who for who in people if people[who] == party] for party in klass.case.roles}
    whole = {tr("everybody"): list(people), **{name: there for name, there in roles.items() if there}}
    found = {
        name: {kind: mean(map(value, there), fewest) for kind, value in kinds.items()} for name, there in whole.items()
    }
    title = Text(f"**{said(of.title)}**")
    source = [Text(of.source, "note")] if of.source else []
    return [title, *_picture(found, of, list(roles)), _grid(found), *_against(klass, of, grades), *source]


def _on(klass: ClassData, of: Questionnaire, subscale: str) -> Callable[[str], float | None]:
    return lambda who: score(klass, who, of, subscale)


def _steps(of: Questionnaire) -> int:
    return max(item.steps for item in of.items)


def _grid(found: Mapping[str, Mapping[str, Mean]]) -> Grid:
    kinds = next(iter(found.values()))
    rows: list[tuple[Cell, ...]] = [(name, *(one.words() for one in means.values())) for name, means in found.items()]
    return Grid((tr("role"), *kinds), tuple(rows))


def _picture(found: Mapping[str, Mapping[str, Mean]], of: Questionnaire, parties: Sequence[str]) -> list[Figure]:
    rows = [
        {"who": name, "what": kind, "mean": round(one.value, 3), "n": one.n}
        for name, means in found.items()
        for kind, one in means.items()
        if one.value is not None
    ]
    if not rows:
        return []
    kinds, most = list(next(iter(found.values()))), _steps(of)
    names = [next(iter(found)), *parties]
    return [
        Figure(
            tr(
                "Average by subscale and role: a dot each, a diamond for everybody; pointed at, it says how many answered."
            ),
            f"subjective-{of.id.replace('_', '-')}",
            lambda ink: charts.means(rows, names, kinds, most, ink),
            rows_of(("role", "subscale", "mean", "n"), [tuple(row.values()) for row in rows]),
        )
    ]


def _against(klass: ClassData, of: Questionnaire, grades: Mapping[str, Mapping[str, Grade]]) -> list[Block]:
    """Return subjective value against points: by thirds of the places within roles."""
    placed: list[tuple[float, str]] = []
    for who, (group, party) in klass.results.items():
        percentile = grades[group.id][party].percentile
        if percentile is not None:
            placed.append((percentile, who))
    if not placed:
        return []
    thirds: list[list[str]] = [[], [], []]
    for percentile, who in placed:
        thirds[min(int(percentile * 3 // 100), 2)].append(who)
    fewest = klass.session.settings.averages_from
    found = [mean((overall(klass, who, of) for who in there), fewest) for there in thirds]
    rows = tuple((tr(name), one.words()) for name, one in zip(THIRDS, found, strict=True))
    return [Text(tr("**Against points**")), Grid((tr("points"), said(of.title)), rows)]


def of_person(klass: ClassData, person: str) -> list[Section]:
    """Return the sections of one person's debrief: the own answers beside the average of others, and what others said."""
    return [*_own(klass, person), *_received(klass, person)]


def _own(klass: ClassData, person: str) -> list[Section]:
    fewest, others = klass.session.settings.averages_from, [who for who in klass.results if who != person]
    rows: list[tuple[Cell, ...]] = []
    for of in inventories(klass):
        for subscale, told in of.subscales.items():
            mine = score(klass, person, of, subscale)
            if mine is not None:
                rows.append(
                    (said(told), mine, mean((score(klass, who, of, subscale) for who in others), fewest).words())
                )
    if not rows:
        return []
    grid = Grid((tr("subscale"), tr("you"), tr("average of the others")), tuple(rows))
    return [Section(tr("How it was for you"), (grid,), tr(_ABOUT))]


def received(klass: ClassData, person: str, of: Questionnaire, item: Item) -> list[float]:
    """Return what others of the group answered to a question about a person, in no order that tells who."""
    group, party = klass.results[person]
    raters = [
        one.id for there in group.people.values() for one in there if klass.results.get(one.id, ("", ""))[0] is group
    ]
    given = (
        number_of(item, klass.session.forms.get(who, {}).get(of.id, Form()).answers.get(f"{item.id}/{party}"))
        for who in raters
        if who != person
    )
    return sorted(one for one in given if one is not None)


def _received(klass: ClassData, person: str) -> list[Section]:
    fewest = klass.session.settings.averages_from
    rows: list[tuple[Cell, ...]] = []
    asked: Sequence[tuple[Questionnaire, Item]] = [
        (of, item)
        for of in klass.session.settings.asked
        for item in of.items
        if item.counterparts and item.kind == "scale"
    ]
    for of, item in asked:
        given = mean(received(klass, person, of, item), fewest)
        rows.append((said(item.text or {}), given.words()))
    if not asked or all(not received(klass, person, of, item) for of, item in asked):
        return []
    grid = Grid((tr("question"), tr("average")), tuple(rows))
    return [Section(tr("What the others said of you"), (grid,), tr(_FEEDBACK, n=fewest))]


_FEEDBACK = mark("Averages of at least {n} answers; nobody is told who said what.")
