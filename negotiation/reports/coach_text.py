"""What the coach says, in whole sentences: one for each kind of remark, and what each rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negotiation.actions import MEDIATOR
from negotiation.analysis.coaching.plan import Prospect
from negotiation.analysis.coaching.remarks import Remark
from negotiation.language import decimal, mark, tr
from negotiation.moves import Ask, Term, Trade
from negotiation.preferences import Link
from negotiation.reports.words import about, all_of, condition, pointed, rounds, said, short, short_title, when
from negotiation.reports.words import listed as listed_texts
from negotiation.rounding import shown
from negotiation.scenario import Scenario

SENTENCES: Mapping[str, str] = {
    # a draft: the rules
    "away": mark("You have no seat at {table} any more."),
    "clash": mark("These options do not go together: {pattern}."),
    "few": mark("Too few parties would have to sign this at {table}: choose an option that brings in a partner."),
    "gone": mark("This needs {party}, who has left {table} for good."),
    "across": mark("This cannot stand with the other tables as they are: {pattern}."),
    "signers": mark("Must sign it too: {parties}."),
    "votes": mark("Must sign it too: {parties}, and as many more as this: {number}."),
    "any votes": mark("Signatures that it needs besides yours: {number}."),
    "binds": mark("It binds with your signature alone."),
    # a draft: my own sheet
    "gain": mark("You would have {points} more than with nothing more signed."),
    "loss": mark("You would lose {points} by it, against signing nothing more."),
    "level": mark("It is worth the same to you as signing nothing more."),
    "above theirs": mark("It is worth {points} more to you than the best that {party} has offered at {table}."),
    "as theirs": mark("It is worth the same to you as what {party} has offered at {table}."),
    "below theirs": mark("{party} has offered you more at {table}: {points} more than this draft."),
    "sign theirs": mark(
        "The paper of {party} at {table} is worth {points} more to you than this draft: sign that, or ask for more."
    ),
    # a draft: the others
    "theirs": mark("{party} has asked for just this at {table}: it should sign."),
    "nearer": mark("By what {party} has asked for, this is nearer to it than your last offer."),
    "no nearer": mark(
        "By what {party} has asked for, this is no better for it than your last offer: a signature is unlikely."
    ),
    "further": mark(
        "By what {party} has asked for, this is further away than your last offer: do not expect its signature."
    ),
    "differs": mark("{party} asked for something else on {issues}."),
    "unknown": mark("{parties} has asked for nothing at {table} yet: ask what matters most before you give."),
    "unknown all": mark("{parties} have asked for nothing at {table} yet: ask what matters most before you give."),
    "refused": mark("{party} said in {when} that this is out of the question: {options}."),
    "disliked": mark("{party} said in {when} that it would rather have “{other}” than “{option}” on {issue}."),
    "unheeded": mark("{party} said in {when} that it cannot follow you on {issue}, and that has not moved."),
    "cheap": mark(
        "Cheap for you: “{option}” on {issue} costs you {points}, and {party} has pressed for it. Ask something for it."
    ),
    "free": mark("“{option}” on {issue} costs you nothing, and {party} has pressed for it. Ask something for it."),
    "gift": mark(
        "It gives away {points} against your offer of {when}, on {issues}, and nobody has moved towards you since: ask for something in return."
    ),
    "bids alone": mark(
        "It gives away {points} against your offer of {when}, on {issues}, and nobody has made an offer since: you bid against yourself."
    ),
    "promise walk": mark(
        "In {when} you said you would leave {table} for good, and the time for it has come: an offer there takes your word back."
    ),
    "promise sign": mark("In {when} you said you would sign at {table} with {party}: this is without it."),
    "own word": mark("In {when} you called this out of the question yourself: {options}."),
    # what now
    "vote for": mark("The draft for {table} gains you {points}: vote for it, unless you expect a better one."),
    "vote against": mark("The draft for {table} would cost you {points}: vote against it."),
    "vote against level": mark("The draft for {table} would bring you nothing: vote against it if you hope for more."),
    "sign": mark(
        "The paper of {party} at {table} gains you {points} and needs only you: sign it, unless you want to ask for more."
    ),
    "first offer": mark(
        "The paper of {party} at {table} gains you {points} and needs only you. You have asked for nothing there yet: counter once before you sign."
    ),
    "little": mark(
        "The paper of {party} at {table} gains you {points} and needs only you: less than half of what could be had there. Counter it while there is time."
    ),
    "late": mark(
        "{rounds} are left. Unsigned: {tables}. No paper there would gain you anything yet: offer something that they can sign."
    ),
    "late near": mark(
        "{rounds} are left. Unsigned: {tables}. The nearest is {table}, where a paper that gains you something still waits for {parties}."
    ),
    "late last": mark(
        "This {unit} is the last. Unsigned: {tables}. No paper there would gain you anything yet: offer something that they can sign."
    ),
    "late near last": mark(
        "This {unit} is the last. Unsigned: {tables}. The nearest is {table}, where a paper that gains you something still waits for {parties}."
    ),
    "late near any": mark(
        "{rounds} are left. Unsigned: {tables}. The nearest is {table}, where a paper that gains you something still lacks signatures."
    ),
    "late near any last": mark(
        "This {unit} is the last. Unsigned: {tables}. The nearest is {table}, where a paper that gains you something still lacks signatures."
    ),
    "asked": mark("{parties} asked you something in this {unit} and had no answer: answer, and ask back."),
    "unanswered": mark("Nobody has answered your offer at {table} since {when}: ask {party} what is wrong."),
    "support": mark(
        "The paper of {party} at {table} gains you {points} and waits for others too, besides you: {missing}."
    ),
    "support alone": mark(
        "The paper of {party} at {table} gains you {points} and needs more signatures besides yours."
    ),
    "trade": mark(
        "{party} presses for “{option}” on {issue}, which costs you {points}: offer it for something on {want}."
    ),
    "trade free": mark(
        "{party} presses for “{option}” on {issue}, which costs you nothing: offer it for something on {want}."
    ),
    "counter": mark(
        "The paper of {party} at {table} would cost you {points}: counter it, and give where it costs you little."
    ),
    "counter level": mark(
        "The paper of {party} at {table} would bring you nothing: counter it, and give where it costs you little."
    ),
    "open": mark(
        "You have offered nothing at {table}, where {points} are at stake for you: ask what matters there, or make an offer."
    ),
    "wait": mark("Your offers are out. Talk to those who have not signed, or end the {unit}."),
    "nothing": mark("Nothing here waits for you. Talk, or end the {unit}."),
}
"""By kind of remark, what is said."""

RESTS: Mapping[str, str] = {
    "sheet": mark("from your own sheet, exact"),
    "offers": mark("from what was offered and signed"),
    "words": mark("from what was said"),
    "rules": mark("from the rules of the case"),
}
"""By basis of a remark, what it rests on."""

PLAN: Mapping[str, str] = {
    "walk away": mark("With nothing signed you keep {points}. Below that, walk away."),
    "target": mark(
        "Your best, if everybody gave you all that can stand together, is {best}. Aim for {target}, half way: a rule of thumb."
    ),
    "no target": mark("Your best is too hard to work out in this case: aim well above what you keep."),
    "issue": mark("{issue} ({table}): {points} between best and worst"),
    "link": mark("{points} if {pattern}"),
    "link says": mark("{points} if {pattern}. {says}"),
    "unsigned": mark("Unsigned, {table} leaves you {points}; your best there is {best}."),
    "means": mark("Unsigned: {means}"),
    "must": mark("Needs {parties}."),
    "may": mark("{parties} may sign, by what the deal says."),
}
"""What a plan is told in."""

BUTTONS: Mapping[str, str] = {
    "priority": mark("Ask {party} what matters most at {table}"),
    "option": mark("Ask {party} about “{option}” on {issue}"),
    "obstacle": mark("Ask {party} what is wrong with your offer at {table}"),
    "alternative": mark("Ask {party} what else it has instead of {table}"),
    "trade": mark("Propose it to {party}: “{option}” for something on {issue}"),
}
"""What a button says that says something."""


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
