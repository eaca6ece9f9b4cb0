"""Reports in the reader's language: how names, points and lists are said, and where lines end."""

import re

import pytest

from negotiation.formats import load
from negotiation.language import speaking
from negotiation.preferences import Link
from negotiation.reports import words
from negotiation.reports.blocks import Document, Grid, Section, Text, said
from negotiation.reports.card import Card, svg
from negotiation.reports.case_wording import Reader
from negotiation.reports.figure_files import in_language, png, printable
from negotiation.reports.label_placement import Mark, merged
from negotiation.reports.pdf import pdf
from negotiation.reports.picture_fonts import advance, by_script
from negotiation.reports.web import fragment, page
from negotiation.reports.wrapping import BREAK, breakable, columns, shortened, wrapped

NARROW, HARD = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
ALL = ("en", "fr", "ja")


@pytest.mark.parametrize(
    ("code", "three", "two"),
    [("en", "A, B and C", "A or B"), ("fr", "A, B et C", "A ou B"), ("ja", "A、BとC", "AまたはB")],
)
def test_names_are_joined_as_people_say_them(code, three, two):
    with speaking(code):
        assert words.all_of(["A", "B", "C"]) == three
        assert words.all_of(["A", "B"], "or") == two
        assert words.all_of(["A"]) == "A"


@pytest.mark.parametrize(
    ("code", "name", "told"),
    [
        ("en", "Google", "Google's"),
        ("en", "Kaido Motors", "Kaido Motors'"),
        ("fr", "Google", "de Google"),
        ("fr", "Ampère", "d’Ampère"),
        ("fr", "Le médiateur", "du médiateur"),
        ("fr", "La ville", "de la ville"),
        ("fr", "Les", "de Les"),
        ("ja", "日産", "日産の"),
    ],
)
def test_whose_a_paper_is(code, name, told):
    with speaking(code):
        assert words.whose(name) == told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", ["1 point", "1.0 points", "1.5 points", "-2.0 points"]),
        ("fr", ["1 point", "1,0 point", "1,5 point", "\N{MINUS SIGN}2,0 points"]),
        ("ja", ["1点", "1.0点", "1.5点", "\N{MINUS SIGN}2.0点"]),
    ],
)
def test_points_with_their_noun(code, told):
    with speaking(code):
        assert [words.pointed(value, decimals) for value, decimals in ((1, 0), (1, 1), (1.5, 1), (-2, 1))] == told


@pytest.mark.parametrize(("code", "told"), [("en", "+0.4 points"), ("fr", "+0,4 point"), ("ja", "+0.4点")])
def test_gains_with_their_noun(code, told):
    with speaking(code):
        assert words.pointed(0.4, 1, signed=True) == told


def test_numbers_and_rounds_are_written_as_in_the_language():
    with speaking("fr"):
        assert said(1234.5, 1) == f"1{NARROW}234,5"
        assert said(1234, 0) == f"1{NARROW}234"
        assert words.percent(0.125) == f"13{HARD}%"
        assert words.when("semaine", 3) == "semaine 3"
        assert words.rounds("tour", 2) == "2 tours"
        assert words.clauses(["a", "b"]) == f"a{HARD}; b"
    with speaking("ja"):
        assert words.when("週", 3) == "第3週"
        assert words.rounds("週", 2) == "2週"
        assert words.sentences(["甲", "", "乙"]) == "甲。乙"
        assert words.about("期間", "7年") == "期間：7年"
        assert words.in_turn(["甲。", "乙。"]) == "甲。乙。"
    assert words.in_turn(["One.", "Two."]) == "One. Two."
    assert words.percent(0.125) == "13%"


def test_a_type_has_its_name_in_the_language_of_the_reader():
    scenario = load("alliance-2023").scenario
    said = []
    for code in ALL:
        with speaking(code):
            names = [("renault", "base"), ("renault", "float_pressed"), ("nissan", "hawk")]
            said.append([words.kind(scenario.told(code), party, name) for party, name in names])
    assert said == [
        ["as usual", "float pressed", "hawk"],
        ["comme d’habitude", "pressé d’entrer en bourse", "faucon"],
        ["通常", "上場を急ぐ", "強硬派"],
    ]


def test_each_kind_of_offer_is_explained():
    assert "**gave way**: fewer points for itself" in words.kinds_help()
    with speaking("ja"):
        assert words.kinds_help().startswith("**最初の提案**：比べるものがない。**譲歩**：")


def test_what_a_link_says_in_the_readers_language_or_in_english():
    link = Link("x", {}, 1.0, {"en": "It holds.", "fr": "Cela tient."})
    with speaking("fr"):
        assert words.said(link) == "Cela tient."
    with speaking("ja"):
        assert words.said(link) == "It holds."
    assert words.said(Link("x", {}, 1.0, {})) == ""


def test_a_condition_is_told_in_the_words_of_the_case():
    scenario = load("cloud-for-two").scenario
    name, table = next(iter(scenario.tables.items()))
    issue = table.issues[0]
    pattern = {f"{name}.{issue.name}": tuple(issue.options[:2])}
    with speaking("fr"):
        told = words.condition(scenario, pattern)
    assert told == f"{issue.title}{HARD}: {issue.texts[0]} ou {issue.texts[1]}"


