"""Whoever runs a class: what they can do, what stays on the record, and what private talk stays private."""

import pytest
from support_class import TEACHER, Class
from unit_small import SMALL, wide

from negotiation.actions import Say
from negotiation.classroom.accounts import Account
from negotiation.classroom.phases import Phase
from negotiation.classroom.settings import Settings
from negotiation.classroom.talk import TEACHER as HELP
from negotiation.errors import NegotiationError, Refused
from negotiation.formats import bundled, loads

OBSERVER = Account("Obi", "observer")
ASSISTANT = Account("Ann", "assistant")


def give(one, *accounts):
    """Add accounts to a class, which get a password first."""
    for account in accounts:
        one.room.accounts.add(Account("Ada", "administrator"), account.name, "correct horse battery", account.role)
        one.room.teaching.give(TEACHER, one.id, account.name)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"case": "nothing"}, "unknown case 'nothing'"),
        ({"case": "/etc/passwd"}, "those that come with the package"),
        ({"variant": "nothing"}, "variant"),
        ({"protocol": "shouting"}, "unknown protocol"),
        ({"surplus": "leave"}, "unknown surplus"),
        ({"counts": "worst"}, "unknown attempt that counts"),
        ({"agents": {"nobody": "linear"}}, "unknown party"),
        ({"agents": {"aster": "genius"}}, "unknown strategy"),
        ({"level": "mine.py:Mine"}, "only the built-in ones play here"),
        ({"level": "negmas:Some"}, "only the built-in ones play here"),
        ({"level": "linear:exponent=x"}, "exponent"),
        ({"reveal": {"secrets": "read"}}, "unknown thing to reveal"),
        ({"reveal": {"sheet": "never"}}, "unknown phase"),
        ({"reveal": {"sheets": "read"}}, "sheets of others cannot be shown before the debrief"),
        ({"reveal": {"results": "sign"}}, "results of others cannot be shown before the debrief"),
        ({"minutes": {"lobby": 1}}, "unknown phase with a clock"),
        ({"minutes": {"read": -1}}, "minutes of read"),
        ({"round_seconds": 0.5}, "seconds of a round"),
        ({"rounds": 20_000}, "rounds: 20000"),
        ({"attempts": -1}, "attempts"),
        ({"seat": "nobody"}, "unknown seat for homework"),
        ({"agents": {"aster": "linear", "birch": "linear", "cobalt": "linear"}}, "agents take every seat"),
        ({"types": {"aster": "nothing"}}, "unknown type"),
    ],
)
def test_a_class_that_cannot_be_is_refused(local, settings, why):
    settings = {"case": "any-two-of-three", **settings}
    parties = list(Class(local).now.parties)
    if "agents" in settings and len(settings["agents"]) == 3:
        settings["agents"] = dict.fromkeys(parties, "linear")
    elif settings.get("agents"):
        settings["agents"] = {parties[0] if p == "aster" else p: t for p, t in settings["agents"].items()}
    elif settings.get("types"):
        settings["types"] = {parties[0]: "nothing"}
    with pytest.raises(NegotiationError, match=why):
        local.teaching.create(TEACHER, Settings.of(settings))


def test_a_case_of_ones_own_is_kept_with_the_class(room):
    text = bundled()["cloud-for-two"].read_text().replace("id: cloud-for-two", "id: my-own")
    session, code = room.teaching.create(TEACHER, Settings(case="my-own"), title="Monday", text=text)
    assert session.title == "Monday"
    seat = room.seats.identify(room.seats.join(code, "Ana", key="a-key-of-a-page-1"))
    assert room.play.look(seat).scenario.title
    with pytest.raises(NegotiationError, match="cannot|format|holds"):
        room.teaching.create(TEACHER, Settings(case="x"), text="nonsense")
    assert loads(wide(1, 3, 81), "x").scenario.tables["t0"].raw == 531_441
    with pytest.raises(NegotiationError, match="take about 147 MiB of memory, must be at most 128"):
        room.teaching.create(TEACHER, Settings(case="x"), text=wide(1, 3, 81))
    with pytest.raises(Refused, match="at most 1,048,576"):
        room.teaching.create(TEACHER, Settings(), text="#" * 2**20 + "#")
    with pytest.raises(Refused, match="the title"):
        room.teaching.create(TEACHER, Settings(), title="x" * 300)


