"""What is written once becomes HTML and PDF: nothing of it is lost, markup and formulas of people stay text."""

import re

import pytest

from negotiation.documents import palette, printed
from negotiation.documents.blocks import Bullets, Document, Figure, Grid, Lines, Section, Text, rows_of, said
from negotiation.documents.printed import pdf, readable
from negotiation.documents.web import fragment, page


def spec(ink):
    return {
        "data": {"values": [{"a": 1, "b": 2}, {"a": 2, "b": 5}]},
        "mark": {"type": "line", "clip": True, "color": ink["p0"]},
        "encoding": {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b", "type": "quantitative"}},
    }


GRID = Grid(
    ("who", "points", "share", "gain"),
    (("<Ana>", 3.14159, "12%", -0.04), ("Bo", None, None, 2)),
    signed=(3,),
    shades={(0, 1): 0.8, (0, 0): 0.2},
    strong=(1,),
)
WHOLE = Document(
    "日産 and <b>Ōsaka</b>",
    (
        Section(
            "One",
            (
                Text("some **strong** & plain"),
                Text("large", "lead"),
                Bullets(("first", "**second**")),
                Bullets(("n",), numbered=True),
                GRID,
                Grid(("empty",), ()),
                Lines("Your target", 2),
                Figure("A figure", "fig", spec, "a,b\n1,2\n"),
            ),
            "what this is",
        ),
    ),
    "sub",
    ("a note",),
)


def test_cells_are_said_as_people_read_them():
    assert [GRID.said(0, k) for k in range(4)] == ["<Ana>", "3.1", "12%", "0.0"]
    assert [GRID.said(1, k) for k in range(4)] == ["Bo", "–", "–", "+2"]
    assert [GRID.numeric(k) for k in range(4)] == [False, True, True, True]
    assert not Grid(("x",), ((None,),)).numeric(0)
    assert said(-1234.56, 1, signed=True) == "−1,234.6"
    assert said(3.0, 0) == "3"
    assert rows_of(("a", "b"), [(1, "x,y")]) == 'a,b\n1,"x,y"\n'


def test_a_page_is_whole_and_its_text_is_text():
    text = page(WHOLE)
    assert "<title>日産 and &lt;b&gt;Ōsaka&lt;/b&gt;</title>" in text
    assert "<b>strong</b> &amp; plain" in text
    assert "&lt;Ana&gt;" in text
    assert "<td class='shade' style='--s:0.20'>" in text
    assert "<td class='n shade' style='--s:0.80'>" in text
    assert "<tr class=strong>" in text
    assert text.count("<svg") == 1
    assert re.search(r"clip\d+-fig", text)
    assert set(re.findall(r"https?://[^\"' ]+", text)) == {"http://www.w3.org/1999/xlink", "http://www.w3.org/2000/svg"}
    assert not re.search(r"<(script|link|img|iframe)|url\((?!#)|@import|\bsrc=", text)
    assert "what this is" not in page(Document("t", (Section("s", (Text("x"),)),)))


@pytest.mark.parametrize("block", WHOLE.sections[0].blocks[:7])
def test_every_block_is_balanced_html(block):
    tags = re.findall(r"<(/?)([a-z]+)", fragment(block))
    opened = [tag for closing, tag in tags if not closing]
    assert sorted(opened) == sorted(tag for closing, tag in tags if closing)


def test_the_same_document_is_the_same_file():
    first = pdf(WHOLE)
    assert first.startswith(b"%PDF-")
    assert first == pdf(WHOLE)
    assert pdf(WHOLE, landscape=True) != first
    bare = pdf(Document("t", (Section("s", (Text("x"),)),)))
    assert len(bare) < len(first)


def test_a_tall_figure_shrinks_to_its_page_and_long_tables_go_on(monkeypatch):
    def tall(ink):
        return {**spec(ink), "height": 3000}

    rows = tuple((f"r{n}", float(n)) for n in range(120))
    long = Document("t", (Section("s", (Figure("f", "f", tall, ""), Grid(("a", "b"), rows), Lines("w", 3))),))
    assert len(re.findall(rb"/Type /Page\b", pdf(long))) >= 3
    wide = Document("t", (Section("s", (Grid(tuple("abcdefghi"), (tuple(range(9)),)),)),))
    assert pdf(wide)


def test_letters_no_font_has_are_told_by_number():
    assert readable("Ōsaka 東京 カナ → Ω Ж") == "Ōsaka 東京 カナ → Ω Ж"
    assert readable("ก\nx") == "[U+0E01]\nx"


def test_colours_have_one_name_everywhere():
    assert set(palette.ink(night=True)) == set(palette.ink(night=False)) == set(palette.PAINT)
    assert palette.party(13) == "p1"
    assert palette.variables().count("--p3:") == 2
    assert printed._tint(0.0) is None
    assert printed._tint(1.0)[0] < 255
