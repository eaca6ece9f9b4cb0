"""Getting in, being known again, and not being taken for somebody else."""

import threading
from itertools import count

import pytest
from sqlalchemy import select
from support_class import TEACHER

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.facts import Left
from negotiation.classroom.schema import codes, presence, tokens
from negotiation.classroom.seats import DEVICE_SECONDS, PRESENT, SAME_CLICK
from negotiation.classroom.texts import a_name
from negotiation.classroom.tickets import ALPHABET, hashed
from negotiation.errors import Refused

KEY = "a-key-of-a-page-1"


def test_a_code_is_short_readable_and_random(klass):
    made = {klass().code for _ in range(5)}
    assert len(made) == 5
    for code in made:
        assert len(code) == 6
        assert not set(code) & set("01OIL")


def test_somebody_joins_and_is_known_by_the_token(klass, room):
    one = klass()
    token = room.seats.join(f" {one.code[:3].lower()}-{one.code[3:]} ", " Ana ", key=KEY)
    seat = room.seats.identify(token)
    assert (seat.name, seat.session) == ("Ana", one.id)
    assert seat.party in one.now.parties
    assert room.seats.identify(token) == seat
    assert len(token) >= 43
    with room.store.reading() as look:
        assert token not in look.connection.execute(select(tokens.c.hash)).scalars().all()
        facts = str(look.rows(one.id))
    assert token not in facts


@pytest.mark.parametrize("token", ["", "x", "ø", "\ud800", "a" * 10_000])
def test_an_unknown_token_has_no_seat(local, token):
    with pytest.raises(Refused, match="join with the code"):
        local.seats.identify(token)


def test_a_click_that_comes_twice_brings_one_person_in(klass, room, watch):
    one = klass()
    first, second = (room.seats.join(one.code, "Ana", key=KEY) for _ in range(2))
    assert first != second
    assert room.seats.identify(first) == room.seats.identify(second)
    assert len(one.now.people) == 1
    watch.time += SAME_CLICK + 1
    with pytest.raises(Refused, match="load the page again"):
        room.seats.join(one.code, "Ana", key=KEY)


def test_the_same_key_in_another_class_is_another_click(local_class, local):
    one, two = local_class(), local_class()
    ana, bob = (local.seats.identify(local.seats.join(c.code, "Ana", key=KEY)) for c in (one, two))
    assert ana.person != bob.person
    assert (ana.session, bob.session) == (one.id, two.id)


def test_people_of_the_same_name_are_told_apart(local_class):
    one = local_class()
    assert [one.seat("Ana").name for _ in range(3)] == ["Ana", "Ana (2)", "Ana (3)"]


@pytest.mark.parametrize("name", ["", "   ", "a" * 61, "<b>", "a\nb", "a\x00b", "a\u202eb", "\ud800"])
def test_names_that_are_none(local_class, local, name):
    one = local_class()
    with pytest.raises(Refused):
        local.seats.join(one.code, name, key=KEY)
    assert not one.now.people


@pytest.mark.parametrize("key", ["short", "a" * 81, "with blank in the key", "ключ-длинный-очень"])
def test_keys_must_be_keys(local_class, local, key):
    with pytest.raises(Refused, match="the key of a request"):
        local.seats.join(local_class().code, "Ana", key=key)


def test_what_is_too_long_for_a_code_or_a_name_is_told_with_its_length(local_class, local):
    code = local_class().code
    assert local.seats.join(f"  {code[:3]} - {code[3:].lower()}  {'.' * 300}", "Ana", key=KEY)
    with pytest.raises(Refused, match="a code has 6 letters and digits, a device code 10; this one has 12"):
        local.seats.join(code + code, "Ana", key="another-key-of-a-page")
    with pytest.raises(Refused, match="a name has 61 characters, must have 1 to 60"):
        local.seats.join(code, "A" * 61, key="another-key-of-a-page")


def test_codes_are_closed_and_rotated(klass, room):
    one = klass()
    seat = one.seat()
    old, new = one.code, room.seats.open(one.id, "Tea")
    with pytest.raises(Refused, match="no class is open"):
        room.seats.join(old, "Eve", key=KEY, address="1.2.3.4")
    assert room.seats.code(one.id) == new
    with pytest.raises(Refused, match="no class is open"):
        room.seats.join(one.code, "Ana", key=KEY)
    room.seats.identify(room.seats.join(new, "Ana", key=KEY))
    room.seats.close(one.id, "Tea")
    assert room.seats.code(one.id) is None
    with pytest.raises(Refused, match="no class is open"):
        room.seats.join(new, "Bob", key="another-key-of-a-page")
    assert one.again(seat).party
    assert [f["kind"] for f in room.store.rows(one.id)].count("code opened") == 2