def test_seats_reserved_for_agents_stay_theirs(local):
    parties = Class(local).now.parties
    one = Class(local, agents={parties[0]: "hardliner"})
    seats = [one.seat() for _ in range(3)]
    assert {seat.party for seat in seats} == set(parties[1:])
    assert len(one.now.groups) == 2
    assert local.store.setup(seats[0].group)["seats"][parties[0]] == "hardliner"
    with pytest.raises(Refused, match="unknown seat for people"):
        local.teaching.move(TEACHER, one.id, seats[0].person, seats[0].group, parties[0])


def test_everything_may_be_shown_later_than_usual(local):
    one = Class(local, reveal={"sheets": "closed"})
    seat = one.seat()
    one.go("debrief")
    assert not local.play.look(seat).roles
    one.go("closed")
    assert local.play.look(seat).roles


def test_all_groups_play_the_same_types_with_dice_of_their_own(local):
    one = Class(local, case="alliance-2023", seed=11)
    groups = [one.seat().group for _ in range(2 * len(one.now.parties))]
    games = [local.store.setup(group) for group in dict.fromkeys(groups)]
    assert games[0]["types"] == games[1]["types"] == dict(one.now.settings.types)
    assert games[0]["seed"] != games[1]["seed"]
    fresh = Class(local, case="alliance-2023", homework=True, fresh=True)
    drawn = [local.store.setup(fresh.seat().group)["types"] for _ in range(8)]
    assert any(types != drawn[0] for types in drawn)


def test_an_observer_looks_and_changes_nothing(local):
    one = Class(local)
    seat = one.seat()
    teaching = local.teaching
    give(one, OBSERVER)
    before = one.now
    for command in (
        lambda: teaching.create(OBSERVER, Settings()),
        lambda: teaching.rotate_code(OBSERVER, one.id),
        lambda: teaching.close_code(OBSERVER, one.id),
        lambda: teaching.go(OBSERVER, one.id, Phase.READ),
        lambda: teaching.broadcast(OBSERVER, one.id, "Hello.", "k"),
        lambda: teaching.open_group(OBSERVER, one.id, seat.group),
        lambda: teaching.record(OBSERVER, one.id),
        lambda: teaching.remove(OBSERVER, one.id, seat.person),
    ):
        with pytest.raises(Refused, match="Obi is observer here"):
            command()
    assert len(teaching.tiles(OBSERVER, one.id)) == 1
    assert [one.id for one in teaching.all(OBSERVER)] == [one.id]
    assert one.now == before


def test_groups_are_formed_swapped_moved_merged_and_renamed(room):
    one = Class(room, arrive=False, surplus="share")
    give(one, ASSISTANT)
    seats = [one.seat() for _ in range(7)]
    assert len(one.now.lobby) == 7
    room.teaching.form(ASSISTANT, one.id)
    assert sorted(len(one.now.members(g)) for g in one.now.groups if not one.now.groups[g].closed) == [3, 4]
    a, b = (one.again(seat) for seat in seats[:2])
    room.teaching.swap(TEACHER, one.id, a.person, b.person)
    assert (one.again(a).group, one.again(a).party) == (b.group, b.party)
    first, second = [g for g in one.now.groups if not one.now.groups[g].closed][:2]
    room.teaching.merge(TEACHER, one.id, second, first)
    assert len(one.now.members(first)) == 7
    room.teaching.rename(TEACHER, one.id, a.person, "Ana")
    assert one.now.people[a.person].name == "Ana"
    room.teaching.hand_back(TEACHER, one.id, first, one.again(a).party)
    kinds = [fact.kind for fact in room.teaching.record(ASSISTANT, one.id)]
    assert kinds.count("joined") == 7
    assert "swapped" in kinds


