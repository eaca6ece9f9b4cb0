"""The sentences of links in the bundled cases."""

import json

import pytest
from support import BUNDLED

from negotiation.formats import bundled, for_a_course, load
from negotiation.formats.check import findings
from negotiation.talk.wording.speech import SPOKEN

HINDSIGHT = ("Honda", "Arc", "Aramco", "AWS", "Azure")
"""What nobody could know, or name, on the day the flagship begins."""


def links(name):
    case = load(name)
    for variant in ("", *case.variants):
        for roles in load(name, variant).roles.values():
            for role in roles.values():
                for link in role.preferences.links:
                    if link.points:
                        yield link


def test_these_are_all_the_bundled_cases():
    assert sorted(bundled()) == sorted([*BUNDLED, *for_a_course()])


@pytest.mark.parametrize("name", BUNDLED)
def test_every_link_that_somebody_scores_says_what_happens_in_every_language(name):
    lacking = {(link.name, language) for link in links(name) for language in SPOKEN if not link.says.get(language)}
    assert not lacking


@pytest.mark.parametrize("name", BUNDLED)
def test_no_sentence_tells_points_or_what_came_later(name):
    assert not [one.text for one in findings(load(name)) if "says" in one.text]
    told = json.dumps([dict(link.says) for link in links(name)], ensure_ascii=False)
    assert not [word for word in HINDSIGHT if word in told]


def test_sentences_are_whole_and_each_its_own():
    said = {}
    for name in BUNDLED:
        for link in links(name):
            said |= {(name, link.name, language): text for language, text in link.says.items()}
    assert len(set(said.values())) == len(said) > 80
    assert all(text.endswith((".", "。")) and len(text) > 20 for text in said.values())
