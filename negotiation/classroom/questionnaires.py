"""The questionnaires of a class: what one person is asked, what counts as an answer, and who has yet to answer.

Pure functions of a class as it stands; `Play.fillings` and `Play.answer` are what pages call.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from negotiation.classroom.phases import Phase
from negotiation.classroom.sessions import Form, Person, Session
from negotiation.classroom.texts import plain
from negotiation.errors import Refused, unknown
from negotiation.formats.questionnaires import DRAWN, Item, Questionnaire, said
from negotiation.language import phrase, tr
from negotiation.preferences import Preferences
from negotiation.reports import blocks
from negotiation.reports.words import all_of
from negotiation.scenario import Scenario

NONE = "none"
"""The answer that a question does not apply."""

LONGEST_ANSWER = 10_000
MOST_OPTIONS = 4

DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts that put no space between words; two of them count as a word."""


@dataclass(frozen=True)
class Question:
    """One question as a person is asked it, in the language of who reads it.

    `key` names it among the answers; `options` and `right`, from 1, are those of a choice; `about` is the party it is about.
    """

    key: str
    item: Item
    text: str
    options: tuple[str, ...] = ()
    right: int | None = None
    about: str = ""


@dataclass(frozen=True)
class Filling:
    """A questionnaire as one person has it: its questions, what was answered, and whether it is open and required now."""

    of: Questionnaire
    questions: tuple[Question, ...]
    form: Form
    open: bool
    due: bool

    @property
    def right(self) -> int:
        """Return how many answers were right."""
        return sum(one.right is not None and self.form.answers.get(one.key) == one.right for one in self.questions)

    @property
    def missing(self) -> list[Question]:
        """Return the questions that still want an answer."""
        return [one for one in self.questions if not (one.item.optional or _enough(one, self.form.answers))]


def words_of(text: str) -> int:
    """Return how many words a text has.

    Examples
    --------
    >>> words_of("Next time, I ask first."), words_of("次回は先に聞く"), words_of("")
    (5, 4, 0)
    """
    dense = len(DENSE.findall(text))
    return len(re.findall(r"[\w'’-]+", DENSE.sub(" ", text))) + (dense + 1) // 2


def questions(
    of: Questionnaire, scenario: Scenario, mine: Preferences | None, party: str, others: Sequence[str]
) -> tuple[Question, ...]:
    """Return what a party is asked.

    Parameters
    ----------
    mine
        The party's own score sheet; without it nothing is drawn from the case.
    others
        The other parties that people play.
    """
    found: list[Question] = []
    for item in of.items:
        if item.kind in DRAWN:
            drawn = _drawn(item, scenario, mine, party) if mine else None
            found += [drawn] if drawn else []
        elif item.counterparts:
            text = said(item.text or {})
            found += [Question(f"{item.id}/{other}", item, text, about=other) for other in others]
        else:
            options = tuple(said(option) for option in item.options)
            found.append(Question(item.id, item, said(item.text or {}), options, item.right))
    return tuple(found)


def _drawn(item: Item, scenario: Scenario, mine: Preferences, party: str) -> Question | None:
    """Return a question whose right answer stands in one's own papers; None where the case has none that is clear."""
    match item.kind:
        case "unsigned":
            return _unsigned(item, mine, party, scenario.decimals)
        case "signers":
            return _signers(item, scenario, party)
    return _valuable(item, scenario, mine)