def test_somebody_is_put_out_and_let_in_again(room):
    one = Class(room)
    token = one.join("Ana")
    seat = room.seats.identify(token)
    room.teaching.remove(TEACHER, one.id, seat.person)
    with pytest.raises(Refused, match="has no seat here"):
        room.seats.identify(token)
    _, code = room.teaching.readmit(TEACHER, one.id, seat.person)
    again = room.seats.identify(room.seats.join(code, "", key="a-key-of-a-page-1"))
    assert again.person == seat.person
    assert again.party
    before = one.now.version
    room.teaching.readmit(TEACHER, one.id, seat.person)
    assert [row["kind"] for row in room.store.rows(one.id, before)] == ["device"]
    assert room.teaching.rotate_code(TEACHER, one.id) != one.code
    room.teaching.close_code(TEACHER, one.id)
    assert room.seats.code(one.id) is None


def test_the_clock_has_its_limits(local):
    one = Class(local)
    with pytest.raises(Refused, match="more than a year"):
        local.teaching.extend(TEACHER, one.id, 1e12)
    one.go("negotiate")
    lengths = [local.teaching.extend(TEACHER, one.id, 60, "click").clock.length for _ in range(2)]
    assert lengths == [60, 60]
    assert local.teaching.extend(TEACHER, one.id, 60, "another").clock.length == 120


def test_two_clicks_on_swap_do_not_swap_back(local):
    one = Class(local)
    ana, bob = one.seat(), one.seat()
    for _ in range(2):
        local.teaching.swap(TEACHER, one.id, ana.person, bob.person, "click")
    assert one.again(ana).party == bob.party


def test_a_correction_stands_beside_the_game(local):
    one = Class(local, case="cloud-for-two")
    ana = one.seat()
    one.go("negotiate")
    table = next(iter(local.play.look(ana).scenario.tables.values()))
    good = {table.name: table.name_of(table.deal(0))}
    for outcome, why in (
        ({"nowhere": None}, "no table 'nowhere'"),
        ({}, "nothing is corrected: say what was agreed at contract"),
        (None, "nothing is corrected"),
        ({table.name: {"x": "y"}}, "x|lacks"),
    ):
        with pytest.raises(NegotiationError, match=why):
            local.teaching.correct(TEACHER, one.id, ana.group, outcome, "They signed on paper.")
    with pytest.raises(Refused, match="the reason"):
        local.teaching.correct(TEACHER, one.id, ana.group, good, "")
    with pytest.raises(Refused, match="no such group"):
        local.teaching.correct(TEACHER, one.id, "none", good, "x")
    assert not one.now.corrections
    after = local.teaching.correct(TEACHER, one.id, ana.group, good, "They signed on paper.")
    assert after.corrections[0].outcome == good
    assert after.corrections[0].by == "Tea"
    assert local.teaching.correct(TEACHER, one.id, ana.group, {table.name: None}, "Sorry.").corrections[1]
    assert not local.play.look(ana).state.bound


def test_the_console_shows_who_holds_a_group_up(room, watch):
    one = Class(room)
    ana, bob = one.seat("Ana"), one.seat("Bob")
    tile = room.teaching.tiles(TEACHER, one.id)[0]
    assert (tile.silent, tile.waiting, [p.name for p in tile.offline]) == (None, (), ["Ana", "Bob"])
    one.go("negotiate")
    room.seats.touch(ana)
    room.play.act(ana, Say("Hello."), "k1")
    room.talk.whisper(bob, [HELP], "What is a paper?", "k2")
    tile = room.teaching.tiles(TEACHER, one.id)[0]
    assert [p.name for p in tile.offline] == ["Bob"]
    assert [p.name for p in tile.waiting] == ["Bob"]
    assert tile.number == 1
    assert tile.silent is not None
    assert [m.text for m in tile.asked] == ["What is a paper?"]
    assert set(tile.points) == set(tile.game.case.roles)
    assert {who.name for who in tile.at[ana.party]} == {"Ana"}
    assert len(tile.agents) == 1


