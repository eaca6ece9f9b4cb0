"""What a class must not take, and what must not reach a seat: mutated messages, and a search of every byte."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import secrets
import struct

import websockets
import yaml
from class_load import Play, know_groups, seated
from class_people import GONE, until
from class_server import HOST, http
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from negotiation.classroom.cases import case_of
from negotiation.classroom.classes import talk_of
from negotiation.formats import shipped

TAKES, REFUSES = "takes", "refuses"
SHOWN = "<script>alert(1)</script><img src=x onerror=alert(2)>"
PARTIES = ("renault", "nissan", "mitsubishi", "google", "geely", "nimbus", "clock", "mediator", "nobody")
ODD = (None, True, -1, 2**70, 1.5, "", "1", [], {}, "\x00", float("nan"), "a" * 400, "__class__", "../../etc/passwd")


def _say(text, to=()):
    return {"t": "say", "text": text, "to": list(to)}


def _act(**act):
    return {"t": "act", "act": act, "basis": None}


def mutated(dice, person, replay, foreign):
    """A message and whether it may be stored; `replay` is one that is stored already, `foreign` papers of other groups."""
    mark = secrets.token_hex(6)
    other = dice.choice([party for party in PARTIES if party != person.me["party"]])
    kinds = (
        lambda: (_act(kind=dice.choice(("tick", "open", "vote")), paper=0, yes=True, party=other), REFUSES),
        lambda: (_act(kind="accept", paper=dice.choice(foreign), party=other), REFUSES),
        lambda: (_act(kind=dice.choice(("accept", "withdraw")), paper=10_000 + dice.randrange(9**9)), REFUSES),
        lambda: ({**_act(kind="walk", table="alliance"), "basis": -1 - dice.randrange(99)}, REFUSES),
        lambda: ({**_act(kind="pass"), "basis": 10_000 + dice.randrange(9**9)}, REFUSES),
        lambda: ({**_act(kind="offer", deals={}), "basis": 0}, REFUSES),
        lambda: (_act(kind="offer", deals={dice.choice(("alliance", "x", "")): dice.choice(ODD)}), REFUSES),
        lambda: (_act(kind="offer", deals={"alliance": {"stakes": dice.choice(ODD)}}), REFUSES),
        lambda: (_act(kind=dice.choice(ODD), paper=dice.choice(ODD)), REFUSES),
        lambda: (_act(kind="walk", table=dice.choice([odd for odd in ODD if odd != "alliance"])), REFUSES),
        lambda: (_act(kind="pass", table="alliance"), REFUSES),
        lambda: (_say("x" * dice.randrange(1001, 30_000)), REFUSES),
        lambda: (
            _say(f"{mark}{dice.choice(chr(0) + chr(7) + chr(27) + chr(0x202E) + chr(0x2066) + chr(0x85))}x"),
            REFUSES,
        ),
        lambda: (_say(f"{mark}{dice.choice(chr(0xD800) + chr(0xDFFF))}x"), REFUSES),
        lambda: (_say(dice.choice(("", " ", "\n\t "))), REFUSES),
        lambda: (_say(mark, [dice.choice((*PARTIES[6:], person.me["party"], "@all", ""))]), REFUSES),
        lambda: ({**_say(mark), "key": dice.choice(("", "k" * 81, "a b", "é", "'; DROP TABLE events;--"))}, REFUSES),
        lambda: ({**replay, "text": mark}, TAKES),  # answered as before, stored no second time
        lambda: (replay, TAKES),
    )
    return dice.choice(kinds)()


def malformed(dice):
    """Something that is no message: the socket is closed for it."""
    deep = "[" * 20_000
    return dice.choice(
        (
            "",
            "nonsense",
            "{",
            "null",
            "[]",
            "5",
            '{"t":"no"}',
            '{"t":"say"}',
            '{"t":"say","key":5,"text":5,"to":5}',
            '{"t":"act","key":"k","act":[],"basis":null}',
            '{"t":"act","key":"k","act":{},"basis":"1"}',
            '{"t":"watch","logs":5}',
            '{"t":"ping","idle":1}',
            deep,
            '{"t":' * 5_000,
            '{"t":"say","key":"k","text":"' + "y" * 70_000 + '","to":[]}',
            '{"t":"say","key":"' + "9" * 5_000 + '","text":1e999}',
            "\x00\x01\x02",
        )
    )


class Attack:
    """What was sent, and what was wrongly taken or brought a server down."""

    def __init__(self, server, seed):
        self.server, self.dice = server, random.Random(seed)
        self.sent = self.wrong = self.unanswered = self.told = 0
        self.notes = []

    def _wrong(self, what):
        self.wrong += 1
        self.notes.append(what)

    def dial(self, path, cookie, **more):
        base = f"{HOST}:{self.server.port}{path}"
        headers = {"Cookie": cookie} if cookie else {}
        return websockets.connect(
            f"ws://{base}", additional_headers=headers, compression=None, max_size=None, ping_interval=None, **more
        )

    async def commands(self, person, replay, foreign, number=18):
        """One socket, as many commands as it may send at once, and their answers."""
        asked, started = {}, None
        async with self.dial("/api/live", person.cookie) as line:
            await line.send('{"t":"hello"}')
            for _ in range(number):
                message, verdict = mutated(self.dice, person, replay, foreign)
                message = {"key": secrets.token_hex(12), **message}
                asked.setdefault(message["key"], []).append((message, verdict))
                self.sent += 1
                await line.send(json.dumps(message))
            waiting, started = number, asyncio.get_running_loop().time()
            while waiting and asyncio.get_running_loop().time() - started < 30:
                try:
                    answer = json.loads(await asyncio.wait_for(line.recv(), 20))
                except (TimeoutError, websockets.ConnectionClosed):
                    break
                if answer["t"] == "ok":
                    waiting -= 1
                    message, verdict = asked[answer["key"]].pop()
                    if verdict is REFUSES and answer["why"] is None:
                        self._wrong(f"taken: {str(message)[:200]}")
            self.unanswered += waiting

    async def garbage(self, person):
        """One thing that is no message; the socket must be closed, with nothing told."""
        self.sent += 1
        async with self.dial(
            "/api/live", self.dice.choice((person.cookie, person.cookie[:-3], "", "negotiation_seat=x"))
        ) as line:
            with contextlib.suppress(*GONE, TimeoutError):
                await line.send('{"t":"hello"}' if self.dice.random() < 0.5 else malformed(self.dice))
                await line.send(malformed(self.dice))
                while True:
                    await asyncio.wait_for(line.recv(), 20)
            if line.close_code not in (4400, 4403):
                self._wrong(f"a socket was closed with {line.close_code} after no message")

    async def watching(self, person, logs):
        """Ask for logs of others; none may be told."""
        self.sent += 1
        async with self.dial("/api/live", person.cookie) as line:
            await line.send(json.dumps({"t": "watch", "logs": logs}))
            told = json.loads(await asyncio.wait_for(line.recv(), 20))
            if told.get("v"):
                self._wrong(f"logs of others were told: {told}")

    async def page(self, person):
        """Streamlit's socket: noise, wrong fragments, foreign widgets, huge states."""
        wide = [WidgetState(id=f"$$ID-{n}-x", string_value=SHOWN * 50) for n in range(20)]
        async with self.dial("/_stcore/stream", person.cookie, subprotocols=["streamlit"]) as line:
            for _ in range(5):
                self.sent += 1
                message = BackMsg()
                run = message.rerun_script
                run.page_name = self.dice.choice(("seat", "", "teach", "watch", "../seat", SHOWN, "x" * 5000))
                run.fragment_id = self.dice.choice(("", "none", SHOWN))
                run.query_string = self.dice.choice(("", "code=" + SHOWN, "x" * 9000, "%00%ff"))
                run.context_info.url = self.dice.choice(("", "javascript:1", "http://[", "x" * 9000, "/seat"))
                run.widget_states.widgets.extend(self.dice.choice(([], wide)))
                raw = message.SerializeToString()
                if self.dice.random() < 0.3:
                    raw = self.dice.randbytes(self.dice.randrange(1, 400))
                with contextlib.suppress(*GONE):
                    await line.send(raw)
            await asyncio.sleep(0.3)

    async def door(self, code, wrong_codes):
        """One request at the doors: none may let anybody in, or be answered by an error of the server."""
        self.sent += 1
        key, dice = secrets.token_hex(12), self.dice
        right = {"code": code, "name": "Eve", "key": key}
        origin = {"Origin": "http://elsewhere.example"}
        wrong = [{"code": "ZZZZZZ", "name": "Eve", "key": key}] if wrong_codes else []
        form = dice.choice(
            [{**right, "name": name} for name in (SHOWN, "x" * 61, "\x00", "\u202eabc", "", " ", "a\nb", "<b>")]
            + [{**right, "key": odd} for odd in ("", "short", "k" * 81, "a b" * 9, SHOWN)]
            + [{**right, "name": "x" * 5000}, {}, *wrong]
        )
        kinds = (
            lambda: http(self.server.port, "POST", "/join", form=form),
            lambda: http(self.server.port, "POST", "/join", form=right, headers=origin),
            lambda: http(self.server.port, "POST", "/join", body=b"\xff" * 100, headers={"Content-Type": "text/plain"}),
            lambda: http(self.server.port, "POST", "/first", form={"secret": "x", "name": "Eve", "password": "p" * 12}),
            lambda: http(self.server.port, "POST", "/leave", form={}, headers=origin),
            lambda: http(
                self.server.port, "GET", "/join?code=" + dice.choice(("%00", "x" * 3000, "%3Cscript%3E", "%ff%fe"))
            ),
            lambda: http(
                self.server.port, "GET", dice.choice(("/static/../../asgi.py", "/static/%2e%2e/x", "/_stcore/metrics"))
            ),
            lambda: http(self.server.port, dice.choice(("PUT", "DELETE", "TRACE")), "/join"),
            lambda: http(
                self.server.port, "GET", "/join", cookie="negotiation_seat=" + dice.choice(("x", "y" * 5000, "%00"))
            ),
        )
        try:
            status, headers, body = await dice.choice(kinds)()
        except GONE:
            return  # refused before it was read
        if status >= 500 or (status == 303 and headers.get("location") != "/join"):
            self._wrong(f"a door answered {status} {headers.get('location', '')}")
        if SHOWN.encode() in body:
            self._wrong("a door gave markup back as it came")


