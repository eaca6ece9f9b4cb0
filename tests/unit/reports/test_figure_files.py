"""What a figure in a file says of itself, and the numbers in it."""

from xml.etree import ElementTree

from negotiation.reports.figure_files import LINE, numbers, printable, svg

BARS = {
    "data": {"values": [{"who": "Ana", "points": 3}, {"who": "Bob", "points": 4, "of all": 9}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "points", "type": "quantitative"},
        "y": {"field": "who", "type": "nominal"},
        "color": {"field": "who", "type": "nominal"},
    },
}


def test_a_file_of_a_figure_says_what_it_shows_of_which_case_and_day_with_its_legend():
    title = "Points of everybody " * 8
    spec = printable(BARS, title, ["Alliance 2023 · 30 November 2026", "The darker, the more"])
    drawn = "".join(ElementTree.fromstring(svg(spec, "bars")).itertext())
    for text in ("Alliance 2023 · 30 November 2026", "The darker, the more", "Ana", "who"):
        assert text in drawn
    assert len(spec["title"]["text"]) == 2
    assert all(len(line) <= LINE for line in spec["title"]["text"])
    assert drawn.count("Ana") == 2  # on the axis and in the legend


def test_the_numbers_of_a_figure_are_those_of_all_its_views():
    assert numbers(BARS) == "who,points,of all\nAna,3,\nBob,4,9\n"
    both = {"vconcat": [{**BARS, "title": {"text": "Before"}}, {"layer": [BARS], "title": "After"}]}
    assert numbers(both) == "of,who,points,of all\nBefore,Ana,3,\nBefore,Bob,4,9\n,Ana,3,\n,Bob,4,9\n"
    assert numbers({}) == "\n"
