"""Moves as short phrases, for a screen that shows what was understood before it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import assert_never

from negotiation.errors import SetupError, unknown
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
    Term,
    Trade,
)
from negotiation.scenario import Scenario
from negotiation.talk.wording.speech import LANGUAGES
from negotiation.talk.wording.titles import Titles

LONG = {"issue": 26, "option": 20}
"""Characters of a title beyond which a phrase takes what people call it first."""

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "ask": "asks {whom}: {what}",
        "ask.all": "asks: {what}",
        "you": "you",
        "priority": "what matters most",
        "obstacle": "what is in the way",
        "alternative": "what else there is",
        "option": "how about {option}",
        "at": "{what} at {table}",
        "rank": "{more} matters more than {less}",
        "prefer": "{issue}: {more} rather than {less}",
        "refuse": "out of the question: {options}",
        "open": "flexible: {options}",
        "sketch": "sketch: {terms}",
        "trade": "wants {get} · gives {give}",
        "movement": "movement on {issue}",
        "item": "{issue}: {option}",
        "if": "if {table} is signed{by}: {act}",
        "unless": "unless {table} is signed{by}: {act}",
        "walk": "leaves {where} for good",
        "sign": "signs {where}{partner}",
        "another": "has another way: {table}",
        "cannot": "cannot follow: {issue}",
        "thanks": "thanks",
        "regret": "regret",
        "greeting": "greeting",
        "hurry": "time is short",
    },
    "fr": {
        "ask": "demande à {whom} : {what}",
        "ask.all": "demande : {what}",
        "you": "vous",
        "priority": "ce qui compte le plus",
        "obstacle": "ce qui bloque",
        "alternative": "quelle autre solution",
        "option": "que dire de {option}",
        "at": "{what} (table {table})",
        "rank": "plus important : {more}, avant {less}",
        "prefer": "{issue} : {more} plutôt que {less}",
        "refuse": "hors de question : {options}",
        "open": "souple : {options}",
        "sketch": "esquisse : {terms}",
        "trade": "demande {get} · donne {give}",
        "movement": "un geste sur {issue}",
        "item": "{issue} : {option}",
        "if": "si {table} est signé{by} : {act}",
        "unless": "sauf si {table} est signé{by} : {act}",
        "walk": "quitte {where} pour de bon",
        "sign": "signe {where}{partner}",
        "another": "a une autre solution : {table}",
        "cannot": "ne peut pas suivre : {issue}",
        "thanks": "remerciement",
        "regret": "regret",
        "greeting": "salutation",
        "hurry": "le temps presse",
    },
    "ja": {
        "ask": "{whom}への質問：{what}",
        "ask.all": "質問：{what}",
        "you": "あなた",
        "priority": "最も重視すること",
        "obstacle": "妨げになっていること",
        "alternative": "ほかの選択肢",
        "option": "{option}はどうか",
        "at": "{what}（{table}）",
        "rank": "{less}より{more}が重要",
        "prefer": "{issue}：{less}より{more}",
        "refuse": "受け入れられない：{options}",
        "open": "譲歩できる：{options}",
        "sketch": "案：{terms}",
        "trade": "求める：{get} · 与える：{give}",
        "movement": "{issue}での歩み寄り",
        "item": "{issue}：{option}",
        "if": "{table}が{by}署名されれば{act}",
        "unless": "{table}が{by}署名されなければ{act}",
        "walk": "{where}から退く",
        "sign": "{where}に署名{partner}",
        "another": "ほかの道がある：{table}",
        "cannot": "応じられない：{issue}",
        "thanks": "お礼",
        "regret": "お詫び",
        "greeting": "挨拶",
        "hurry": "時間がない",
    },
}


def chip(move: Move, scenario: Scenario, me: str, language: str = "en") -> str:
    """Return a move as a short phrase in the words of the case, for `me` to read: "asks Renault: what matters most".

    Raises
    ------
    SetupError
        When there are no phrases in this language.
    """
    if language not in PHRASES:
        raise SetupError(unknown("language", language, PHRASES))
    return _Phrases(scenario.plain, me, language).of(move)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of one language about one case."""

    scenario: Scenario
    me: str
    language: str

    def of(self, move: Move) -> str:
        match move:
            case Ask():
                return self._ask(move)
            case Rank(more, less):
                return self.say("rank", more=self.issue(more), less=self.issue(less))
            case Prefer(more, less):
                return self.say("prefer", issue=self.issue(more), more=self.option(more), less=self.option(less))
            case Refuse(options):
                return self.say("refuse", options=self.options(options))
            case Concede(options):
                return self.say("open", options=self.options(options))
            case Sketch(options):
                return self.say("sketch", terms=self.listed(map(self.term, options)))
            case Trade(get, give):
                return self.say("trade", get=self.things(get), give=self.things(give))
            case Commit():
                return self._commit(move)
            case Alternative(table):
                return self.say("another", table=self.table(table))
            case Obstacle(issue):
                return self.say("cannot", issue=self.issue(issue))
            case Courtesy(tone):
                return self.say(tone)
            case _:
                assert_never(move)

    def say(self, key: str, **slots: str) -> str:
        return PHRASES[self.language][key].format(**slots)

    def _ask(self, move: Ask) -> str:
        what = self.say("option", option=self.term(move.option)) if move.option else self.say(move.what)
        if move.table:
            what = self.say("at", what=what, table=self.table(move.table))
        if not move.whom:
            return self.say("ask.all", what=what)
        return self.say("ask", what=what, whom=self.say("you") if move.whom == self.me else self.party(move.whom))

    def _commit(self, move: Commit) -> str:
        grammar, unit = LANGUAGES[self.language], self.scenario.unit
        by = grammar.by.format(unit=grammar.units.get(unit, unit), number=move.by) if move.by else ""
        partner = grammar.partner.format(party=self.party(move.partner)) if move.partner else ""
        act = self.say(move.act, where=self.table(move.where), partner=partner)
        return self.say("unless" if move.unless else "if", table=self.table(move.table), by=by, act=act)

    def table(self, name: str) -> str:
        return Titles(self.scenario, self.language).table(name)

    def party(self, name: str) -> str:
        return Titles(self.scenario, self.language).party(name)

    def issue(self, term: Term) -> str:
        title = Titles(self.scenario, self.language).issue(term)
        return self._short(title, f"{term.table}.{term.issue}", LONG["issue"])

    def option(self, term: Term) -> str:
        title = Titles(self.scenario, self.language).option(term)
        return self._short(title, f"{term.table}.{term.issue}={term.option}", LONG["option"])

    def _short(self, title: str, key: str, most: int) -> str:
        """Return a title, or what people call it first if the title is long."""
        names = self.scenario.aliases.get(self.language, {}).get(key, ())
        return names[0] if names and len(title) > most else title

    def term(self, term: Term) -> str:
        """Return an issue with its option, or the issue where no option is named."""
        return self.say("item", issue=self.issue(term), option=self.option(term)) if term.option else self.issue(term)

    def options(self, terms: tuple[Term, ...]) -> str:
        """Return options of one issue, or the issue where none is named."""
        chosen = [self.option(term) for term in terms if term.option]
        issue = self.issue(terms[0])
        return self.say("item", issue=issue, option=" / ".join(chosen)) if chosen else issue

    def things(self, terms: tuple[Term, ...]) -> str:
        """Return what is wanted or given: options of issues, or movement there."""
        return self.listed(
            self.term(term) if term.option else self.say("movement", issue=self.issue(term)) for term in terms
        )

    def listed(self, parts: Iterable[str]) -> str:
        return " · ".join(parts)