async def _harmless(people):
    """Texts that are taken as what they are: markup and formulas; their messages."""
    sent = []
    for person, text in zip(
        people, (SHOWN, "=HYPERLINK(1)", "@SUM(A1)", "{{7*7}}", "'; DROP TABLE events;--", "+1"), strict=False
    ):
        sent.append((person, await person.post(_say(f"#{text}")), text))
    await until(lambda: all(key in p.receipts for p, key, _ in sent), 20)
    return sum(p.receipts.get(key, (0, "never"))[1] is not None for p, key, _ in sent), sent


async def row_attack(server, teacher, size):
    """Mutated commands and messages over the real sockets and doors."""
    dice, seed = random.Random(5), 11
    async with seated([server], teacher, 12, keep=True) as people:
        session = people[0].session
        know_groups(teacher, session, people)
        people.sort(key=lambda p: p.group)  # who came first sits anywhere
        elsewhere, code = teacher.create()
        game = Play(people)
        for person in people[:6]:  # papers in the first group only
            await game.act(person)
        refused, harmless = await _harmless(people[6:])
        await until(lambda: all(not p.outbox for p in people), 20)
        replay = {"key": harmless[0][1], **_say(f"#{SHOWN}")}
        logs = [log for p in people for log in (p.group, talk_of(p.group))] + [session, talk_of(session), elsewhere]
        before = {log: teacher.room.store.version(log) for log in logs}
        attack, foreign = Attack(server, seed), list(range(6))
        mine = [p for p in people if p.group == people[6].group]
        theirs = [people[0].group, talk_of(people[0].group), elsewhere, "x"]
        attackers = [p for p in mine if p is harmless[0][0]]
        doors = 0
        while attack.sent < size.messages:
            batch = [attack.commands(attackers[0], replay, foreign) for _ in range(3)]
            batch += [attack.garbage(dice.choice(mine)) for _ in range(4)] + [attack.page(dice.choice(mine))]
            batch += [attack.door(code, wrong_codes=(doors := doors + 1) < 30) for _ in range(4)]
            batch.append(attack.watching(dice.choice(mine), theirs))
            for done in await asyncio.gather(*batch, return_exceptions=True):
                if isinstance(done, BaseException):
                    attack.notes.append(f"an attacker broke: {done!r}"[:200])
            if not server.alive:
                break
        grown = {log: teacher.room.store.version(log) - was for log, was in before.items()}
        stored = sum(grown.values())
        well = await until(lambda: all(p.current for p in people), 30) is not None and server.alive
        joined = len(teacher.room.classes.get(elsewhere).people)
        status, _, _ = await http(server.port, "GET", "/healthz")
        markup = sum(SHOWN.encode() in raw for p in people for raw in p.raw if not raw.startswith(b"{"))
    crashes = (not server.alive) + (status != 200) + (not well) + len(server.faults())
    return (
        f"{attack.sent:,} mutated commands and messages",
        "0 accepted wrongly, 0 crashes",
        f"accepted wrongly {attack.wrong + stored + joined}, crashes {crashes}, unanswered {attack.unanswered}; texts with markup "
        f"and formulas taken as text {len(harmless) - refused}, as markup in pages {markup}"
        + (f"; {'; '.join(attack.notes[:3])}" if attack.notes else ""),
        not (attack.wrong or stored or joined or crashes or attack.unanswered or markup or refused),
    )


