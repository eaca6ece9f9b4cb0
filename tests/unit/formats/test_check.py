import pytest
from unit_small import SMALL

from negotiation.formats import loads
from negotiation.formats.check import findings, report


def found(*changes):
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return [f"{finding.weight}: {finding.text}" for finding in findings(loads(text, "small.yaml"))]


def test_bundled_cases_have_no_errors():
    for name in ("alliance-2023", "any-two-of-three", "cloud-for-two", "electric-quay"):
        text, fine = report(name)
        assert fine
        assert name in text
    assert report("cloud-for-two")[0].endswith("no problems found")


def test_the_facts_say_what_is_there():
    text, _ = report("electric-quay")
    assert "quay: 729 deals, 729 legal, 60 acceptable to all who sign" in text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([("adjust: {anna: 10}", "adjust: {anna: 100}")], "error: tables.house: empty bargaining zone"),
        (
            [
                ("{house.price: [high], house.date: [now]}", "{house.date: [now]}"),
                ("{price: low, date: now}", "{price: low, date: later}"),
            ],
            "warning: tables.house.issues.date.options.now: dead",
        ),
        (
            [
                (
                    "signers: {always: [anna, bert]}",
                    "signers: {always: [anna], when: [{party: bert, issue: date, options: [later]}]}",
                ),
                ("adjust: {anna: 10}", "adjust: {bert: 40}"),
            ],
            "warning: tables.house: no deal suits anna and bert",
        ),
        (
            [
                ("options: [shared]}], quorum: {of: [bert], min: 1}}", "options: [shared]}]}"),
                ("shadow_veto: [carl]", "affected: [carl]"),
                ("{name: Carl, kind: shadow, optional: true}", "{name: Carl}"),
            ],
            "note: parties.carl: has a seat at no table",
        ),
        (
            [("house.date: [now], garden.use: [shared]}, e", "house.date: [unsigned], house.price: [high]}, e")],
            "warning: links.L1: can never fire: no deal of house",
        ),
        (
            [("house.date: [now], garden.use: [shared]}, e", "house.price: [high], garden.use: [own]}, e")],
            "warning: links.L1: can never fire: a constraint forbids",
        ),
        (
            [("{anna: 3}}", "{anna: 3}, says: {en: Anna gets +3 then.}}")],
            "warning: links.L1.says.en: tells points (+3): whoever scores the link reads it",
        ),
        (
            [("{anna: 3}}", "{anna: 3}, says: {en: It is so., ja: 3点になります。}}")],
            "warning: links.L1.says.ja: tells points (3点)",
        ),
        (
            [
                (
                    "  - {id: L1",
                    "  - {id: L0, when: {house.date: [later]}, effect: {bert: 1}, says: {en: Soon., fr: Tôt.}}\n  - {id: L1",
                )
            ],
            "note: links.L1.says: nothing in en and fr, as other links have",
        ),
        (
            [
                (
                    "{house.price: [high], garden.use: [own]}",
                    "{house.price: [high], house.date: [unsigned], garden.use: [own]}",
                )
            ],
            "warning: constraints.C1: forbids what cannot happen at house",
        ),
    ],
)
def test_likely_mistakes_are_found(changes, message):
    assert any(line.startswith(message) for line in found(*changes)), found(*changes)


def test_a_sentence_of_a_link_may_hold_numbers_that_are_no_points():
    says = "says: {en: 'With 5% or 15/15 it is the mid-1990s again, at 10 sites.'}"
    assert not [line for line in found(("{anna: 3}}", f"{{anna: 3}}, {says}}}")) if "says" in line]
