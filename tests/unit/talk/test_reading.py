"""Free text to moves: never a meaning that is not there, most of those that are, and no text that breaks it."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.formats import load
from negotiation.formats.notation import read, write
from negotiation.talk.reading.accuracy import accuracy, sentences, unordered
from negotiation.talk.reading.understanding import LONGEST, understood

OURS = Path(__file__).parents[2] / "data" / "talk"
FILES = sorted(Path(os.environ.get("NEGOTIATION_TALK", OURS)).glob("*.tsv"))
CASE = load("alliance-2023").scenario


def scenario(name):
    return load(name).scenario


ALL = [sentence for path in FILES for sentence in sentences(path.read_text(encoding="utf-8"), path.name, scenario)]


def kept_apart(sentence):
    """Every third line of the first files was not looked at while the grammar was written; all of the others was."""
    file, _, line = sentence.place.partition(", line ")
    return int(line) % 3 == 0 and not any(name in file for name in ("later", "strangers"))


PARTS = {"all": ALL, "apart": [s for s in ALL if kept_apart(s)], "training": [s for s in ALL if not kept_apart(s)]}


@pytest.mark.parametrize("part", PARTS)
def test_what_is_read_was_meant_and_most_of_what_was_meant_is_read(part):
    for language, found in accuracy(PARTS[part]).items():
        wrong = [(s.place, s.text, write(meant.moves)) for s, meant in found.misread]
        assert found.precision >= 0.95, (language, wrong)
        assert found.recall >= 0.75, (language, wrong)
        assert not found.commitments, (language, wrong)


def test_the_sentences_are_many_of_every_case_language_and_kind():
    if "NEGOTIATION_TALK" not in os.environ:
        assert len(ALL) >= 2700
        assert {s.language for s in ALL} == {"en", "fr", "ja"}
        for language in ("en", "fr", "ja"):
            told = [s for s in ALL if s.language == language]
            assert len({s.scenario.name for s in told}) == 4
            assert len({move.kind for s in told for move in s.moves}) == 11
            assert sum(not s.moves for s in told) > 15


def test_the_language_is_that_of_the_text():
    for sentence in ALL:
        found = understood(sentence.text, sentence.scenario, sentence.party, language=sentence.language)
        assert found.language == sentence.language, sentence.text


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=300) | st.text(st.characters(exclude_categories=()), max_size=80))
def test_no_text_breaks_it(text):
    found = understood(text, CASE, "nissan")
    assert found == understood(text, CASE, "nissan")


NAMES = st.sampled_from(
    [
        "7%",
        "the votes",
        "les votes",
        "\u8b70\u6c7a\u6a29",
        "Nissan",
        "\u65e5\u7523",
        "Ampère",
        "week 8",
        "\u7b2c8\u9031",
        ",",
        "?",
        ".",
    ]
)
TURNS = st.sampled_from(
    [
        "if",
        "not",
        "we",
        "you",
        "unless",
        "sign",
        "si",
        "pas",
        "nous",
        "vous",
        "plus que",
        "\u306a\u3089",
        "\u306a\u3044",
        "\u304b",
        "\u3088\u308a",
        "what",
        "more than",
        "rather",
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(NAMES | TURNS, max_size=40), st.sampled_from(["alliance-2023", "any-two-of-three"]))
def test_no_heap_of_words_breaks_it_in_any_language(heap, case):
    me = next(iter(scenario(case).parties))
    for language in ("en", "fr", "ja"):
        found = understood(" ".join(heap), scenario(case), me, language=language)
        assert read(write(found.moves), scenario(case)) == found.moves


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\U0001f600\U0001f697!!!",
        "<b>no</b> & <script>alert(1)</script>",
        "\u0645\u0631\u062d\u0628\u0627 \u200f15%",
        "\ud800 lone",
        "\x00\x1b[31m",
        "?",
        "...",
        "\u3002\u3002",
        "a" * (LONGEST + 1),
    ],
)
def test_what_says_nothing_means_nothing(text):
    assert understood(text, CASE, "nissan").moves == ()


def test_what_is_too_long_is_given_back_as_not_understood():
    text = "Hello. " * 20_000
    assert understood(text, CASE, "nissan").missed == (text,)
    assert understood("we prefer " * 130, CASE, "nissan").moves == ()


SLOW = (
    "If you cap the votes, we can talk about engineers. ",
    "if we ",
    "7% and ",
    "if T is signed or else , then ",
    "if you cap the votes , then , then ",
    "Si vous plafonnez les votes, alors nous , alors ",
    "15%\u3088\u308a7%\u306e\u307b\u3046\u304c",
    "\u307e\u3067\u306b",
    "\u7b2c8\u9031\u307e\u3067\u306b",
    "\u554f\u984c\u3093\u3067\u3059",
    "7",
)


@pytest.mark.parametrize("text", SLOW)
@pytest.mark.parametrize("sentence", [100, 300, 1000])
@pytest.mark.timeout(30)  # 20 ms each on a machine that does nothing else
def test_a_thousand_characters_come_to_an_end(text, sentence):
    understood((((text * 1000)[: sentence - 2] + ". ") * 10)[:1000], CASE, "nissan")


HOSTILE = (
    "(" * 99,
    "[{<",
    "\U0001f600",
    "\u0645\u0631\u062d\u0628\u0627 \u200f",
    "nous ",
    "not ",
    "we we ",
    "very very ",
    "\u306e",
    "\u304b",
    "to be honest, ",
    "votes capped ",
    "more than ",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("sentence", [100, 340, 1000])
@pytest.mark.timeout(30)
def test_a_thousand_hostile_characters_come_to_an_end_too(text, sentence):
    understood((((text * 1000)[: sentence - 2] + ". ") * 10)[:1000], CASE, "nissan")


@pytest.mark.parametrize(
    ("case", "me", "text", "moves"),
    [
        ("alliance-2023", "nissan", "What if 7% and whatever?", "none"),
        ("alliance-2023", "nissan", "If you send engineers, we send engineers.", "none"),
        ("alliance-2023", "nissan", "If you do not cap the votes, we will send no engineers.", "none"),
        ("alliance-2023", "nissan", "Unless the alliance is signed, we will not sign Ampère.", "none"),
        ("alliance-2023", "nissan", "Unless the alliance is signed by week 99, we walk away.", "none"),
        ("alliance-2023", "nissan", "We walk away unless it is signed.", "none"),
        ("alliance-2023", "nissan", "If the alliance is signed, we sign.", "none"),
        ("alliance-2023", "renault", "If the alliance is signed, we sign with Nissan.", "none"),
        ("alliance-2023", "nissan", "We have another partner.", "none"),
        ("alliance-2023", "nissan", "We agree to no engineers.", "none"),
        ("alliance-2023", "nissan", "We will not accept the price.", "obstacle cloud.price"),
        ("alliance-2023", "nissan", "We offer 5% and 7%.", "none"),
        ("alliance-2023", "nissan", "How about 7% by week 5?", "none"),
        ("alliance-2023", "nissan", "Google, would Renault accept 7%?", "none"),
        ("alliance-2023", "nissan", "We prefer 7% to 7%.", "none"),
        ("alliance-2023", "nissan", "Engineers matter more to us than engineers.", "none"),
        ("alliance-2023", "nissan", "Engineers and data are the problem.", "none"),
        ("alliance-2023", "nissan", "Unless the alliance is signed, we walk away and sign with Google.", "none"),
        ("alliance-2023", "nissan", "Unless the alliance is not signed, we walk away from Ampère.", "none"),
        ("alliance-2023", "nissan", "If the alliance is signed, we sign Horse.", "none"),
        ("alliance-2023", "nissan", "If the alliance is signed, we sign Ampère with Google.", "none"),
        ("alliance-2023", "nissan", "If the alliance is signed, we walk away with Google.", "none"),
        ("alliance-2023", "nissan", "If the cloud is signed, we sign the cloud.", "none"),
        ("alliance-2023", "nissan", "If this is signed, we sign with Google.", "none"),
        ("alliance-2023", "nissan", "What do you need from Google?", "none"),
        ("electric-quay", "city", "If you skip the dredging, we support six berths.", "none"),
        ("alliance-2023", "nissan", "Would you accept a joint team of engineers?", "ask option ampere.engineers=joint"),
        ("alliance-2023", "nissan", "We can live with engineers: a liaison cell.", "open ampere.engineers=liaison"),
        ("alliance-2023", "nissan", "We accept the price.", "none"),
        ("alliance-2023", "nissan", "Let's take the trust off the table.", "none"),
        ("alliance-2023", "nissan", "How about forgetting the dated sale?", "none"),
        ("alliance-2023", "nissan", "We want to know what you think about 7%.", "none"),
        ("alliance-2023", "nissan", "We do not rule out a merger.", "none"),
        ("alliance-2023", "nissan", "Is a merger out of the question?", "none"),
        ("alliance-2023", "nissan", "If Renault leaves the alliance we sign with Google.", "none"),
        ("alliance-2023", "nissan", "We could sign with Google if the alliance is not signed.", "none"),
        ("alliance-2023", "nissan", "Si l'alliance n'est pas signée, nous ne quitterons pas Ampère.", "none"),
        ("alliance-2023", "nissan", "アライアンスが署名されなければ、アンペアから撤退しません。", "none"),
        ("alliance-2023", "nissan", "合併は論外ではありません。", "none"),
        ("alliance-2023", "nissan", "We accept a liaison cell for data.", "none"),
        ("alliance-2023", "nissan", "We can live with the votes and engineers of a joint team.", "none"),
        ("electric-quay", "city", "We prefer a narrow channel to none.", "prefer quay.dredging: narrow > none"),
        ("alliance-2023", "renault", "5% is out of the question.", "none"),
        ("cloud-for-two", "kaido", "We offer $18 dollars", "sketch contract.price=p18"),
        ("cloud-for-two", "kaido", "We offer $18 and 4 years", "sketch contract.price=p18 contract.term=y4"),
        ("cloud-for-two", "kaido", "USD 22, 4 years?", "sketch contract.price=p22 contract.term=y4"),
        ("electric-quay", "city", "EUR 12m and 60 jobs?", "sketch quay.money=m12 quay.jobs=j60"),
        ("alliance-2023", "nissan", "A liaison cell and a joint team.", "none"),
        ("alliance-2023", "nissan", "We have no alternative.", "none"),
        ("alliance-2023", "nissan", "Nothing stands in the way.", "none"),
        ("alliance-2023", "nissan", "We want a liaison cell.", "sketch ampere.engineers=liaison"),
        ("alliance-2023", "nissan", "Nous ne pouvons accepter une fusion.", "refuse alliance.stakes=merger"),
        ("alliance-2023", "nissan", "A merger is not negotiable.", "none"),
        ("alliance-2023", "nissan", "Si l'alliance n'est pas signée d'ici la semaine 8, nous quittons Ampère.", "commit unless alliance by 8 then walk ampere"),
        ("alliance-2023", "nissan", "第8週までにアライアンスが署名されなければ、アンペアから撤退します。", "commit unless alliance by 8 then walk ampere"),
        ("alliance-2023", "nissan", "What would you say, Mitsubishi, to 2.5%?", "ask option ampere.mmc_stake=m2 -> mitsubishi"),
    ],
)  # fmt: skip
def test_in_doubt_nothing_is_read(case, me, text, moves):
    assert write(understood(text, scenario(case), me).moves) == moves


def test_a_table_that_is_spoken_of_need_not_be_named():
    assert write(understood("We have another partner.", CASE, "nissan", table="cloud").moves) == "alternative cloud"


def examples():
    page = (Path(__file__).parents[3] / "docs" / "talk.md").read_text(encoding="utf-8")
    for row in page.splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if len(cells) == 4 and cells[0].startswith("`"):
            yield from ((cells[0].strip("`"), text) for text in cells[1:])


@pytest.mark.parametrize(("moves", "text"), [*examples()])
def test_the_examples_of_the_docs_are_read_as_they_say(moves, text):
    found = understood(text, CASE, "nissan").moves
    assert [*map(unordered, found)] == [*map(unordered, read(moves, CASE))]


def test_what_is_far_too_long_is_not_read():
    text = "We prefer 7% to 5%. " * 5_000
    found = understood(text, CASE, "nissan")
    assert (found.moves, found.missed) == ((), (text,))


def test_the_docs_have_an_example_of_each_kind_in_each_language():
    assert len({moves.split()[0] for moves, _ in examples()}) == 11
    assert len([*examples()]) == 42