def test_a_code_closed_in_the_last_moment_lets_nobody_in(local_class, local, monkeypatch):
    one = local_class()
    found = iter([(one.id, ""), None])
    monkeypatch.setattr(local.seats, "_session", lambda *_: next(found))
    with pytest.raises(Refused, match="just been closed"):
        local.seats.join(one.code, "Ana", key=KEY)


def test_a_second_device_gets_the_same_seat_once(klass, room, watch):
    one = klass()
    seat = one.seat("Ana")
    code = room.seats.device(one.id, seat.person, "Tea")
    other = room.seats.join(code, "", key=KEY)
    assert room.seats.identify(other) == seat
    with pytest.raises(Refused, match="no class is open"):
        room.seats.join(code, "", key="another-key-of-a-page")
    late = room.seats.device(one.id, seat.person, "Tea")
    watch.time += DEVICE_SECONDS + 1
    with pytest.raises(Refused, match="no class is open"):
        room.seats.join(late, "", key="another-key-of-a-page")
    with pytest.raises(Refused, match="nobody like that"):
        room.seats.device(one.id, "nobody", "Tea")


def test_all_devices_of_a_person_can_be_put_out(klass, room):
    one = klass()
    token, code = one.join("Ana"), None
    seat = room.seats.identify(token)
    code = room.seats.device(one.id, seat.person, "Tea")
    other = one.join("Bob")
    room.seats.revoke(one.id, seat.person, "Tea")
    with pytest.raises(Refused, match="has no seat here"):
        room.seats.identify(token)
    with pytest.raises(Refused, match="no class is open"):
        room.seats.join(code, "", key=KEY)
    assert room.seats.identify(other).name == "Bob"


def test_codes_never_collide(local_class, local, monkeypatch):
    first = local_class()
    drawn = iter(first.code + "ABCDEF")
    other = local_class().id
    monkeypatch.setattr("negotiation.classroom.seats.secrets.choice", lambda _: next(drawn))
    assert local.seats.open(other, "Tea") == "ABCDEF"


def test_guessing_codes_is_slowed_down(local_class, local):
    one = local_class()
    for n in range(240):
        with pytest.raises(Refused, match="no class is open"):
            local.seats.join(f"222{ALPHABET[n % 31]}{ALPHABET[n // 31]}2"[:5], "Ana", key=KEY, address="1.2.3.4")
    with pytest.raises(Refused, match="too many wrong attempts"):
        local.seats.join(one.code, "Ana", key=KEY, address="1.2.3.4")
    assert local.seats.join(one.code, "Ana", key=KEY, address="5.6.7.8")


def test_where_somebody_has_come_in_nobody_is_held_up_by_others_wrong_codes(klass, room, address, opened, watch):
    one = klass()
    others = Classroom(opened(address), watch)
    room.seats.guesses._writes._now = iter(range(10**6)).__next__  # each is written at once
    room.seats.join(one.code, "Ana", key=KEY, address="1.2.3.4")
    for n in range(240):
        with pytest.raises(Refused, match="no class is open"):
            room.seats.join(f"22{n}", "Eve", key=KEY, address="1.2.3.4")
    for n, server in enumerate((room, others)):
        with pytest.raises(Refused, match="too many wrong attempts"):
            server.seats.join("222222", "Eve", key=KEY, address="1.2.3.4")
        assert server.seats.join(one.code, "Bob", key=f"another-key-of-page-{n}", address="1.2.3.4")
    new = room.seats.open(one.id, "Tea")
    with pytest.raises(Refused, match="too many wrong attempts"):
        room.seats.join(new, "Cy", key="a-third-key-of-a-page", address="1.2.3.4")
    watch.time += 1
    assert room.seats.join(new, "Cy", key="a-third-key-of-a-page", address="1.2.3.4")


def test_a_class_behind_one_address_joins_at_once_and_one_device_does_not_take_all_places(local_class, local):
    one, now = local_class(), [0.0]
    local.seats._together._now = lambda: now[0]
    for n in range(240):
        local.seats.join(one.code, f"P{n}", key=f"key-of-a-person-{n:04d}", address="1.2.3.4")
    with pytest.raises(Refused, match="many are joining from here"):
        local.seats.join(one.code, "Eve", key=KEY, address="1.2.3.4")
    now[0] = 0.5
    local.seats.join(one.code, "Eve", key=KEY, address="1.2.3.4")
    assert local.seats.join(one.code, "Bob", key="key-of-somebody-else", address="5.6.7.8")
    assert local.seats.join(local_class().code, "Cy", key="key-of-somebody-else", address="1.2.3.4")


