"""Where the names of marks stand on a picture."""

from negotiation.reports import label_placement
from negotiation.reports.label_placement import Mark


def test_labels_do_not_overlap_and_marks_at_one_place_share_one():
    marks = [Mark(f"mark {n}", "solution", (50 + n / 10, 50 + n / 10)) for n in range(8)]
    marks.append(Mark("the same", "reference", marks[-1].scores, "again"))
    dots = label_placement.merged(marks)
    assert [dot.name for dot in dots[-2:]] == ["mark 6", "mark 7 · the same"]
    assert dots[-1].about == "mark 7; the same: again"
    assert label_placement.merged([Mark("a" * 40, "path", (1, 2))])[0].name == "a" * 33 + "…"
    three = [
        Mark("Nash", "solution", (1, 2)),
        Mark("Largest sum", "solution", (1, 2)),
        Mark("This game", "game", (1, 2)),
    ]
    assert [(dot.name, dot.kind) for dot in label_placement.merged(three)] == [("This game + 2 more", "game")]
    ranges = label_placement.domains([(0.0, 0.0), (100.0, 100.0)], dots)
    places = label_placement.placed(dots, ranges)
    lines = sorted((round(y, 6), align) for _, y, align in places)
    assert len(set(lines)) == len(lines)
    assert all(ranges[0][0] <= x <= ranges[0][1] and ranges[1][0] <= y <= ranges[1][1] for x, y, _ in places)


def test_a_mark_alone_among_dots_keeps_its_name_inside():
    [(x, _, align)] = label_placement.placed(
        [Mark("far right", "group", (100.0, 50.0))], [(0.0, 100.0), (0.0, 100.0)], [(99, 49)]
    )
    assert x <= 100.0
    assert align in ("left", "right")
    assert label_placement.merged([Mark("Everything unsigned", "unsigned", (1, 2))])[0].name == "Everything unsigned"