def marked_case():
    """The flagship with a word of its own in every secret text, and numbers of its own in every sheet.

    Returns the file, and by party the words and the numbers (as text has them, and as binary).
    """
    data, words, count = yaml.safe_load(shipped("alliance-2023").text), {}, 0

    def word(party):
        made = f"Canary{secrets.token_hex(8)}"
        words.setdefault(party, []).append(made)
        return made

    for party, about in data["parties"].items():
        if "confidential_brief" in about:
            about["confidential_brief"] += f" {word(party)}"
    for party, types in data["types"].items():
        for kind in types.values():
            kind["brief"] = f"{kind.get('brief', '')} {word(party)}"
    data["scoring"] = "unit"  # so that pages show three decimals, enough to tell the sheets apart
    kinds = [kind for types in data["types"].values() for kind in types.values()]
    sheets = [*data["preferences"].values(), *(kind.get(part, {}) for kind in kinds for part in ("known", "overrides"))]
    for row in (row for sheet in sheets for row in sheet.values()):
        row["scores"] = {option: share / 100 for option, share in row["scores"].items()}
    for party, sheet in data["preferences"].items():
        others = {name for kind in data["types"].get(party, {}).values() for name in kind.get("overrides", {})}
        rows = [row for name, row in sheet.items() if row["weight"] >= 1 and name not in others]
        for one, other in zip(rows[::2], rows[1::2], strict=False):
            count += 1
            change = 0.0137 + count * 0.0011003
            one["weight"], other["weight"] = round(one["weight"] + change, 7), round(other["weight"] - change, 7)
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    return text, words