def test_a_device_takes_one_place_unless_the_teacher_allows_more(klass, room):
    one, other = klass(), klass()
    token = one.join("Ana")
    mine = ("", hashed(token))
    assert room.seats.join(one.code, "Ana", key="key-of-person-0001", devices=mine), "the same click again"
    with pytest.raises(Refused, match="has a place in this class, as Ana; a teacher can allow"):
        room.seats.join(one.code, "Bob", key=KEY, devices=mine)
    assert room.seats.join(other.code, "Ana", key=KEY, devices=mine)
    code = room.seats.device(one.id, room.seats.identify(token).person, "Tea")
    assert room.seats.join(code, "", key=KEY, devices=mine)
    room.teaching.together(TEACHER, one.id, allowed=True)
    bob = room.seats.identify(room.seats.join(one.code, "Bob", key=KEY, devices=mine))
    room.teaching.together(TEACHER, one.id, allowed=False)
    with pytest.raises(Refused, match="as Ana"):
        room.seats.join(one.code, "Cy", key="another-key-of-a-page", devices=mine)
    assert bob.name == "Bob"
    person = room.seats.identify(token).person
    with room.store.writing() as write:  # as if the token were still there
        room.classes.change_in(write, one.id, "Tea", lambda _: [Left(person)])
    assert room.seats.join(one.code, "Cy", key="another-key-of-a-page", devices=mine)


def test_who_comes_back_with_the_code_is_at_the_old_place(klass, room):
    one, other = klass(), klass()
    one.join("Ana")
    token, elsewhere = one.join("Ana"), other.join("Ana")
    ana = room.seats.identify(token)
    assert ana.name == "Ana (2)"
    number = count(1)

    def again(name, *devices):
        return room.seats.join(one.code, name, key=f"a-further-key-of-a-page-{next(number)}", devices=devices)

    for name in ("Ana", " Ana (2) ", "A\u200bna"):
        assert again(name, token, elsewhere) == token
    one.room.teaching.together(TEACHER, one.id, allowed=True)
    assert again("Ana", token) == token
    one.room.teaching.together(TEACHER, one.id, allowed=False)
    for name, kept, back in (
        ("An", token, "that name"),
        ("Ana", hashed(token), "a device code"),
    ):
        with pytest.raises(Refused, match=rf"as Ana \(2\); .*\({back} leads back to that place\)"):
            again(name, kept)
    assert len(one.now.people) == 2
    assert room.seats.identify(again("Ana", elsewhere)).name == "Ana (3)"
    room.teaching.remove(TEACHER, one.id, ana.person)
    assert room.seats.identify(again("Ana", token)).person != ana.person


def test_who_comes_when_the_class_waits_or_is_over_or_full(local_class, monkeypatch):
    one = local_class(arrive=False)
    seat = one.seat()
    assert (seat.group, seat.party) == ("", "")
    assert one.now.lobby[0].id == seat.person
    one.go("debrief")
    with pytest.raises(Refused, match="is over"):
        one.join()
    full = local_class()
    monkeypatch.setattr("negotiation.classroom.members.MOST_PEOPLE", 1)
    full.join()
    with pytest.raises(Refused, match="the most there can be"):
        full.join()


def test_presence_is_written_in_lots_and_seen_on_other_servers(address, opened, klass, room, watch):
    from negotiation.classroom.classroom import Classroom

    one = klass()
    ana, bob, eve = one.seat(), one.seat(), one.seat()
    elsewhere = Classroom(opened(address), watch)
    room.seats.touch(ana)
    room.seats.touch(bob)
    assert elsewhere.seats.present(one.id) == {ana.person}
    assert room.seats.present(one.id) == {ana.person, bob.person}
    watch.time += 20
    room.seats.touch(eve)
    assert elsewhere.seats.present(one.id) == {ana.person, bob.person, eve.person}
    watch.time += PRESENT - 10
    assert room.seats.present(one.id) == {eve.person}
    assert room.seats.present("another") == frozenset()


