"""A model with a purse: what asking it has cost, and when it is left in peace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from negotiation.llm.client import Message, ModelError, chat, estimate
from negotiation.llm.endpoint import endpoint
from negotiation.plural import counted

PATIENCE = 3
"""Times in a row that a model may fail before it is left in peace for a while: for as many questions as it failed."""

WORKED = ("timeout", "flood", "nonsense")
"""Failures for which a model may have worked, and must be paid."""


@dataclass
class Asker:
    """A model, the tokens that may be spent on it, and those that were.

    Attributes
    ----------
    model
        Its name; empty: the one that the environment names.
    budget
        Tokens of questions and answers together; a question that may go beyond it is not asked.
    timeout
        Seconds for a question.
    carried
        Tokens taken off the budget for turns before this program was started.
    calls, tokens
        Questions asked, and tokens of those and their answers.
    failures, rest
        Questions in a row without an answer of use, and how many of the next ones are not asked because of that.
    """

    model: str
    budget: int
    timeout: float
    carried: int = 0
    calls: int = 0
    tokens: int = 0
    failures: int = 0
    rest: int = 0

    def ask(self, messages: Sequence[Message], *, longest: int, seed: int = 0) -> str:
        """Return the answer of the model, if it can still be afforded; it has at most `longest` tokens.

        Raises
        ------
        ModelError
            When it cannot, or there is no answer of use.
        SetupError, MissingPackage
            When the environment names no endpoint, or httpx is missing.
        """
        if self.rest:
            self.rest -= 1
            raise ModelError(
                "given up", f"the model failed {counted(self.failures, 'time')} in a row; it is asked again later"
            )
        cost = estimate(messages)
        if self.carried + self.tokens + cost + longest > self.budget:
            raise ModelError(
                "spent", f"the budget of {counted(self.budget, 'token')} does not pay for another question"
            )
        there = endpoint(self.model)
        self.calls += 1
        try:
            reply = chat(there, messages, timeout=self.timeout, longest=longest, seed=seed)
        except ModelError as problem:
            self.failures += 1
            self.rest = self.failures if self.failures >= PATIENCE else 0
            self.tokens += cost if problem.fault in WORKED else 0
            raise
        self.failures = 0
        self.tokens += reply.tokens
        return reply.text