def test_differences_by_party_are_told():
    scenario = load("cloud-for-two").scenario
    with speaking("fr"):
        assert Reader(scenario, 1).gains([("kaido", -1.5), ("nimbus", 0.0)]) == "Kaido Motors −1,5"
        assert Reader(scenario, 1).gains([]) == "aucun changement de points"


def test_numbers_on_a_figure_are_french_in_french_only():
    spec = {"mark": "bar", "config": {"view": {"stroke": None}}}
    assert in_language(spec) is spec
    with speaking("fr"):
        told = in_language(spec)["config"]
    assert told["locale"]["number"]["decimal"] == ","
    assert told["view"] == {"stroke": None}


def test_lines_of_japanese_end_where_they_may():
    text = "第3週から、Googleの文書（クラウド）には、あなたの署名だけが欠けていました。"
    lines = wrapped(text, 20)
    assert "".join(lines) == text
    assert all(columns(line) <= 20 for line in lines)
    assert not any(line[0] in "、。）" or line[-1] == "（" for line in lines)
    assert wrapped("You got 45.8 points of 50", 12) == ["You got 45.8", "points of 50"]
    assert wrapped("x" * 9, 4) == ["xxxx", "xxxx", "x"]
    assert wrapped("字" * 5, 4) == ["字字", "字字", "字"]
    assert breakable("plain words") == "plain words"
    assert breakable("**字** a字") == f"**字** a{BREAK}字"
    assert shortened("提携の再編", 10) == "提携の再編"


def test_a_long_japanese_name_of_a_mark_is_short():
    long = "三社によるアライアンスの全面的な再編と新しい合意"
    here = Mark(long, "reference", (1.0, 2.0))
    with speaking("ja"):
        (one,) = merged([here])
        assert columns(one.name) <= 34
        assert merged([here, Mark("この対局", "game", (1.0, 2.0))])[0].name == "この対局ほか1"
        assert merged([here])[0].about == long


@pytest.mark.parametrize("code", ALL)
def test_a_card_and_a_paper_are_made_in_every_language(code):
    told = (
        "あなたは43.4点で、すべてから立ち去った場合を3.6点下回りました。" * 2
        if code == "ja"
        else "You got 43.4 points. " * 6
    )
    with speaking(code):
        drawn = svg(Card("T", "S", told, "", ("a",), "n", 43.4, 47.0))
        document = Document("T", (Section("S", (Text(told), Grid(("x", told), (("y", told),)))),))
        paper, html = pdf(document), page(document)
    assert drawn.count("font-size='30'") > 1
    assert {"en": ">you<", "fr": ">vous<", "ja": ">あなた<"}[code] in drawn
    assert paper.startswith(b"%PDF-")
    assert f'<html lang="{code}">' in html
    assert {"en": "scrolls sideways", "fr": "défile", "ja": "スクロール"}[code] in html


def test_the_heading_of_a_printed_figure_is_wrapped_by_width():
    heading = printable({}, "字" * 60)["title"]["text"]
    assert [len(line) for line in heading] == [42, 18]


def test_a_short_japanese_cell_of_a_table_stays_on_one_line():
    told = fragment(
        Grid(("役", "結果"), (("グループ1", "とても長い文がここに続き、幾つかの行に分かれます。"), ("a", 1.0)))
    )
    assert "<span style='word-break:keep-all'>グループ1</span>" in told
    assert "<span style='word-break:keep-all'>とても" not in told
    assert "<td>a</td>" in told


@pytest.mark.parametrize(("anchor", "first"), [("start", 100.0), ("middle", 90.0), ("end", 80.0)])
def test_texts_with_japanese_letters_are_parted_by_script_and_placed(anchor, first):
    text = f"<text x='100' y='1' font-size='10px' text-anchor='{anchor}'>点&amp;点</text>"
    drawn = by_script(f"<svg>{text}<text>you</text></svg>")
    assert "<text>you</text>" in drawn
    places = [float(x) for x in re.findall(r"tspan x='([-\d.]+)'", drawn)]
    wide = 20 + 10 * advance("&", "NotoSans")
    assert places[0] == pytest.approx(100 - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor], abs=0.01)
    assert places[1] == pytest.approx(places[0] + 10)
    assert places[2] == pytest.approx(places[0] + wide - 10, abs=0.01)
    assert abs(places[0] - first) < 10
    assert f"<tspan x='{places[1]:.2f}' font-weight='400' font-family='Noto Sans'>&amp;</tspan>" in drawn
    assert drawn.count("text-anchor") == 1


def test_a_picture_with_japanese_letters_is_drawn():
    spec = {"width": 40, "height": 20, "data": {"values": [{"a": "点 1"}]}, "mark": "text"}
    spec |= {"encoding": {"text": {"field": "a"}}}
    plain = {**spec, "data": {"values": [{"a": "x"}]}}
    assert [png(one)[:4] for one in (spec, plain)] == [b"\x89PNG"] * 2
    assert png(spec) != png(plain)
    assert by_script("<text>点</text>").startswith("<text text-anchor='start'")
