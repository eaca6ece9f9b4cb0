"""What is written once becomes HTML and PDF: nothing of it is lost, markup and formulas of people stay text."""

import re
from xml.etree import ElementTree

import pytest

from negotiation.plural import counted, people_of
from negotiation.reports import font_coverage, palette, pdf_page, terminal
from negotiation.reports import pdf as renderer
from negotiation.reports.blocks import (
    Bullets,
    Document,
    Figure,
    Fold,
    Grid,
    Lines,
    Parties,
    Section,
    Text,
    rows_of,
    said,
)
from negotiation.reports.figure_files import drawable, png, svg
from negotiation.reports.font_coverage import readable
from negotiation.reports.pdf import pdf
from negotiation.reports.web import fragment, page, picture


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
                Fold("To **open**", (Text("folded"), Grid(("a", "b"), (("x", 1.5),), shades={(0, 1): -0.5}))),
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
    assert 'id="fig-0"' in text
    assert page(WHOLE) == text
    assert set(re.findall(r"https?://[^\"' ]+", text)) == {"http://www.w3.org/1999/xlink", "http://www.w3.org/2000/svg"}
    assert not re.search(r"<(script|link|img|iframe)|url\((?!#)|@import|\bsrc=", text)
    assert "what this is" not in page(Document("t", (Section("s", (Text("x"),)),)))


@pytest.mark.parametrize("block", WHOLE.sections[0].blocks[:8])
def test_every_block_is_balanced_html(block):
    tags = re.findall(r"<(/?)([a-z]+)", fragment(block))
    opened = [tag for closing, tag in tags if not closing]
    assert sorted(opened) == sorted(tag for closing, tag in tags if closing)


def test_in_a_terminal_it_is_text_in_columns():
    lines = terminal.text(WHOLE).splitlines()
    assert lines[:3] == ["日産 and <b>Ōsaka</b>", "sub", "a note"]
    assert "some strong & plain" in lines
    assert lines[lines.index("1. n") + 1 :][:2] == ["  who    points  share  gain", "  <Ana>     3.1    12%   0.0"]
    assert [line.strip() for line in lines if "_" in line or "target" in line] == ["Your target:", "_" * 60, "_" * 60]
    assert lines[-5:] == ["", "To open", "  folded", "    a    b", "    x  1.5"]
    wide = Grid(("a", "what is said"), (("x" * 90, "word " * 20),))
    long = terminal.text(Document("t", (Section("s", (wide,)),))).splitlines()
    assert max(map(len, long)) <= 90 + 4 + terminal.NARROW
    assert len(long) == 3 + 1 + 4


def test_parties_of_a_table_are_in_their_colours():
    grid = Grid(("who",), ((Parties(("Ana", "Bo"), (0, 13)),),))
    assert "<span class='who' style='--c:var(--p0)'>Ana</span> <span class='who' style='--c:var(--p1)'>Bo</span>" in (
        fragment(grid)
    )
    assert grid.said(0, 0) == "Ana and Bo"
    assert "<td class='n bad' style='--s:0.50'>" in fragment(WHOLE.sections[0].blocks[7])


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
    assert readable("አ\nx") == "[U+12A0]\nx"
    assert font_coverage.unknown("አxአለ") == "ለአ"
    assert font_coverage.affected(["Ana", "አበበ", "김민준"]) == ["አበበ"]


@pytest.fixture
def shaping(monkeypatch):
    """Whether the shaping engine is there, as the test says."""

    def there(yes):
        monkeypatch.setattr(font_coverage, "SHAPING", yes)
        font_coverage._needed.cache_clear()

    yield there
    font_coverage._needed.cache_clear()


NAMES = {
    "NotoSansJP": "東京",
    "NotoSansSC": "李喆",
    "NotoSansKR": "김민준 뷁",
    "NotoSansGeorgian": "გიორგი",
    "NotoSansArmenian": "Արամ",
    "NotoEmoji": "Zoë 🦊 ❤️ 👩\u200d💻",
}
JOINED = {
    "NotoSansArabic": "محمد علي‌رضا",
    "NotoSansHebrew": "דוד כהן",
    "NotoSansDevanagari": "अमित शर्मा",
    "NotoSansBengali": "অমিত",
    "NotoSansGujarati": "અમિત",
    "NotoSansGurmukhi": "ਅਮਿਤ",
    "NotoSansTamil": "ஆதித்யா",
    "NotoSansTelugu": "అమిత్",
    "NotoSansThai": "สมชาย ใจดี",
}


def named(*names):
    return Document("t", (Section("s", (Grid(("who",), tuple((name,) for name in names)), Text("and **so** on"))),))


def test_names_in_every_script_have_a_font(shaping):
    shaping(True)
    for family, name in {**NAMES, **JOINED}.items():
        assert family in font_coverage.families(name)
        assert not font_coverage.unknown(name)
        assert font_coverage.joined(name) is (family in JOINED)
    assert font_coverage.families("Ana Ольга Zoë") == ()
    plain = pdf(named("Ana"))
    for family, name in NAMES.items():
        assert family.encode() in pdf(named(name)), family
        assert family.encode() not in plain, family