def test_private_talk_is_for_those_it_is_for(room):
    one = Class(room, case="alliance-2023")
    parties = one.now.parties
    seats = [one.seat(f"P{n}") for n in range(len(parties) - 1)]
    ana, bob, eve = seats[:3]
    assert "from reading to signing" in room.talk.whisper(ana, [bob.party], "Psst.", "k0")
    one.go("negotiate")
    assert room.talk.whisper(ana, [bob.party], "Psst, Bob.", "k1") is None
    assert room.talk.whisper(ana, [bob.party], "Psst, Bob.", "k1") is None
    assert room.talk.whisper(bob, [ana.party, HELP], "Is this allowed?", "k1") is None
    heard = [[m.text for m in room.talk.heard(seat)] for seat in (ana, bob, eve)]
    assert heard == [["Psst, Bob.", "Is this allowed?"]] * 2 + [[]]
    for to, why in (
        (["x" * 999], "nobody at"),
        ([ana.party], "nobody at"),
        ([], "say to whom"),
    ):
        assert why in room.talk.whisper(ana, to, "Hello?", f"to{len(why)}{len(to)}{str(to)[2:5]}".replace("'", ""))
    for n, text in enumerate(("", "x" * 1001, "a\x00b", "\ud800")):
        assert "what you say" in room.talk.whisper(ana, [bob.party], text, f"bad{n}")
    assert room.talk.whisper(ana, [bob.party], "<script>1</script> =1+1", "html") is None
    assert room.talk.heard(bob)[-1].text == "<script>1</script> =1+1"
    assert room.store.version(ana.group) == 2  # what the teacher hears too is no act of the game
    said = room.teaching.open_group(TEACHER, one.id, ana.group).said
    assert [m.text for m in said][:1] == ["Psst, Bob."]
    assert room.teaching.record(TEACHER, one.id)[-1].kind == "group opened"
    assert room.play.look(ana).versions[f"{ana.group}.talk"] == 1


def test_talk_goes_with_the_seat(room):
    one = Class(room)
    ana, bob = one.seat("Ana"), one.seat("Bob")
    one.go("negotiate")
    room.talk.whisper(ana, [bob.party], "Psst.", "k1")
    room.teaching.move(TEACHER, one.id, bob.person, bob.group)
    assert "another seat" in room.talk.whisper(bob, [ana.party], "Yes?", "k1")
    observer = one.again(bob)
    assert room.talk.heard(observer) == ()
    assert "no seat from which" in room.talk.whisper(observer, [ana.party], "Yes?", "k2")
    room.teaching.move(TEACHER, one.id, bob.person, bob.group, bob.party)
    assert [m.text for m in room.talk.heard(one.again(bob))] == ["Psst."]
    room.play.leave(ana)
    assert "another seat" in room.talk.whisper(ana, [bob.party], "Bye.", "k3")


def test_the_teacher_speaks_to_all_or_to_one(room):
    one = Class(room)
    ana, bob = one.seat("Ana"), one.seat("Bob")
    assert room.teaching.broadcast(TEACHER, one.id, "Five minutes left.", "k1") is None
    assert room.teaching.broadcast(TEACHER, one.id, "Five minutes left.", "k1") is None
    assert room.teaching.broadcast(TEACHER, one.id, "Well done, Bob.", "k2", to=bob.person) is None
    assert "nobody like that" in room.teaching.broadcast(TEACHER, one.id, "Hm.", "k3", to="nobody")
    assert [m.text for m in room.talk.heard(ana)] == ["Five minutes left."]
    assert [m.text for m in room.talk.heard(bob)] == ["Five minutes left.", "Well done, Bob."]
    assert room.talk.heard(bob)[0].name == "Tea"


def test_nobody_looks_into_a_group_without_a_trace(local, local_class, watch):
    one = local_class()
    group = one.seat().group
    give(one, ASSISTANT)
    with pytest.raises(Refused, match="goes on the record"):
        local.teaching.inside(TEACHER, one.id, group)
    game = local.teaching.open_group(TEACHER, one.id, group).game
    assert local.teaching.inside(TEACHER, one.id, group).game is game
    with pytest.raises(Refused, match="goes on the record"):
        local.teaching.inside(ASSISTANT, one.id, group)
    watch.time += 3601
    with pytest.raises(Refused, match="goes on the record"):
        local.teaching.inside(TEACHER, one.id, group)
    assert one.now.by == "Tea"


