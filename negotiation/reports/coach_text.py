"""What the coach says, in whole sentences: one for each kind of remark, and what each rests on."""

from __future__ import annotations

from collections.abc import Sequence

from negotiation.actions import MEDIATOR
from negotiation.analysis.coaching.plan import Prospect
from negotiation.analysis.coaching.remarks import Remark
from negotiation.language import decimal, tr
from negotiation.moves import Ask, Term, Trade
from negotiation.preferences import Link
from negotiation.reports.coach_sentences import BUTTONS, PLAN, RESTS, SENTENCES
from negotiation.reports.words import about, all_of, condition, pointed, rounds, said, short, short_title, when
from negotiation.reports.words import listed as listed_texts
from negotiation.rounding import shown
from negotiation.scenario import Scenario


def told(remark: Remark, scenario: Scenario) -> str:
    """Return a remark in a sentence, in the words of the case."""
    return tr(SENTENCES[_form(remark)]).format_map(_Slots(remark, scenario))


def rests(remark: Remark) -> str:
    """Return what a remark rests on: `from what was said`."""
    return tr(RESTS[remark.basis])


def _form(remark: Remark) -> str:
    """Return which sentence says a remark: of some there is another for several, or for none."""
    if remark.kind == "unknown" and len(remark.parties) > 1:
        return "unknown all"
    if remark.kind == "support" and len(remark.parties) == 1:
        return "support alone"
    if remark.kind in ("late", "late near"):
        any_of_them = " any" if remark.kind == "late near" and not remark.parties else ""
        return f"{remark.kind}{any_of_them}{' last' if remark.number == 1 else ''}"
    free = {"counter": "counter level", "trade": "trade free", "vote against": "vote against level"}
    return remark.kind if remark.points else free.get(remark.kind, remark.kind)


class _Slots(dict[str, str]):
    """What stands in a sentence for each name in it, made when it is asked for."""

    def __init__(self, remark: Remark, scenario: Scenario) -> None:
        super().__init__()
        self.remark, self.scenario = remark, scenario

    def __missing__(self, slot: str) -> str:
        """Return the words for a slot."""
        return str(getattr(self, f"_{slot}")())

    def _party(self) -> str:
        party = self.remark.parties[0]
        return tr("the mediator") if party == MEDIATOR else short(self.scenario, party)

    def _parties(self) -> str:
        return all_of([short(self.scenario, party) for party in self.remark.parties])

    def _missing(self) -> str:
        return all_of([short(self.scenario, party) for party in self.remark.parties[1:]])

    def _table(self) -> str:
        return short_title(self.scenario, self.remark.tables[0])

    def _tables(self) -> str:
        return all_of([short_title(self.scenario, table) for table in self.remark.tables])

    def _points(self) -> str:
        return pointed(self.remark.points, self.scenario.decimals)

    def _number(self) -> str:
        return str(self.remark.number)

    def _when(self) -> str:
        return when(self.scenario.unit, self.remark.number + 1)

    def _unit(self) -> str:
        return self.scenario.unit

    def _rounds(self) -> str:
        return rounds(self.scenario.unit, self.remark.number)

    def _pattern(self) -> str:
        return condition(self.scenario, self.remark.pattern or {})

    def _issue(self) -> str:
        return issue(self.scenario, self.remark.terms[0])

    def _issues(self) -> str:
        return listed(self.scenario, self.remark.terms)

    def _option(self) -> str:
        return option(self.scenario, self.remark.terms[0])

    def _other(self) -> str:
        return option(self.scenario, self.remark.terms[1])

    def _want(self) -> str:
        return issue(self.scenario, self.remark.terms[1])

    def _options(self) -> str:
        return listed_texts(about(issue(self.scenario, t), option(self.scenario, t)) for t in self.remark.terms)


def issue(scenario: Scenario, term: Term) -> str:
    """Return the title of the issue of a term."""
    table = scenario.tables[term.table]
    return table.issues[table.by_name[term.issue]].title


def option(scenario: Scenario, term: Term) -> str:
    """Return the text of the option of a term."""
    table = scenario.tables[term.table]
    there = table.issues[table.by_name[term.issue]]
    return there.texts[there.number(term.option)]


def listed(scenario: Scenario, terms: Sequence[Term]) -> str:
    """Return the titles of the issues of terms: `Term and Price`."""
    return all_of([issue(scenario, term) for term in terms])


def button(scenario: Scenario, move: Ask | Trade, party: str) -> str:
    """Return what stands on the button that says a move to somebody."""
    if isinstance(move, Trade):
        give, get = move.give[0], move.get[0]
        return tr(
            BUTTONS["trade"],
            party=short(scenario, party),
            option=option(scenario, give),
            issue=issue(scenario, get),
        )
    about = move.option
    return tr(
        BUTTONS[move.what],
        party=short(scenario, party),
        table=short_title(scenario, move.table) if move.table else "",
        option=option(scenario, about) if about else "",
        issue=issue(scenario, about) if about else "",
    )


def aims(walk_away: float, best: float | None, target: float | None, decimals: int) -> list[str]:
    """Return what one keeps, and what to aim for, in sentences."""
    found = [tr(PLAN["walk away"], points=pointed(walk_away, decimals))]
    if best is None or target is None:
        return [*found, tr(PLAN["no target"])]
    return [*found, tr(PLAN["target"], best=pointed(best, decimals), target=pointed(target, decimals))]


def weight(scenario: Scenario, term: Term, points: float) -> str:
    """Return one of the weightiest issues in a line."""
    return tr(
        PLAN["issue"],
        issue=issue(scenario, term),
        table=short_title(scenario, term.table),
        points=pointed(points, scenario.decimals),
    )


def linked(scenario: Scenario, link: Link) -> str:
    """Return a link in a line, with what happens then if the case says it: `-7.0 if Joint IP: free use + Base: joint`."""
    points, pattern = decimal(shown(link.points, scenario.decimals, signed=True)), condition(scenario, link.pattern)
    says = said(link)
    return tr(PLAN["link says" if says else "link"], points=points, pattern=pattern, says=says)


def prospects(scenario: Scenario, one: Prospect, *, brief: bool = False) -> list[str]:
    """Return what is to be known of a table, in sentences; what it is worth alone if `brief`."""
    decimals, means = scenario.decimals, scenario.tables[one.table].unsigned_means
    found = [
        tr(
            PLAN["unsigned"],
            table=short_title(scenario, one.table),
            points=pointed(one.unsigned, decimals),
            best=pointed(one.best, decimals),
        )
    ]
    if brief:
        return found
    found += [tr(PLAN["means"], means=means)] if means else []
    for kind, parties in (("must", one.signers), ("may", one.sometimes)):
        found += [tr(PLAN[kind], parties=all_of([short(scenario, p) for p in parties]))] if parties else []
    return found