def _numbers(role):
    """All numbers of a sheet that are not round: weights, points of options, of links."""
    found = set()
    for sheet in role.preferences.sheets.values():
        found.add(float(sheet.weight))
        found.update(float(sheet.points(option)) for option in range(len(sheet.shares)))
    return {number for number in found if abs(number * 100 - round(number * 100)) > 1e-6}


def _holds(data, number):
    texts = {repr(number), f"{number:.3f}", f"{number:.7f}"}
    whole = any(re.search(rb"(?<![0-9.])" + re.escape(text.encode()) + rb"(?![0-9])", data) for text in texts)
    return whole or struct.pack("<d", number) in data or struct.pack("<f", number) in data


async def row_privacy(server, teacher, size):
    """Every byte sent to six seats, from the lobby to the signing, searched for the others' texts and numbers."""
    text, words = marked_case()
    case = case_of(text, "alliance-2023", "")
    numbers = {party: set().union(*map(_numbers, case.roles[party].values())) for party in case.roles}
    searched = hits = own = found = bytes_seen = 0
    async with seated([server], teacher, 6, phase="read", keep=True, text=text) as people:
        session = people[0].session
        know_groups(teacher, session, people)
        for phase in ("prepare", "negotiate"):
            teacher.go(session, phase)
            await until(lambda phase=phase: all(p.current and p.phase == phase for p in people), 60)
        game = Play(people)
        for n in range(max(12, int(size.seconds))):
            await game.act(people[n % 6])
            await game.say(people[n % 6])
        teacher.go(session, "sign")
        await until(lambda: all(p.current and p.phase == "sign" for p in people), 60)
    for person in people:
        data, me = b"\n".join(person.raw), person.me["party"]
        bytes_seen += len(data)
        own += any(word.encode() in data for word in words[me])
        mine = {f"{number:.3f}" for number in numbers[me]}
        found += sum(_holds(data, number) for number in numbers[me])
        for party in case.roles:
            if party == me:
                continue
            secret = [word for word in words[party] if word not in words[me]]
            theirs = [number for number in numbers[party] if f"{number:.3f}" not in mine]
            searched += len(secret) + len(theirs)
            hits += sum(word.encode() in data for word in secret)
            hits += sum(_holds(data, number) for number in theirs)
    return (
        "bytes sent to a seat, searched for other sheets' numbers and texts",
        "0 hits",
        f"{hits} hits of {searched:,} words and numbers (as text and binary) in {bytes_seen / 1e6:.1f} MB to {len(people)} seats; "
        f"as a check, {own} of {len(people)} found the own brief, and {found} numbers of the own sheet",
        hits == 0 and own == len(people) and found > 0,
    )