def test_without_the_shaping_engine_letters_that_need_it_are_told_by_number(shaping):
    shaping(False)
    for name in JOINED.values():
        assert font_coverage.affected([name])
        assert readable(name).startswith("[U+")
    assert b"NotoSansArabic" not in pdf(named(*JOINED.values()))


def test_the_shaping_engine_is_used_where_it_is_needed(shaping, monkeypatch):
    asked = []
    monkeypatch.setattr(pdf_page.PdfPage, "set_text_shaping", lambda _self, on: asked.append(on))
    shaping(True)
    assert b"NotoSansHebrew" in pdf(named("דוד"))
    assert asked == [True]
    pdf(named("Ana", "김"))
    assert asked == [True]


def test_arabic_is_joined_and_runs_from_the_right():
    """With the engine itself: the letters of a word take the forms they have inside it."""
    pytest.importorskip("uharfbuzz")
    file = pdf(named("محمد علي", "Ana and דוד כהן"))
    assert b"NotoSansArabic" in file
    assert file == pdf(named("محمد علي", "Ana and דוד כהן"))
    assert pdf(Document("محمد", (Section("علي", (Text("ا"),)),)))


@pytest.fixture
def pages(monkeypatch):
    """On which page headings, pictures and lines stand, as they are set."""
    seen = []

    def watch(name, what):
        real = getattr(pdf_page.PdfPage, name)

        def said(self, *args, **more):
            made = real(self, *args, **more)
            seen.append((what, self.page))
            return made

        monkeypatch.setattr(pdf_page.PdfPage, name, said)

    watch("heading", "heading")
    watch("image", "image")
    return seen


@pytest.mark.parametrize("lines", range(0, 44, 2))
def test_a_heading_stands_where_what_it_heads_begins(pages, lines):
    """Wherever on a page it falls: a chart, a table or room to write never begins on the page after its heading."""
    above = Section("above", (Bullets(("x",) * lines), Text("end")))
    chart = Section("chart", (Text("What it shows."), Figure("A figure", "f", spec, "")), "about it")
    tall = Section("tall", (Text("Why."), Figure("A", "f", lambda ink: {**spec(ink), "height": 3000}, "")), "about it")
    pdf(Document("t", (above, chart, tall)))
    assert [what for what, _ in pages[-4:]] == ["heading", "image"] * 2
    assert pages[-1][1] == pages[-2][1]
    assert pages[-3][1] == pages[-4][1]


@pytest.mark.parametrize("lines", range(30, 44, 2))
def test_tables_and_lines_begin_under_their_heading(monkeypatch, lines):
    begun = []
    for name in ("_table", "_lines"):
        real = getattr(renderer, name)

        def said(sheet, *args, real=real):
            before = sheet.page
            real(sheet, *args)
            begun.append((before, sheet.page))

        monkeypatch.setattr(renderer, name, said)
    above = Section("above", tuple(Text("x") for _ in range(lines)))
    table = Section("table", (Grid(("a", "b"), tuple((f"r{n} " * 20, n) for n in range(6))),))
    pdf(Document("t", (above, table, Section("write", (Lines("Why?", 3),)))))
    assert begun
    assert all(before == after for before, after in begun)


@pytest.mark.parametrize("lines", range(20, 44, 3))
def test_a_small_section_is_not_parted(monkeypatch, lines):
    """What is ticked and who signs stand on one page of the outcome form."""
    pages = []
    real = pdf_page.PdfPage.paragraph

    def said(self, text, *args, **more):
        real(self, text, *args, **more)
        pages.append((text[:6], self.page))

    monkeypatch.setattr(pdf_page.PdfPage, "paragraph", said)
    above = Section("above", tuple(Text("x") for _ in range(lines)))
    form = (Grid(("a",), tuple((f"r{n}",) for n in range(6))), Bullets(("signed one",)), Text("signed two"))
    pdf(Document("t", (above, Section("form", form, "signed: about"))))
    assert len({page for text, page in pages[-3:]}) == 1
    assert {text for text, _ in pages[-3:]} == {"signed", "•  sig"}


def told_by_page(monkeypatch, document):
    """The cells of a document, each with the page it was set on, in order."""
    seen = []
    real = pdf_page.PdfPage.multi_cell

    def said(self, *args, **more):
        made = real(self, *args, **more)
        if not more.get("dry_run"):
            seen.append((more.get("text", ""), self.page))
        return made

    with monkeypatch.context() as patch:
        patch.setattr(pdf_page.PdfPage, "multi_cell", said)
        pdf(document)
    return seen


