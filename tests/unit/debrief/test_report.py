"""The debrief as a document: every part is there, says what was found, and nobody is named who is not to be."""

from dataclasses import replace

import pytest
from support_class import TEACHER, Class, play_out, played, seated

from negotiation.analysis.value_claimed import Claims, part
from negotiation.debrief import charts, choices, frontiers, outcomes, process, value_claimed
from negotiation.debrief.class_data import gather
from negotiation.debrief.comparisons import Agents, Earlier
from negotiation.debrief.counterfactuals import Policy, Twin
from negotiation.debrief.luck import twin_text
from negotiation.debrief.personal import personal_debrief, result_of
from negotiation.debrief.replays import spread
from negotiation.debrief.report import document, findings, parts
from negotiation.reports import blocks
from negotiation.reports import value_claimed as sentences
from negotiation.reports.blocks import Figure
from negotiation.reports.palette import ink
from negotiation.reports.web import fragment, page

INK = ink(night=False)


def text_of(sections):
    return "".join(
        f"{section.title} {section.about} "
        + "".join(fragment(block) for block in section.blocks if not isinstance(block, Figure))
        for section in sections
    )


def figures_of(sections):
    return [block for section in sections for block in section.blocks if isinstance(block, Figure)]


@pytest.fixture(scope="module")
def yard(found):
    parties = found.klass.case.roles
    agents = Agents(20, {party: spread([40.0, 60.0, 80.0]) for party in parties})
    past = (Earlier("Last year", 1.0, 4, dict.fromkeys(parties, 50.0)),)
    group = found.klass.groups[0]
    seen = spread([48.0, 60.0, 71.0])
    twins = {
        f"{group.id}/{party}": Twin(62.0, seen, seen, seen, Policy(0.9, 0.5, 0.3), 5, -0.1 if n else 0.1, 0.4)
        for n, party in enumerate(list(parties)[:2])
    }
    return agents, past, twins


def test_the_whole_debrief_is_one_page(found, yard):
    agents, past, twins = yard
    made = document(found, [["renault", "nissan"], ["renault", "nissan", "mitsubishi"]], agents, past, twins)
    text = page(made)
    for said in (
        "How it ended",
        "Renault Group and Nissan Motor on the exact frontier",
        "Renault Group, Nissan Motor and Mitsubishi Motors on the exact frontier",
        "Created together, claimed by each",
        "Each role against its own kind",
        "Luck and skill",
        "Who chose what",
        "First offers and results",
        "Concession curves",
        "The coalition path",
        "What people believed",
        "Improvements missed",
        "agents only, mean of 20",
        "Last year, 4 groups",
        "Person 3",
        *(one.title for name, one in found.klass.case.references.items() if name.startswith("history")),
    ):
        assert said in text, said
    assert text.count("<svg") == len(figures_of(made.sections)) == 7
    assert made.subtitle.endswith("3 groups, 17 people")


def test_without_yardsticks_and_names_nobody_is_named(found, monkeypatch):
    hidden = replace(found, klass=replace(found.klass, names=False))
    made = document(hidden)
    text = text_of(made.sections) + "".join(figure.rows for figure in figures_of(made.sections))
    assert "Person" not in text
    assert "P01" in text
    assert "agents only" not in text
    assert len(figures_of(made.sections)[2].spec(INK)["layer"]) == 2
    assert len(parts(hidden, [])) == 10
    waiting = parts(hidden, [], twins={})
    assert "not there yet" in text_of([waiting["Luck and skill"]()])
    monkeypatch.setattr("negotiation.debrief.report.FEW", 2)
    assert "Terms" not in parts(hidden, [])


def test_a_board_says_what_each_group_got(found):
    text = text_of([outcomes.board(found.klass)])
    for group in found.klass.groups:
        for party in found.klass.case.roles:
            assert blocks.said(group.points[party], 1) in text


