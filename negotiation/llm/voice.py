"""Moves in the words of a model; in those of the program where the model's would say anything else."""

from __future__ import annotations

from collections.abc import Sequence

from negotiation.errors import MissingPackage, SetupError
from negotiation.formats.log import json_lines
from negotiation.llm.asker import Asker
from negotiation.llm.client import Message, ModelError
from negotiation.llm.faithful import faithful, tidy
from negotiation.moves import Move
from negotiation.scenario import Scenario
from negotiation.talk.reading.folding import Language
from negotiation.talk.wording.speech import SPOKEN

LONGEST = 300
"""Tokens of what is said."""

TASK = """\
You put into better words what somebody says at a negotiation. Say the same to the same people, in {language}, {manner}, in at most
two or three sentences. Keep every name and number as it is written. Add no promise, threat, reason, name or number. Answer with the
words alone, without quotes around them."""


def revoiced(
    asker: Asker,
    template: str,
    moves: Sequence[Move],
    scenario: Scenario,
    speaker: str,
    to: Sequence[str],
    language: Language,
) -> str:
    """Return what a template says, which means `moves`, in the words of a model if they say that and nothing else.

    Whatever goes wrong, there are words: those of the template.

    Parameters
    ----------
    to
        Who hears it; nobody in particular: everybody.
    """
    try:
        text = tidy(asker.ask(spoken(template, scenario, speaker, language), longest=LONGEST))
    except (ModelError, SetupError, MissingPackage):
        return template
    people = (speaker, *(to or scenario.parties))
    return text if faithful(text, template, moves, scenario, people, language) else template


def spoken(template: str, scenario: Scenario, speaker: str, language: Language) -> list[Message]:
    """Return the question to the model: nothing in it is secret."""
    voice = scenario.parties[speaker].voice.get(language)
    told = {"who": scenario.parties[speaker].title, "says": template}
    system = TASK.format(language=SPOKEN[language], manner=voice.manner if voice else "plain and polite")
    return [{"role": "system", "content": system}, {"role": "user", "content": json_lines([told]).strip()}]