@pytest.mark.parametrize("lines", range(0, 44, 4))
def test_options_stay_on_the_page_of_their_issue(monkeypatch, lines):
    """Else whoever turns the page reads options and does not know of what."""
    above = Section("above", tuple(Text("x") for _ in range(lines)))
    rows = tuple((f"issue {n // 4}" if n % 4 == 0 else "", f"option {n}", n) for n in range(40))
    cells = dict(told_by_page(monkeypatch, Document("t", (above, Section("sheet", (Grid(("a", "b", "c"), rows),))))))
    for n in range(40):
        assert cells[f"option {n}"] == cells[f"issue {n // 4}"]


def test_an_issue_with_more_options_than_a_page_has_room_for_is_printed(monkeypatch):
    rows = tuple(("" if n else "issue", f"option {n}", n) for n in range(120))
    cells = dict(told_by_page(monkeypatch, Document("t", (Section("sheet", (Grid(("a", "b", "c"), rows),)),))))
    assert {f"option {n}" for n in range(120)} <= set(cells)
    assert cells["option 119"] > cells["option 0"] == cells["issue"]


def test_a_long_list_begins_under_its_heading(pages):
    for lines in range(30, 44, 4):
        above = Section("above", tuple(Text("x") for _ in range(lines)))
        long = (
            Section("list", (Bullets(("one of many " * 20,) * 20),)),
            Section("rows", (Grid(("a",), (("x",),) * 90),)),
        )
        pdf(Document("t", (above, *long)))
    assert {what for what, _ in pages} == {"heading"}


def test_a_few_lines_are_not_alone_on_the_last_page():
    """As long as a little less space takes them in, all is set a little smaller."""

    def told(lines):
        return Document("t", (Section("s", (Text("x"),) * lines),))

    def plain(lines):
        sheet = renderer._set(told(lines), {}, landscape=False)
        sheet.drop()
        return sheet.page

    def length(lines):
        return len(re.findall(rb"/Type /Page\b", pdf(told(lines))))

    one_more = next(lines for lines in range(20, 60) if plain(lines) > 1)
    assert [length(one_more), length(one_more + 2), length(one_more + 20)] == [1, 1, 2]
    lines = next(n for n in range(5, 30) if len(written(n)) > 1)
    assert len(written(lines)) == 2  # room to write on is as large as it must be


def written(count):
    """The pages of a document of so many lines to write on."""
    room = Section("s", (Lines("Why?", 1),) * count)
    return re.findall(rb"/Type /Page\b", pdf(Document("t", (room,))))


def test_things_agree_with_their_number():
    assert [people_of(n) for n in (0, 1, 2, 1600)] == ["0 people", "1 person", "2 people", "1,600 people"]
    assert [counted(n, "week") for n in (0, 1, 16)] == ["0 weeks", "1 week", "16 weeks"]


def test_colours_have_one_name_everywhere():
    assert set(palette.ink(night=True)) == set(palette.ink(night=False)) == set(palette.PAINT)
    assert palette.party_colour(13) == "p1"
    assert palette.variables().count("--p3:") == 2
    assert renderer._tint(0.0) is None
    assert renderer._tint(1.0)[0] < 255


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("😀 𠮷", "😀 𠮷"),
        ("a\ud83d b\ude00", "a\ufffd b\ufffd"),
        ("\x07\x1b[2J\ufffe", "\ufffd\ufffd[2J\ufffd"),
        ("line\nbreak", "line\ufffdbreak"),
    ],
)
def test_letters_of_every_plane_are_drawn_and_halves_are_not(text, drawn):
    whole = {"title": text, "data": {"values": [{text: 1.5, "n": (text, None)}]}}
    assert drawable(whole) == {"title": drawn, "data": {"values": [{drawn: 1.5, "n": [drawn, None]}]}}
    picture = svg({**spec({"p0": "#000"}), "title": text}, "x")
    assert picture.startswith("<svg")
    assert png({**spec({"p0": "#000"}), "title": text}).startswith(b"\x89PNG")


def test_a_figure_is_a_file_of_its_own_in_light_and_dark():
    file = picture(Figure("A figure", "fig", spec, ""))
    assert ElementTree.fromstring(file).tag.endswith("svg")
    assert "prefers-color-scheme:dark" in file
    several = picture(Figure("Two", "two", lambda ink: {"hconcat": [spec(ink), spec(ink)]}, ""))
    assert ElementTree.fromstring(several).tag.endswith("svg")


def test_lines_as_they_are():
    plan = Document("t", (Section("s", (Text("a: 1\n  b: <2>", "code"),)),))
    assert "<pre>a: 1\n  b: &lt;2&gt;</pre>" in page(plan)
    assert terminal.text(plan).splitlines()[-2:] == ["a: 1", "  b: <2>"]
    assert pdf(plan)


def test_a_table_on_a_page_is_moved_with_keys_and_a_column_without_a_name_has_no_head():
    table = fragment(Grid(("", "points"), (("Ana", 3.0),)))
    assert "<div class='wide' tabindex='0' role='group' aria-label='Table that scrolls sideways'>" in table
    assert "<tr><td></td><th class='n'>points</th></tr>" in table