def _unsigned(item: Item, mine: Preferences, party: str, decimals: int) -> Question:
    worth = mine.score({})
    stakes = 0.0
    for sheet in mine.sheets.values():
        stakes += sheet.weight
    step = max(float(round(stakes / 10)), 1.0)
    below = min(zlib.crc32(party.encode()) % MOST_OPTIONS, max(int(worth // step), 0))
    options = tuple(blocks.said(worth + (n - below) * step, decimals) for n in range(MOST_OPTIONS))
    text = said(item.text) if item.text else tr("How many points do you have if nothing at all is signed?")
    return Question(item.id, item, text, options, below + 1)


def _signers(item: Item, scenario: Scenario, party: str) -> Question | None:
    for name in scenario.at(party):
        table = scenario.tables[name]
        always = tuple(one for one in table.seats if one in table.signers.always)
        if not always or len(table.seats) < 2:
            continue
        alone = [(one,) for one in table.seats]
        fewer, more = always[:-1], tuple(one for one in table.seats if one != always[0])
        sets = [one for one in dict.fromkeys([tuple(table.seats), fewer, more, *alone]) if one and one != always]
        shown = sorted([always, *sets[: MOST_OPTIONS - 1]], key=lambda one: (len(one), one))
        options = tuple(all_of([scenario.parties[one].title for one in parties]) for parties in shown)
        text = said(item.text) if item.text else tr("Who must sign every deal at the table {table}?", table=table.title)
        return Question(item.id, item, text, options, shown.index(always) + 1)
    return None


def _valuable(item: Item, scenario: Scenario, mine: Preferences) -> Question | None:
    stakes: dict[str, float] = {}
    for name, table in scenario.tables.items():
        for issue in table.issues:
            key = f"{name}.{issue.name}"
            if sheet := mine.sheets.get(key):
                points = [sheet.points(n) for n in range(len(issue.options))]
                stakes[key] = max(points) - min(points)
    order = sorted(stakes, key=lambda key: -stakes[key])[:MOST_OPTIONS]
    if len(order) < 2 or stakes[order[0]] == stakes[order[1]]:
        return None
    shown = [key for key in stakes if key in order]
    options = []
    for key in shown:
        name, _, issue_name = key.partition(".")
        table = scenario.tables[name]
        options.append(table.issues[table.by_name[issue_name]].title)
    text = (
        said(item.text) if item.text else tr("Where is most at stake for you, between your best and your worst option?")
    )
    return Question(item.id, item, text, tuple(options), shown.index(order[0]) + 1)


def open_now(session: Session, of: Questionnaire) -> bool:
    """Return whether answers to a questionnaire are taken now; in homework also before it is over, for those who have played."""
    phase = session.phase
    before = phase.timed and of.when != "after"
    after = (phase is Phase.DEBRIEF or (session.settings.homework and phase.timed)) and of.when != "before"
    return before or after


def due(session: Session, person: str) -> list[Questionnaire]:
    """Return the questionnaires without which a person does not go on now: to the talks, or after them to the results."""
    one = session.people[person]
    if not session.settings.required or not one.party:
        return []
    now = {"always", "before"} if session.phase.talks else {"always", "after"} if session.phase is Phase.DEBRIEF else ()
    wanted = set(session.settings.required) - session.let_go_on
    return [
        of for of in session.settings.asked if of.id in wanted and of.when in now and not _done(session, person, of.id)
    ]


def _done(session: Session, person: str, name: str) -> bool:
    return session.forms.get(person, {}).get(name, Form()).done


def filled(session: Session) -> dict[str, tuple[int, int]]:
    """Return how many people with a seat have handed in each questionnaire, and of how many."""
    seats = [person.id for person in session.people.values() if _counts(person)]
    return {
        name: (sum(_done(session, who, name) for who in seats), len(seats)) for name in session.settings.questionnaires
    }


def _counts(person: Person) -> bool:
    return bool(person.party) and not person.gone


def completions(session: Session, person: str) -> dict[str, float]:
    """Return how much of each questionnaire a person has filled in, from 0 to 1."""
    found = {}
    for of in session.settings.asked:
        form = session.forms.get(person, {}).get(of.id, Form())
        answered = {key.partition("/")[0] for key in form.answers} & {item.id for item in of.items}
        found[of.id] = 1.0 if form.done else len(answered) / len(of.items)
    return found


def consents(session: Session, person: str) -> bool:
    """Return whether what a person did may be used for research: it was asked, and the answer is yes."""
    keys = [(of.id, item.id) for of in session.settings.asked for item in of.items if item.kind == "consent"]
    forms = session.forms.get(person, {})
    return bool(keys) and all(forms.get(of, Form()).answers.get(item) is True for of, item in keys)


def checked(filling: Filling, answers: Mapping[str, object], *, done: bool) -> Mapping[str, object]:
    """Return answers fit to store.

    Raises
    ------
    Refused
        When one is no answer to its question, or what is handed in is not complete.
    """
    if not filling.open:
        raise Refused(phrase("this questionnaire is not open now"))
    if filling.form.done and filling.of.checks:
        raise Refused(phrase("this was handed in, and is answered once"))
    known = {one.key: one for one in filling.questions}
    kept = {}
    for key, value in answers.items():
        if key not in known:
            raise Refused(unknown("question", key, known))
        kept[key] = None if value in (None, "") else _fit(known[key], value)
    if done and (missing := _after(filling, kept).missing):
        raise Refused(_wanted(missing, {**filling.form.answers, **kept}))
    return kept


def _after(filling: Filling, answers: Mapping[str, object]) -> Filling:
    return replace(filling, form=Form({**filling.form.answers, **answers}, filling.form.done))


def _wanted(missing: Sequence[Question], answers: Mapping[str, object]) -> str:
    """Return why a questionnaire cannot be handed in yet."""
    short = next((one for one in missing if isinstance(answers.get(one.key), str)), None)
    if short is None:
        return phrase("questions without an answer: {n}", n=len(missing))
    return phrase(
        "the text has {found} words so far, and {least} are wanted",
        found=words_of(str(answers[short.key])),
        least=short.item.words,
    )


def _enough(one: Question, answers: Mapping[str, object]) -> bool:
    value = answers.get(one.key)
    return (
        words_of(value) >= max(one.item.words, 1)
        if one.item.kind == "text" and isinstance(value, str)
        else value is not None
    )


def _fit(one: Question, value: object) -> object:
    whole = isinstance(value, int) and not isinstance(value, bool)
    match one.item.kind:
        case "text":
            if isinstance(value, str):
                return plain(value, phrase("your answer"), LONGEST_ANSWER) if value.strip() else None
        case "consent":
            if isinstance(value, bool):
                return value
        case "scale":
            if (whole and 1 <= int(str(value)) <= one.item.steps) or (value == NONE and one.item.none):
                return value
        case _:
            if whole and 1 <= int(str(value)) <= len(one.options):
                return value
    raise Refused(phrase("{value!r} is no answer to the question {key!r}", value=str(value)[:40], key=one.key))