def test_many_join_at_once_and_each_has_one_seat(klass, room):
    one = klass()
    seats = []
    threads = [
        threading.Thread(
            target=lambda n=n: seats.append(room.seats.identify(room.seats.join(one.code, "X", key=f"{KEY}-{n}")))
        )
        for n in range(24)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seats) == 24
    assert len({(seat.group, seat.party) for seat in seats}) == 24
    assert {seat.person for seat in seats} == set(one.now.people)
    assert len({seat.name for seat in seats}) == 24
    parties = len(one.now.parties)
    assert len(one.now.groups) == -(-24 // parties)


def test_a_code_of_no_class_opens_nothing(local):
    with local.store.writing() as write:
        assert write.connection.execute(select(codes)).all() == []
    with pytest.raises(Refused, match="no class is open"):
        local.seats.join("", "Ana", key=KEY)


def test_places_of_those_who_left_and_of_those_who_never_came_are_free(local, local_class, watch, monkeypatch):
    monkeypatch.setattr("negotiation.classroom.members.MOST_PEOPLE", 4)
    one = local_class()
    ana = one.seat("Ana")
    local.seats.touch(ana)
    bea = one.seat("Bea")
    local.seats.touch(bea)
    ghosts = [one.join("Ghost") for _ in range(2)]
    with pytest.raises(Refused, match="the most there can be"):
        one.join("Cem")
    assert local.teaching.remove_absent(TEACHER, one.id) == 0, "they may still be on their way"
    watch.time += PRESENT + 1
    with local.store.reading() as look:
        assert look.connection.execute(select(presence.c.person)).scalars().all() == [ana.person]
    assert local.teaching.remove_absent(TEACHER, one.id) == 2
    assert local.teaching.remove_absent(TEACHER, one.id) == 0
    assert [p.name for p in one.now.people.values() if not p.gone] == ["Ana", "Bea"]
    for token in ghosts:
        with pytest.raises(Refused, match="no seat here"):
            local.seats.identify(token)
    for _ in range(2):
        assert one.seat("Ghost").name.startswith("Ghost (")
    with pytest.raises(Refused, match="the most there can be"):
        one.join("Cem")


@pytest.mark.parametrize(
    "typed",
    [
        "Ana\u200b",
        "A\u200dna",
        "\ufeffAna",
        "An\u00ada",
        "Ana\u3164",
        "A\u2060na",
        "An\U000e0061a",
        "\u00a0Ana",
        "Ana\ufe0f",
        "A\ufe00na",
        "An\U000e0100a",
        "\u180bAna",
        "Ana\U0001d159",
        "Ana \ufe0f",
        "\ufff3Ana",
    ],
)
def test_names_that_differ_only_in_what_is_not_seen_are_the_same(typed):
    assert a_name(typed) == "Ana"
    assert a_name("Ana\u0308 B\u2009C") == "An\u00e4 B C"
    for kept in ("\u0645\u06cc\u200c\u0631\u0648\u0645", "\U0001f469\u200d\U0001f680"):
        assert a_name(f"{kept}\u200d") == kept
    assert a_name("Ana \u2028\u3000 B") == "Ana B"


@pytest.mark.parametrize(
    "typed", ["\u200b\u3164", "\ufe0f", "\ufe0f\ufe0e", "\U000e0100", "\u0301", "\u2028", "\u200d\ufe0f"]
)
def test_a_name_shows_something(typed):
    with pytest.raises(Refused, match=r"letters that are seen|has 0 characters"):
        a_name(typed)


@pytest.mark.parametrize(
    ("plain", "shaped"),
    [
        ("\u2764", "\u2764\ufe0f"),
        ("Team 1", "Team 1\ufe0f"),
        ("\u845b", "\u845b\U000e0100"),
        ("\u2764\U0001f525", "\u2764\ufe0f\u200d\U0001f525"),
    ],
)
def test_names_that_differ_only_in_a_form_are_both_fine_and_never_stand_side_by_side(local_class, local, plain, shaped):
    assert (a_name(plain), a_name(shaped)) == (plain, shaped)
    one = local_class()
    assert [one.seat(plain).name, one.seat(shaped).name] == [plain, f"{shaped} (2)"]
    accounts = local.accounts
    accounts.first(accounts.setup_secret(), plain, "a long sentence of my own")
    with pytest.raises(Refused, match="there is an account"):
        accounts.add(accounts.everybody()[0], shaped, "a long sentence of my own", "teacher")


def test_a_device_code_that_is_used_twice_at_once(local_class, monkeypatch):
    """Both clicks have found it open; one of them is late."""
    one = local_class()
    seat = one.seat("Ana")
    code = one.room.seats.device(one.id, seat.person, "Tea")
    found = one.room.seats._found("here", code, KEY)
    one.room.seats.join(code, "", key=KEY)
    with pytest.raises(Refused, match="just been closed"):
        one.room.seats.members.claim(*found[:2], code, KEY)