def test_what_was_put_on_record_is_marked(rooms):
    room = rooms()
    one, _ = played(room, 3)
    group = next(iter(one.now.groups))
    table = next(iter(gather(room, one.id).case.scenario.tables))
    room.teaching.correct(TEACHER, one.id, group, {table: None}, "torn up")
    klass = gather(room, one.id)
    text = text_of(
        [outcomes.board(klass), *(part() for part in parts(findings(klass), [list(klass.case.roles)[:2]]).values())]
    )
    title = klass.case.scenario.tables[table].title
    assert f"* group 1: put on record by the teacher: {title} (unsigned). Torn up." in text
    assert "group 1*" in text
    assert f"group 1, <b>{title}</b>: put on record by the teacher" in text
    hidden = text_of([outcomes.board(gather(room, one.id, names=False))])
    assert "Torn up" not in hidden
    assert "The reason is on the record of the class." in hidden


def test_a_class_that_did_nothing_is_told_so(rooms):
    room = rooms()
    one, _ = seated(room, 6)
    found = findings(gather(room, one.id))
    text = text_of(part() for part in parts(found, []).values())
    for said in (
        "Nobody made an offer.",
        "Nobody has filled in a worksheet.",
        "nobody ever made an offer there",
        "nothing was signed",
        "No group missed an issue",
    ):
        assert said in text, said


def test_heat_maps_mark_what_was_missed(found):
    section = choices.chosen(found.klass, found.lessons)
    [figure] = figures_of([section])
    rows = figure.spec(INK)["data"]["values"]
    missed = {(str(g.number), i) for g in found.klass.groups for t, i, _ in found.lessons[g.id].missed}
    marked = [row for row in rows if row["mark"]]
    assert len(marked) == len(missed) > 0
    assert "settled otherwise in group" in text_of([section])


def test_first_offers_of_few_say_no_correlation(found):
    one = replace(found.klass, groups=found.klass.groups[:1])
    few = {found.klass.groups[0].id: list(found.moves[found.klass.groups[0].id])[:2]}
    assert "Too few offers" in text_of([process.first_offers(one, few)])
    assert "r = " in text_of([process.first_offers(found.klass, found.moves)])


def test_beliefs_without_any_guess(rooms):
    room = rooms()
    one, seats = seated(room, 3)
    one.go("prepare")
    room.play.prepare(seats[0], {"target": 5}, "k")
    text = text_of([process.beliefs(gather(room, one.id))])
    assert "most guessed" not in text
    assert "5.0" in text


def test_other_types_are_not_on_the_picture(rooms):
    room = rooms()
    one = Class(room, case="alliance-2023", homework=True, fresh=True, rounds=4)
    for n in range(3):
        one.seat(f"H{n}")
    play_out(one)
    klass = gather(room, one.id)
    assert len(klass.alike) < len(klass.groups)
    section = frontiers.section(klass, ["renault", "nissan"])
    assert "had parties of other private types" in text_of([section])
    other = next(group for group in klass.groups if group not in klass.alike)
    only = frontiers.section(klass, ["renault", "nissan"], only=other)
    assert "your group" not in str(figures_of([only])[0].spec(INK))


def test_one_person_sees_the_own_group_and_no_names(found, yard):
    group = found.klass.groups[0]
    hidden = replace(found, klass=replace(found.klass, names=False))
    for n, (party, partner) in enumerate((("renault", "nissan"), ("nissan", "google"))):
        twin = list(yard[2].values())[n]
        made = personal_debrief(hidden, group.people[party][0].id, partner, twin)
        text = text_of(made)
        assert f"You were {found.klass.title(party)}" in text
        assert "You got <b>62.0</b>; agents in your seat got" in text
        assert ("opening higher" if n == 0 else "opening lower") in text.lower()
        assert "± 0.4" in text
        assert "P0" not in text
        assert "your group" in str(figures_of(made)[1].spec(INK))
    assert "What you believed" in text_of(
        s
        for who, (_, p) in found.klass.results.items()
        for s in personal_debrief(hidden, who, "nissan" if p != "nissan" else "renault")
    )
    assert twin_text(twin, 1).startswith("You got **62.0**")
    assert twin_text(twin, 3).startswith("You got **62.000**")  # points of a unit


