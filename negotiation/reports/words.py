"""Wordings that stand in more than one report: parties, outcomes, solutions, and how points lie to others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from negotiation.actions import MEDIATOR
from negotiation.analysis.transcript import whose as possessive
from negotiation.case import BASE
from negotiation.language import SOURCE, decimal, language, mark, plural, tr
from negotiation.preferences import Link
from negotiation.rounding import percent as per_cent
from negotiation.rounding import plain, rounded, shown
from negotiation.scenario import Scenario
from negotiation.table import UNSIGNED, Pattern
from negotiation.translations import said as told_as

KINDS = {
    "first": (mark("first offer"), mark("nothing to compare it with")),
    "concession": (mark("gave way"), mark("fewer points for itself, not fewer for the others: a concession")),
    "trade": (mark("traded"), mark("the same points for itself, others for the others: a trade, or log-rolling")),
    "fortunate": (mark("better for all"), mark("more for itself and for the others: a fortunate step")),
    "silent": (mark("repeated"), mark("nobody's points change: a silent step")),
    "step back": (mark("took back"), mark("more for itself, not more for the others: a selfish step")),
    "unfortunate": (mark("worse for all"), mark("fewer for itself and for the others: an unfortunate step")),
}
"""What an offer is against the same party's offer before at that table, in a word and in a sentence."""
FRONTIER_HELP = mark(
    "Dots: outcomes that nobody of them can improve on without costing another of them (the Pareto frontier). "
    "Shaded: one of the two is worse off than with everything unsigned."
)
OTHERS = mark("The others may lose by it, but sign no table that, taken alone, is worth less to them than unsigned.")
LEFT_HELP = mark(
    "What this outcome is short of the Pareto frontier: the best that could be had for all at once. "
    "In hindsight, with every sheet open; points without the cost of delay."
)
CREATED_HELP = mark(
    "Value created and value claimed. Points of different parties are added up, so the sums are only as good as "
    "their scales compare."
)
COURSE_HELP = mark(
    "Who asked for whose signature is the sociomatrix of Moreno (1934) with offers as choices. Value created is the sum "
    "of what all gained by what was signed, value claimed each one's part (Lax and Sebenius 1986). Without the cost of delay."
)

TRADED_HELP = mark(
    "Logrolling: each gives way on what matters less to it (Froman and Cohen 1970). 0 % is splitting every contested "
    "issue, 100 % is every issue going where it is worth most. Links and issues that decide who signs are left out."
)
FULL, STOP = {"ja": "："}, {"ja": "。"}
"""What stands behind a name that is explained, and at the end, where that is other than `: ` and `.`."""


def kinds_help() -> str:
    """Return what each kind of offer is, a sentence each."""
    between, end = FULL.get(language(), ": "), STOP.get(language(), ".")
    return in_turn(f"**{tr(name)}**{between}{tr(what)}{end}" for name, what in KINDS.values())


def all_of(names: Sequence[str], last_but: str = "and") -> str:
    """Return names as people say them: `Renault, Nissan and Google`; with `or` before the last if `last_but` is that."""
    *first, last = names
    if not first:
        return last
    many = listed(first)
    if last_but == "or":
        return tr("{many} or {last}", many=many, last=last)
    return tr("{many} and {last}", many=many, last=last)


def listed(texts: Iterable[str]) -> str:
    """Return texts one after the other: `Renault 82.8, Nissan 83.7`."""
    return ("、" if language() == "ja" else ", ").join(texts)


def clauses(texts: Iterable[str]) -> str:
    """Return longer texts one after the other: `Term: 7 years; Price: high`."""
    return {"fr": "\N{NO-BREAK SPACE}; ", "ja": "；"}.get(language(), "; ").join(texts)


def in_turn(texts: Iterable[str]) -> str:
    """Return whole sentences one after the other; Japanese has no space between them."""
    told = " ".join(texts)
    return told.replace("。 ", "。") if language() == "ja" else told


def sentences(texts: Iterable[str]) -> str:
    """Return what is not empty of some texts as sentences, the last without its full stop."""
    return {"ja": "。"}.get(language(), ". ").join(filter(None, texts))


def about(what: str, told: str) -> str:
    """Return what is said about something: `Term: 7 years`."""
    return tr("{what}: {told}", what=what, told=told)


def whose(name: str) -> str:
    """Return a name as an owner: `Google's`, `Kaido Motors'`; in French as it stands behind what is owned: `de Google`."""
    match language():
        case "fr":
            begins, _, rest = name.partition(" ")
            before = {"Le": "du", "Les": "des", "La": "de la"}.get(begins)
            return f"{before} {rest}" if before and rest else f"d’{name}" if name[:1] in VOWELS else f"de {name}"
        case "ja":
            return f"{name}の"
        case _:
            return possessive(name)