def test_the_console_tells_idle_from_away_and_of_homework_only_what_goes_on(local, local_class):
    one = local_class(homework=True)
    ana, bob, eve = (one.seat(name) for name in ("Ana", "Bob", "Eve"))
    states = {ana.person: "idle", bob.person: "offline"}
    assert [len(local.teaching.tiles(TEACHER, one.id, states, now_only=now_only)) for now_only in (False, True)] == [
        3,
        1,
    ]
    (tile,) = local.teaching.tiles(TEACHER, one.id, states, now_only=True)
    assert ([p.name for p in tile.idle], tile.offline) == (["Ana"], ())
    local.talk.whisper(eve, [HELP], "Is it open still?", "k1")
    tiles = local.teaching.tiles(TEACHER, one.id, states, now_only=True)
    assert [[p.name for p in tile.offline] for tile in tiles] == [[], ["Eve"]]
    assert len(local.teaching.tiles(TEACHER, one.id, states, now_only=True, also=bob.group)) == 3


def test_nobody_fills_the_disk(local, local_class):
    one = local_class()
    ana, bob = one.seat("Ana"), one.seat("Bob")
    one.go("negotiate")
    local.classes.often.most = 5
    answers = [local.talk.whisper(ana, [bob.party], "Psst.", f"k{n}") for n in range(4)]
    assert answers == [None] * 4
    assert "must have 1 to" in local.talk.whisper(ana, [bob.party], "", "k4")
    for n in range(5, 8):
        assert "too many requests in a minute" in local.talk.whisper(ana, [bob.party], "Psst.", f"k{n}")
    assert local.talk.whisper(ana, [bob.party], "Psst.", "k0") is None  # done before: the same answer again
    assert len(local.talk.heard(bob)) == 4
    assert local.talk.whisper(bob, [ana.party], "Stop it.", "k0") is None
    local.classes.often.most = 1000
    assert local.talk.whisper(ana, [bob.party], "Sorry.", "k7") is None


def test_a_look_inside_says_who_acted_for_a_seat(local):
    """Of a team who it was, of a seat that nobody has an agent."""
    one = Class(local, case="cloud-for-two", surplus="share")
    seats = [one.seat(name) for name in ("Ana", "Bob", "Cid")]
    one.go("negotiate")
    *pair, cid = map(one.again, seats)
    mate, other = sorted(pair, key=lambda seat: seat.party != cid.party)
    for seat in (mate, cid):
        assert local.play.act(seat, Say("We can talk."), f"say-{seat.name}") is None
    local.teaching.take_over(TEACHER, one.id, other.group, other.party)
    local.play.advance(other.group)
    found = local.teaching.open_group(TEACHER, one.id, cid.group)
    acted = {(event.party, who) for event, who in zip(found.state.events, found.who, strict=True)}
    assert {(cid.party, mate.name), (cid.party, "Cid"), (other.party, "")} <= acted


@pytest.mark.parametrize(
    ("date", "why"),
    [
        ("now", "signed: these do not go together: Price: High + Date: Now"),
        (
            "later",
            "stand beside what else is agreed, since these do not go together: Price: High + Use: Own; put the other table on "
            "record first",
        ),
    ],
)
def test_what_cannot_be_put_on_record_says_its_options_and_why(local, date, why):
    one = Class(local, case="own", text=SMALL)
    ana = one.seat()
    one.go("negotiate")
    local.teaching.correct(TEACHER, one.id, ana.group, {"garden": {"use": "own"}}, "a")
    with pytest.raises(Refused) as refused:
        local.teaching.correct(TEACHER, one.id, ana.group, {"house": {"price": "high", "date": date}}, "b")
    told = f"The house (Price: High; Date: {date.capitalize()}) cannot {why}"
    assert str(refused.value) == told.replace("cannot signed", "cannot be signed")
    local.teaching.correct(TEACHER, one.id, ana.group, {"garden": None}, "c")
    after = local.teaching.correct(TEACHER, one.id, ana.group, {"house": {"price": "high", "date": "later"}}, "d")
    assert len(after.corrections) == 3


def test_what_too_few_would_sign_cannot_be_put_on_record(local):
    one = Class(local, case="own", text=SMALL.replace("quorum: {of: [bert], min: 1}", "min: 2"))
    ana = one.seat()
    one.go("negotiate")
    with pytest.raises(Refused) as refused:
        local.teaching.correct(TEACHER, one.id, ana.group, {"garden": {"use": "own"}}, "a")
    assert str(refused.value) == "The garden (Use: Own) cannot be signed: too few would have to sign it"
