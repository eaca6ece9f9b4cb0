"""The audit trail reads as sentences, with names."""

from support_class import TEACHER

from negotiation.classroom.facts import Revoked, Ungrouped
from negotiation.classroom.trail import author, told
from negotiation.formats import load


def test_every_change_of_a_class_is_told(local, local_class):
    one = local_class(case="cloud-for-two", arrive=False, surplus="share")
    ana, bob = one.seat("Ana"), one.seat("Bob")
    teaching = local.teaching
    teaching.form(TEACHER, one.id)
    one.go("read")
    ana, bob = one.again(ana), one.again(bob)
    local.play.prepare(ana, {"target": 50}, "k1")
    one.go("negotiate")
    teaching.pause(TEACHER, one.id)
    teaching.resume(TEACHER, one.id)
    teaching.extend(TEACHER, one.id, 120)
    teaching.extend(TEACHER, one.id, -60)
    teaching.swap(TEACHER, one.id, ana.person, bob.person)
    teaching.take_over(TEACHER, one.id, ana.group, ana.party)
    teaching.hand_back(TEACHER, one.id, ana.group, ana.party)
    teaching.move(TEACHER, one.id, bob.person, bob.group)
    teaching.move(TEACHER, one.id, bob.person, "")
    teaching.rename(TEACHER, one.id, bob.person, "Robert")
    teaching.open_group(TEACHER, one.id, ana.group)
    table = next(iter(load("cloud-for-two").scenario.tables.values()))
    outcome = {table.name: table.name_of(table.deal(0))}
    teaching.correct(TEACHER, one.id, ana.group, outcome, "signed on paper")
    teaching.correct(TEACHER, one.id, ana.group, {table.name: None}, "no, not")
    teaching.remove(TEACHER, one.id, bob.person)
    teaching.readmit(TEACHER, one.id, bob.person)
    teaching.take_away(TEACHER, one.id, "Data", names=True)
    teaching.take_away(TEACHER, one.id, "Debrief", names=False)
    assert one.now.exports == 2
    teaching.together(TEACHER, one.id, allowed=True)
    teaching.together(TEACHER, one.id, allowed=False)
    teaching.close_code(TEACHER, one.id)
    facts = teaching.record(TEACHER, one.id)
    scenario = load("cloud-for-two").scenario
    said = [told(one.now, fact, scenario) for fact in facts]
    mine = scenario.parties[ana.party].title
    for sentence in (
        "a new join code was opened",
        "Ana joined",
        "Robert joined",
        "group 1 was opened",
        f"Ana sits in group 1 for {mine}",
        "the class is in the phase read",
        "Ana handed in a preparation sheet",
        "the clock was stopped",
        "several people may take places with one device",
        "one device takes one place",
        "the clock goes on",
        "2 min more on the clock",
        "1 min less on the clock",
        "Ana and Robert have each other's place",
        f"an agent plays {mine} in group 1",
        f"people have back {mine} in group 1",
        "Robert observes group 1",
        "Robert waits in the lobby",
        "somebody is now called Robert",
        "group 1 was looked into",
        f"the outcome of group 1 is corrected: {table.title} (unsigned). Reason: no, not",
        "Robert left the class",
        "Robert was logged out on all devices",
        "Robert came back",
        "data were taken away: Data, with names",
        "data were taken away: Debrief, with pseudonyms",
        "Robert was given a code for another device",
        "the join code was closed",
    ):
        assert sentence in said
    terms = "; ".join(f"{issue.title}: {issue.texts[k]}" for issue, k in zip(table.issues, table.deal(0), strict=True))
    assert f"the outcome of group 1 is corrected: {table.title} ({terms}). Reason: signed on paper" in said
    who = [author(one.now, fact) for fact in facts]
    assert who[0] == "Tea"
    assert who[1] == "Ana"


def test_people_and_groups_that_are_not_known_have_no_name(local_class):
    now = local_class().now
    scenario = load("any-two-of-three").scenario
    assert told(now, Revoked("x"), scenario) == "somebody was logged out on all devices"
    assert told(now, Ungrouped("x"), scenario) == "a group was closed"
