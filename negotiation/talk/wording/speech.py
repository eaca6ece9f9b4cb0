"""Whoever speaks: its language, its voice, what it has said before, and how its sentences become one text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from negotiation.actions import LONGEST_TEXT
from negotiation.dice import Dice
from negotiation.errors import SetupError, unknown
from negotiation.moves import Term
from negotiation.scenario import Scenario
from negotiation.talk.wording.english import ENGLISH
from negotiation.talk.wording.french import FRENCH
from negotiation.talk.wording.grammar import Grammar, choose
from negotiation.talk.wording.japanese import JAPANESE
from negotiation.talk.wording.titles import Titles

COURTESIES = ("thanks", "regret", "greeting", "hurry")
"""Kinds of sentence after which nobody needs an opening or a closing; nor does one who only asks."""

LANGUAGES: dict[str, Grammar] = {"en": ENGLISH, "fr": FRENCH, "ja": JAPANESE}
"""The languages that agents speak."""

SPOKEN = {"en": "English", "fr": "Français", "ja": "日本語"}
"""What these languages are called."""


class Speech:
    """One text in the making.

    Parameters
    ----------
    before
        What the speaker has said, oldest first.
    """

    def __init__(
        self, scenario: Scenario, speaker: str, dice: Dice, before: Sequence[str], language: str = "en"
    ) -> None:
        if language not in LANGUAGES:
            raise SetupError(unknown("language", language, LANGUAGES))
        self.grammar, self.titles = LANGUAGES[language], Titles(scenario.plain, language)
        self.scenario, self.dice = scenario.plain, dice
        self.voice = scenario.parties[speaker].voice.get(language)
        self.reasons = scenario.parties[speaker].reasons.get(language, {})
        self._before = list(before)
        self._sentences: list[tuple[str, bool]] = []
        self._matters = False

    def say(self, kind: str, listener: str = "", **slots: str) -> None:
        """Say a sentence of this kind, to somebody in particular if a `listener` is given."""
        form = choose(self.grammar.forms[kind], self._before, self.dice, self.voice.manner if self.voice else "")
        self._matters |= kind not in COURTESIES and not kind.startswith("ask.")
        self.add(form.format(**slots), listener)

    def add(self, sentence: str, listener: str = "") -> None:
        """Say a sentence as it is."""
        if not self._sentences:
            self._before.append("")
        self._sentences.append((self.addressed(sentence, [listener]) if listener else sentence, not listener))
        self._before[-1] += f"\n{sentence}"

    def say_why(self, terms: Iterable[Term], sign: str = "=") -> None:
        """Say why, if the speaker has a public reason for one of these options (`!=`: against it) that it has not given yet."""
        keys = (f"{term.table}.{term.issue}{sign}{term.option}" for term in terms)
        reasons = [self.reasons[key] for key in keys if key in self.reasons]
        fresh = [reason for reason in reasons if not any(reason in text for text in self._before)]
        if fresh:
            self.add(fresh[self.dice.below(len(fresh))])

    def addressed(self, sentence: str, whom: Sequence[str]) -> str:
        """Return a sentence that says to whom it is said."""
        text = sentence[:1].lower() + sentence[1:] if self.grammar.lowers else sentence
        return self.grammar.addressed.format(whom=self.parties(whom), text=text)

    def parties(self, names: Sequence[str]) -> str:
        """Return parties as one speaks of them, and to them."""
        return self.grammar.listed([self.grammar.called.format(self.titles.party(name)) for name in names])

    def quoted(self, title: str) -> str:
        """Return a title in quotes."""
        return self.grammar.quoted.format(title)

    def table(self, name: str) -> str:
        """Return the title of a table in quotes; empty if there is no table."""
        return self.quoted(self.titles.table(name)) if name else ""

    def issue(self, term: Term) -> str:
        """Return the title of an issue in quotes, with its table's if another issue has the same."""
        title = self.titles.issue(term)
        others = (i.title for table in self.scenario.tables.values() for i in table.issues)
        alike = sum(other == title for other in others) > 1
        return self.quoted(title) + (f" ({self.table(term.table)})" if alike else "")

    def option(self, term: Term) -> str:
        """Return the text of an option in quotes."""
        return self.quoted(self.titles.option(term))

    def options(self, terms: Sequence[Term]) -> str:
        """Return options of one issue, any of them."""
        return self.grammar.listed([self.option(term) for term in terms], self.grammar.either)

    def terms(self, terms: Sequence[Term]) -> str:
        """Return terms of a deal as a list of issues with their options."""
        item = self.grammar.item
        parts = (item.format(issue=self.issue(term), option=self.option(term)) for term in terms)
        return self.grammar.semicolon.join(parts)

    def things(self, terms: Sequence[Term]) -> str:
        """Return terms as things that are given or taken: an option of an issue, or movement on it."""
        grammar = self.grammar
        return grammar.listed(
            [
                grammar.pair.format(issue=self.issue(term), option=self.option(term))
                if term.option
                else grammar.movement.format(issue=self.issue(term))
                for term in terms
            ]
        )

    def text(self, to: Sequence[str] = ()) -> str:
        """Return all that was said as one text that says to whom; what does not fit is left out, sentence by sentence."""
        texts = [sentence for sentence, _ in self._sentences]
        if texts and to and self._sentences[0][1]:
            texts[0] = self.addressed(texts[0], to)
        opening, closing = self._habits()
        for parts in ([*opening, *texts, *closing], *(texts[:n] for n in range(len(texts), 1, -1))):
            if len(whole := self._finished(parts)) <= LONGEST_TEXT:
                return whole
        whole = self._finished(texts[:1])
        return whole if len(whole) <= LONGEST_TEXT else whole[: LONGEST_TEXT - 1] + "…"

    def _finished(self, parts: Sequence[str]) -> str:
        whole = self.grammar.gap.join(parts)
        for found, put in self.grammar.glued.items():
            whole = whole.replace(found, put)
        return whole

    def _habits(self) -> tuple[list[str], list[str]]:
        """Return how the speaker likes to open, or to close: each in one text of six, and never twice running."""
        turn, number = self.dice.below(6), self.dice.bits()
        if self.voice is None or not self._matters or turn > 1:
            return [], []
        habits = (self.voice.opening, self.voice.closing)[turn]
        last = self._before[-2] if len(self._before) > 1 else ""
        chosen = [habits[number % len(habits)]] if habits else []
        fresh = [habit for habit in chosen if habit not in last]
        return ([], fresh) if turn else (fresh, [])