def test_a_result_against_nothing_signed_is_said_in_words(rooms):
    room = rooms()
    one, (ana, *_) = seated(room, 3)
    found = findings(gather(room, one.id))
    group = found.klass.groups[0]
    told = text_of([result_of(found, ana.person)])
    assert "the same as leaving everything unsigned" in told
    assert "can be compared with yours" in told
    nothing = replace(
        found, lessons={group.id: replace(found.lessons[group.id], most=None, share=None, left=0.0, improvements=())}
    )
    made = personal_debrief(nothing, ana.person, next(party for party in found.klass.case.roles if party != ana.party))
    assert (
        "Together your group made <b>0.0 points</b> above everything unsigned, the cost of delay left out."
        in text_of(made)
    )
    assert "You claimed" not in text_of(made)
    assert "Nothing: no change would have hurt nobody." in text_of(made)


def test_created_without_anything_to_gain(found):
    group = found.klass.groups[0]
    worse = replace(found.lessons[group.id], claims=Claims(dict.fromkeys(group.points, -1.0)), most=None, share=None)
    klass = replace(found.klass, groups=(group,))
    section = value_claimed.created(klass, {group.id: worse})
    assert "Nothing was to be gained" in text_of([section])
    assert figures_of([section])[0].spec(INK)["layer"][1]["data"]["values"] == []


def losing(found, **each):
    """The first group as if its parties had claimed this."""
    group = found.klass.groups[0]
    claims = Claims(dict.fromkeys(group.points, 0.0) | each)
    seen = replace(found.lessons[group.id], claims=claims, most=40.0, share=part(claims.created, 40.0))
    return replace(found.klass, groups=(group,)), seen


def test_a_loss_is_told_as_a_loss_and_nobody_has_more_than_all(found):
    klass, seen = losing(found, renault=53.0, nissan=-45.0)
    section = value_claimed.created(klass, {klass.groups[0].id: seen})
    figure, grid = section.blocks[1:]
    cells = dict(zip(grid.head, (grid.said(0, n) for n in range(len(grid.head))), strict=True))
    assert (cells["created"], cells["of the most"]) == ("8.0", "20%")
    assert (cells["Renault Group"], cells["Nissan Motor"], cells["Geely"]) == ("100%", "−45.0", "0%")
    assert "to the left what some lost" in figure.title
    assert sentences.together(seen.claims, seen.most, 1) == (
        "All together made **8.0 points** above everything unsigned, the cost of delay left out: 20% of the 40.0 that could be had "
        "with nobody below it. Some gained 53.0 by it, others lost 45.0."
    )
    assert sentences.claim(seen.claims, "renault", 1) == "You claimed **53.0 points**, 100% of all that was gained."
    assert sentences.claim(seen.claims, "nissan", 1) == "You lost **45.0 points** by it."


def test_what_is_no_part_of_the_most_is_told_in_points(found):
    _, seen = losing(found, renault=90.0, nissan=-45.0)
    assert seen.share is None
    assert "; the most that could be had with nobody below it was 40.0. Some gained 90.0" in sentences.together(
        seen.claims, seen.most, 1, sentences.GROUP_MADE
    )
    _, seen = losing(found, nissan=-4.0)
    assert sentences.together(seen.claims, seen.most, 1).startswith(
        "All together made **4.0 points** below everything unsigned"
    )
    assert sentences.claim(seen.claims, "renault", 1) == ""


def test_groups_dealt_other_types_have_another_most(found):
    klass, seen = losing(found, renault=10.0)
    other = replace(klass.groups[0], id="other", number=2)
    both = replace(klass, groups=(klass.groups[0], other))
    section = value_claimed.created(both, {klass.groups[0].id: seen, "other": replace(seen, most=50.0)})
    assert "**40.0 to 50.0 points**, by the private types that were dealt." in section.blocks[0].text
    ticks = section.blocks[1].spec(INK)["layer"][1]["data"]["values"]
    assert [row["most"] for row in ticks] == [40.0, 50.0]


def test_long_texts_are_cut():
    assert choices.short("a" * 61) == "a" * 59 + "…"
    assert choices.short("abc") == "abc"


def test_charts_are_whole(found):
    spec = charts.strips([], ["a"], INK, [], [])
    assert len(spec["layer"]) == 2
    row = {"what": "agents", "least": 1, "low": 2, "median": 3, "high": 4, "most": 5}
    spec = charts.spreads([row], INK, 3.5, ["agents"])
    assert spec["layer"][3]["data"]["values"] == [{"now": 3.5}]
