"""Every byte that the server sends to a seat's browser, on Streamlit's socket and on ours, searched for what others know.

No browser is needed: `support_wire` speaks both protocols.
"""

import asyncio
import json
import re
import struct
import time

import pytest
import websockets
import yaml
from support_class import TEACHER, Class
from support_served import serving
from support_wire import Browser, join, post

from negotiation.classroom.wire import A_SECOND, BURST
from negotiation.formats import bundled

pytestmark = pytest.mark.e2e

FIGURE, ALONE = re.compile(rb"\d+\.\d+"), rb"(?<![\d.])%s(?!\d)"


def odd_numbers():
    """A case for three whose points have three decimals that nobody shares with anybody."""
    case = yaml.safe_load(bundled()["any-two-of-three"].read_text())
    case |= {"id": "odd-numbers", "scoring": "unit"}
    del case["variants"]
    for told in case["translations"].values():
        for address in [one for one in told if one.startswith("variants.")]:
            del told[address]
    odd = 0
    for issues in case["preferences"].values():
        for issue in issues.values():
            issue["weight"] = round(issue["weight"] / 100, 3)
            for option, score in issue["scores"].items():
                odd += 0 < score < 100
                issue["scores"][option] = (score + (0.37 * odd if 0 < score < 100 else 0)) / 100
    case["tables"]["platform"]["if_unsigned"]["adjust"] = {"aster": 0.3617, "boreal": 0.3429, "cygne": 0.3043}
    for link in case["links"]:
        link["effect"] = {party: points / 100 for party, points in link["effect"].items()}
    return yaml.safe_dump(case, sort_keys=False)


def numbers(role):
    """All points that a role's sheet gives to options, deals and outcomes, but for round ones."""
    sheet = role.preferences
    table = sheet.scenario.tables["platform"]
    found = {
        sheet.sheets[f"platform.{issue.name}"].points(n) for issue in table.issues for n in range(len(issue.options))
    }
    found |= {sheet.score({"platform": table.deal(n)}) for n in range(table.size)} | {sheet.score({})}
    return {float(value) for value in found if abs(value * 20 - round(value * 20)) > 0.02}


def sentences(text):
    return [one.strip() for one in re.split(r"(?<=[.;:])\s", text) if len(one) > 30]


def needles(role, own=None):
    """What gives a role away: its brief, its points as text and as binary numbers; not what `own` has just the same,
    as points or as a gain."""
    known = set()
    if own:
        rest = own.preferences.score({})
        known = {f"{abs(value - less):.3f}" for value in numbers(own) | {1.0} for less in (0.0, rest)}
    texts = [one.encode() for one in sentences(role.brief)]
    for value in sorted(numbers(role)):
        texts += [repr(value).encode(), struct.pack("<d", value)]
        texts += [f"{value:.3f}".encode()] if f"{value:.3f}" not in known else []
    return texts


def found(needles, got):
    """The needles in what came; figures only where they stand alone, for the times of messages have digits too."""
    return [
        one for one in needles if one in got and (not FIGURE.fullmatch(one) or re.search(ALONE % re.escape(one), got))
    ]


def test_figures_are_found_where_they_stand_alone():
    got = b'"at":1795696970.795123,"points":0.3617}, +0.123 points'
    assert found([b"0.795", b"0.36", b"0.3617", b"0.123"], got) == [b"0.3617", b"0.123"]


@pytest.fixture
def server(tmp_path):
    with serving(tmp_path, quick=True) as running:
        yield running


async def played(one, everybody, room):
    """A class from the lobby to the signatures: talk in public and in private, sheets, offers, signatures, help."""
    for phase in ("read", "prepare", "negotiate"):
        one.go(phase)
        for browser in everybody:
            await browser.until(
                lambda b=browser, p=phase: any(m["t"] == "clock" and m["phase"] == p for m in b.messages)
            )
            await browser.current()
    browsers = [browser for browser in everybody if room.seats.identify(browser.token).party]
    seats = [room.seats.identify(browser.token) for browser in browsers]
    for n, (seat, browser) in enumerate(zip(seats, browsers, strict=True)):
        sheet = {"target": 0.123457 + n, "walk_away": None, "guesses": {}, "notes": f"private notes of number {n}"}
        assert room.play.prepare(seat, sheet, "sheet") is None
        assert await browser.say(f"aloud from number {n}", key="aloud") is None
        to = seats[(n + 1) % 3].party
        assert await browser.say(f"whispered by number {n} to the next", [to], key="private") is None
        assert await browser.say(f"number {n} needs help", ["@teacher"], key="help") is None
    table = room.play.look(seats[0]).scenario.tables["platform"]
    for n, browser in enumerate(browsers):
        deal = next(
            d
            for d in map(table.deal, range(7 * n, table.size))
            if table.index(d) >= 0 and table.signs(seats[n].party, d)
        )
        act = {"kind": "offer", "deals": {"platform": table.name_of(deal)}, "words": ""}
        assert await browser.act(act, "offer") is None
    one.go("sign")
    for browser in everybody:
        await browser.until(lambda b=browser: any(m["t"] == "clock" and m["phase"] == "sign" for m in b.messages))
        await browser.current()
    return browsers, seats