VOWELS = tuple("AEIOUÀÂÉÈÊËÎÏÔÛŒaeiouàâéèêëîïôûœ")
"""Letters before which `de` loses its own in French."""


def when(unit: str, number: int) -> str:
    """Return a round, from 1, in the case's own word: `week 7`."""
    return tr("{unit} {number}", unit=unit, number=number)


def rounds(unit: str, number: int) -> str:
    """Return how many rounds, in the case's own word: `1 week`, `7 weeks`."""
    return plural("{n} {unit}", "{n} {unit}s", number, unit=unit)


def capital(text: str) -> str:
    """Return a text with its first letter as at the beginning of a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def percent(share: float) -> str:
    """Return a share as whole per cent, as the reader writes it."""
    return tr("{n}%", n=per_cent(share).removesuffix("%"))


def short(scenario: Scenario, party: str) -> str:
    """Return a party's name without what stands in brackets."""
    if party == MEDIATOR:
        return tr("The mediator")
    return scenario.parties[party].title.partition(" (")[0] if party in scenario.parties else party


def short_title(scenario: Scenario, table: str) -> str:
    """Return a table's title as short as the case says it."""
    return scenario.tables[table].label


def kind(scenario: Scenario, party: str, name: str) -> str:
    """Return a type of a party as people say it: `float pressed`; `as usual` for the one without a name of its own."""
    if name == BASE:
        return tr("as usual")
    plain = scenario.told_from or scenario
    return told_as(plain.translations, language(), f"types.{party}.{name}.name", name.replace("_", " "))


def pointed(value: float, decimals: int, *, signed: bool = False) -> str:
    """Return points with their noun: `58.2 points`, `1 point`; with a sign if `signed`."""
    told = shown(value, decimals, signed=signed)
    one = abs(float(told)) < 2 if language() == "fr" else told == "1"
    return tr("{n} point", n=decimal(told)) if one else tr("{n} points", n=decimal(told))


def exactness(epsilon: float) -> str:
    """Return in words how far a frontier may be from the true one."""
    if not epsilon:
        return tr("exact")
    return tr("approximate: nobody loses more than {points} points against it", points=decimal(plain(epsilon, 3)))


def below_frontier(beaten: int, equal: float, names: str, decimals: int) -> str:
    """Return how an outcome lies to a frontier: `3 outcomes of it are better …; in one each has 4.2 more`."""
    if not beaten:
        return tr("Of {names}, nobody could have had more than this without costing another of them.", names=names)
    if not rounded(equal, decimals):
        return plural(
            "One outcome on the frontier is better than this for at least one of {names} and worse for none of them.",
            "{n} outcomes on the frontier are better than this for at least one of {names} and worse for none of them.",
            beaten,
            names=names,
        )
    return plural(
        "One outcome on the frontier is better than this for at least one of {names} and worse for none of them; in one of "
        "them each has at least **{points} more**.",
        "{n} outcomes on the frontier are better than this for at least one of {names} and worse for none of them; in one "
        "of them each has at least **{points} more**.",
        beaten,
        names=names,
        points=pointed(equal, decimals),
    )


def titled(scenario: Scenario, key: str) -> str:
    """Return the title of an issue `table.issue`, or of a table."""
    name, _, issue = key.partition(".")
    table = scenario.tables[name]
    return table.issues[table.by_name[issue]].title if issue else table.title


def terms(scenario: Scenario, name: str, deal: Mapping[str, str] | None) -> str:
    """Return the terms of a deal, options by issue, in full; `not signed` if there is none."""
    if not deal:
        return tr("not signed")
    return clauses(about(i.title, i.texts[i.number(deal[i.name])]) for i in scenario.tables[name].issues)


def unsourced(note: str) -> str:
    """Return a note of a case's author without the keys of its sources, which stand in the file: `(S16, P6-P10)`."""
    key = r"[SP]\d+(?:[-–][SP]?\d+)?"
    return re.sub(rf"\s*\({key}(?:[,; ]+{key})*\)", "", note)


def gained(value: float, decimals: int) -> str:
    """Return a gain, to one more decimal where it would be said to be nothing."""
    return decimal(shown(value, decimals if rounded(value, decimals) else decimals + 1))


def condition(scenario: Scenario, pattern: Pattern) -> str:
    """Return a pattern in the words of the case: `Stakes: 15/43 or 0/0 + Platforms: common`."""
    return " + ".join(
        about(title, all_of([tr("unsigned") if text == UNSIGNED else text for text in texts], "or"))
        for title, texts in scenario.stated(pattern)
    )


def said(link: Link) -> str:
    """Return what happens where a link holds, in the reader's language; in English where it is told in no other."""
    return link.says.get(language()) or link.says.get(SOURCE, "")