def test_no_byte_of_another_sheet_reaches_a_seat(server, room):
    one = Class(room, case="odd-numbers", text=odd_numbers(), suggest=True, surplus="observe")
    with room.store.reading() as look:
        case = room.classes.case(look, one.id)

    async def play():
        tokens = [join(server.url, one.code, f"Person {n}", f"key-of-person-{n:04d}") for n in range(4)]
        everybody = [Browser(server.url, token) for token in tokens]
        for browser in everybody:
            await browser.open()
        browsers, seats = await played(one, everybody, room)
        for browser in everybody:
            await browser.close()
        return browsers, seats, [browser for browser in everybody if browser not in browsers]

    browsers, seats, (observer,) = asyncio.run(play())
    assert len({seat.party for seat in seats}) == 3
    for n, (browser, seat) in enumerate(zip(browsers, seats, strict=True)):
        got, own = bytes(browser.bytes), case.role(seat.party)
        assert len(got) > 50_000
        assert len(found(needles(own), got)) > 15, "the search finds what it should: the own sheet"
        for other in seats:
            if other.party != seat.party:
                role = case.role(other.party)
                assert found(needles(role, own), got) == []
        stranger, next_one = (n + 1) % 3, (n + 2) % 3
        assert f"whispered by number {stranger} to".encode() not in got
        assert f"whispered by number {next_one} to".encode() in got
        for k in (stranger, next_one):
            assert f"number {k} needs help".encode() not in got
            assert f"private notes of number {k}".encode() not in got
        assert all(token.encode() not in got for token in (b.token for b in browsers))
    got = bytes(observer.bytes)
    assert b"aloud from number 0" in got
    assert [one for seat in seats for one in found(needles(case.role(seat.party)), got)] == []
    assert b"whispered" not in got
    assert b"private notes" not in got


def test_no_byte_of_a_teams_talk_reaches_anybody_else(server, room):
    one = Class(room, surplus="share")

    async def play():
        tokens = [join(server.url, one.code, f"Person {n}", f"key-of-person-{n:04d}") for n in range(4)]
        one.go("prepare")
        tokens.append(join(server.url, one.code, "Watching", "key-of-person-0005"))
        seats = [room.seats.identify(token) for token in tokens]
        room.teaching.move(TEACHER, one.id, seats[4].person, seats[0].group)
        browsers = [Browser(server.url, token) for token in tokens]
        for browser in browsers:
            await browser.open()
        seats = [room.seats.identify(token) for token in tokens]
        shared = next(seat.party for seat in seats if len(one.now.at(seat.group, seat.party)) == 2)
        team = [browser for browser, seat in zip(browsers, seats, strict=True) if seat.party == shared]
        assert await team[0].say("Between the two of us.", [shared], key="team-1") is None
        one.go("negotiate")
        assert await team[1].say("We hold out until the last week.", [shared], key="team-2") is None
        assert await team[1].say("Good morning, everybody.", key="all") is None
        for browser in browsers:
            await browser.until(lambda b=browser: b"Good morning, everybody." in b.bytes)
            await browser.current()
            await browser.close()
        return team, [browser for browser in browsers if browser not in team]

    team, others = asyncio.run(play())
    for browser in team:
        assert b"Between the two of us." in browser.bytes
        assert b"We hold out" in browser.bytes
    for browser in others:
        assert b"Between the two of us." not in browser.bytes
        assert b"We hold out" not in browser.bytes


def test_a_new_socket_is_no_new_patience(server, room):
    """A person is slowed down, not a socket: asked at once on three sockets in turn, about as much is stored as on one."""
    one = Class(room)
    token = join(server.url, one.code, "Ana", "key-of-person-0001")
    one.go("negotiate")

    async def hurry(number):
        more = {"additional_headers": {"Cookie": f"negotiation_seat={token}"}, "origin": server.url}
        async with websockets.connect(f"{server.url.replace('http', 'ws')}/api/live", **more) as socket:
            await socket.send('{"t": "hello"}')
            for n in range(BURST):
                key = f"line-{number}-{n}"
                await socket.send(json.dumps({"t": "say", "key": key, "text": key, "to": []}))
            again = []
            while len(again) < BURST:
                message = json.loads(await socket.recv())
                again += [message["again"]] if message["t"] == "ok" else []
            return again

    async def three():
        began = time.monotonic()
        answers = [answer for number in range(3) for answer in await hurry(number)]
        return answers, time.monotonic() - began

    answers, took = asyncio.run(three())
    stored = answers.count(False)
    assert BURST <= stored <= BURST + A_SECOND * took + 1
    assert stored < 3 * BURST


def test_strangers_get_nothing(server, room):
    one = Class(room)
    key = "a-key-for-this-very-click"
    status, headers, text = post(server.url, "/join", code="ZZZZZZ", name="Mallory", key=key)
    assert (status, headers["Set-Cookie"]) == (400, None)
    assert "no class is open under this code" in text
    status, headers, text = post(server.url, "/login", name="Tea", password="a wrong password")
    assert (status, headers["Set-Cookie"]) == (400, None)
    status, headers, _ = post(server.url, "/join", code=one.code, name="Ana", key=key)
    assert status == 303
    assert "HttpOnly" in headers["Set-Cookie"]
    assert "SameSite=lax" in headers["Set-Cookie"]

    async def live(origin, cookie):
        try:
            more = {"additional_headers": {"Cookie": cookie}, "origin": origin}
            async with websockets.connect(f"{server.url.replace('http', 'ws')}/api/live", **more) as socket:
                await socket.send('{"t": "hello"}')
                return await socket.recv()
        except websockets.InvalidStatus as refused:
            return refused.response.status_code
        except websockets.ConnectionClosed as closed:
            return closed.rcvd.code

    mine = headers["Set-Cookie"].partition(";")[0]
    assert asyncio.run(live("https://elsewhere.example", mine)) == 403
    assert asyncio.run(live(server.url, "negotiation_seat=guessed")) == 4403
    assert "Ana" in asyncio.run(live(server.url, mine))
