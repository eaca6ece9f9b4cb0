"""How a class loads the server: play, joining, everybody at once, talk, and nothing at all."""

from __future__ import annotations

import asyncio
import random
import time
from bisect import bisect_left
from contextlib import asynccontextmanager
from itertools import count

from class_people import Person, until
from class_server import http

SEATS = 6
"""People at the tables of the flagship."""

PATIENCE = 120


def percentile(values, share=0.95):
    """Nearest rank; None without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None


def ms(seconds):
    return "none" if seconds is None else f"{seconds * 1e3:,.0f} ms"


@asynccontextmanager
async def seated(servers, teacher, number, *, phase="negotiate", keep=False, **settings):
    """People with their pages open in one class, in this phase."""
    session, code = teacher.create(**settings)
    ports = [server.port for server in servers]
    people = [
        Person(f"Person {n}", ports[n % len(ports) :] + ports[: n % len(ports)], keep=keep) for n in range(number)
    ]
    try:
        for n in range(0, number, 10):
            await asyncio.gather(*(person.join(code) for person in people[n : n + 10]))
        for person in people:
            person.open()
            await asyncio.sleep(0.03)
        teacher.go(session, phase)
        took = await until(lambda: all(p.current and p.phase == phase for p in people), PATIENCE)
        if took is None:
            late = [p.name for p in people if not (p.current and p.phase == phase)]
            raise RuntimeError(f"{len(late)} pages never showed the phase {phase}: {late[:5]}")
        people[0].session = session
        yield people
    finally:
        await asyncio.gather(*(person.close() for person in people))


def know_groups(teacher, session, people):
    """Have every person know the group that the class has for them."""
    by_id = teacher.room.classes.get(session).people
    for person in people:
        person.group = by_id[person.me["person"]].group


_markers = count(1)


class Play:
    """Acts and talk of a class, and when each was stored and seen."""

    def __init__(self, people):
        self.people, self.sent, self.talk, self.pressed = people, {}, {}, {}

    async def act(self, person):
        """An offer with one control changed before, a signature, or nothing if the page offers neither now."""
        if random.random() < 0.7 or not (label := _signing(person)):
            await person.choose()
            await asyncio.sleep(0.5)  # a person looks at what has changed; the page is drawn meanwhile
            label = "Send offer"
        data = person.buttons.get(label)
        if data is None or data["disabled"] or not person.online:
            return False
        marker = f"#{next(_markers)}"
        self.sent[marker] = (time.monotonic(), person)
        self.pressed[await person.press(label, marker)] = marker
        return True

    async def say(self, person, to=()):
        """A line to everybody at the tables, or to some parties alone."""
        marker = f"#{next(_markers)} I could do that if you gave me more at the other table."
        self.talk[marker] = (time.monotonic(), person, to)
        self.pressed[await person.post({"t": "say", "text": marker, "to": list(to)})] = marker

    def hearers(self, author, to):
        """The others of a group who hear a line."""
        others = [p for p in self.people if p is not author and p.group == author.group]
        return [other for other in others if not to or other.me["party"] in to]

    def relayed(self):
        """Seconds from sending a line until each of those who hear it had it."""
        found = []
        for marker, (sent, author, to) in self.talk.items():
            found += [o.markers[marker][0] - sent for o in self.hearers(author, to) if marker in o.markers]
        return found

    def overheard(self):
        """How often a line reached a page of somebody whom it was not for."""
        return sum(
            marker in other.markers
            for marker, (_, author, to) in self.talk.items()
            for other in self.people
            if other is not author and other not in self.hearers(author, to)
        )

    def seen(self):
        """Seconds from the click until the page of each other member of the group showed the act."""
        found, tables = [], {p: [int(mark.rpartition("-")[2]) for _, mark in p.history] for p in self.people}
        for marker, (clicked, author) in self.sent.items():
            mates = [p for p in self.people if p.group == author.group]
            number = next((p.markers[marker][1] for p in mates if marker in p.markers), None)
            for other in mates if number is not None else ():
                at = bisect_left(tables[other], number + 1)
                if other is not author and at < len(tables[other]):
                    found.append(other.history[at][0] - clicked)
        return found

    def acknowledged(self):
        """Seconds from the click to the receipt, of acts that were stored."""
        times = {}
        for person in self.people:
            for key, (moment, why) in person.receipts.items():
                if why is None and self.pressed.get(key) in self.sent:
                    times[key] = moment - self.sent[self.pressed[key]][0]
        return list(times.values())


def _signing(person):
    return next(
        (label for label in person.buttons if label.startswith("Sign") and "disabled" in person.buttons[label]), ""
    )


async def play(server, people, seconds, a_second, share_of_talk=0.0):
    """Some seconds of play; the play, processor share (1: a whole core) and tries a second."""
    game, tasks, n = Play(people), set(), 0
    started, used = time.monotonic(), server.cpu()
    while (passed := time.monotonic() - started) < seconds:
        person = random.choice(people)
        do = game.say(person) if random.random() < share_of_talk else _surely(game, people)
        tasks.add(asyncio.create_task(do))
        n += 1
        await asyncio.sleep(max(0.0, n / a_second - passed))
    spent, passed = server.cpu() - used, time.monotonic() - started
    await asyncio.gather(*tasks)
    await until(lambda: all(p.current and not p.outbox for p in people), 15)
    return game, spent / passed, len([None for _ in game.pressed]) / passed


async def _surely(game, people):
    """Somebody acts; if the page of one has nothing to press, another does."""
    for person in random.sample(people, min(8, len(people))):
        if await game.act(person):
            return


async def row_play(server, teacher, size):
    """120 people in 20 groups, five actions a second."""
    async with seated([server], teacher, size.people) as people:
        know_groups(teacher, people[0].session, people)
        game, share, rate = await play(server, people, size.seconds, 5 * size.people / 120, share_of_talk=0.5)
        seen, relayed = game.seen(), game.relayed()
        alone, only, only_rate = await play(server, people, size.seconds, 5 * size.people / 120)
        tables = alone.seen()
        per_act = 1e3 * only / only_rate if only_rate else 0
        errors = sum(len(p.errors) for p in people)
    both = percentile(seen + relayed)
    measured = (
        f"p95 {ms(both)} ({rate:.1f} actions/s, half of them talk; acts at tables {ms(percentile(seen))}, talk "
        f"{ms(percentile(relayed))}), {share:.0%} of a core; all of them acts at tables ({only_rate:.1f}/s): "
        f"p95 {ms(percentile(tables))}, {only:.0%} of a core, {per_act:.0f} ms of processor an act; errors {errors}"
    )
    return (
        f"{size.people} people in {size.people // SEATS} flagship groups of six, 5 actions/s",
        "p95 click to the others' screens < 250 ms, < 60 % of a core",
        measured,
        both is not None and both < 0.25 and share < 0.6 and not errors,
    )


async def row_join(server, teacher, size):
    """Many join two classes from one address within a minute, some with a double click; all open their pages."""
    number, minute = 2 * size.people, size.minute
    classes = [teacher.create(), teacher.create()]
    people = [Person(f"Joins {n}", [server.port]) for n in range(number)]
    started, used = time.monotonic(), server.cpu()

    async def come(n, person):
        await asyncio.sleep(random.random() * minute * 0.9)
        await person.join(classes[n % 3 == 0][1], twice=n % 10 == 0)
        await http(server.port, "GET", "/seat", cookie=person.cookie)
        person.open()

    try:
        await asyncio.gather(*(come(n, person) for n, person in enumerate(people)))
        there = await until(lambda: all(p.current for p in people), PATIENCE)
        passed, spent = time.monotonic() - started, server.cpu() - used
        wrong = twice = alone = 0
        for which, (session, _) in enumerate(classes):
            now = teacher.room.classes.get(session)
            mine = [p for n, p in enumerate(people) if (n % 3 == 0) == bool(which)]
            twice += len(now.people) - len(mine)
            seats = [(p.group, p.party) for p in now.people.values()]
            twice += len(seats) - len(set(seats))
            alone += sum(not group or not party for group, party in seats)
            for person in mine:
                kept = now.people.get(person.me.get("person"))
                wrong += kept is None or (kept.name, kept.party) != (person.name, person.me["party"])
    finally:
        await asyncio.gather(*(person.close() for person in people))
    return (
        f"{number} people joining within {minute:.0f} s (two classes, one address, a tenth with double clicks)",
        "everyone seated, nobody twice, none in a wrong group",
        f"all pages there after {passed:.0f} s{'' if there is not None else ' (NOT all)'}; without a seat {alone}, twice {twice}, "
        f"wrong {wrong}; {1e3 * spent / number:.0f} ms of processor a person",
        there is not None and passed < minute + 5 and not (alone or twice or wrong),
    )


async def row_rush(server, teacher, size):
    """Everybody presses at the same moment."""
    async with seated([server], teacher, size.people) as people:
        know_groups(teacher, people[0].session, people)
        game = Play(people)
        await until(lambda: all("Send offer" in p.buttons for p in people), PATIENCE)
        for person in people:
            for _ in range(20):  # until the draft may be sent
                if (data := person.buttons.get("Send offer")) and not data["disabled"]:
                    break
                await person.choose()
                await asyncio.sleep(0.1)
        started, used = time.monotonic(), server.cpu()
        keys = []
        for person in [p for p in people if "Send offer" in p.buttons]:
            marker = f"#{next(_markers)}"
            game.sent[marker] = (time.monotonic(), person)
            key = await person.press("Send offer", marker)
            game.pressed[key] = marker
            keys.append((person, key))
        stored = await until(lambda: all(key in person.receipts for person, key in keys), 60)
        done = sum(person.receipts.get(key, (0, "never"))[1] is None for person, key in keys)
        rest = {}
        for person in people:
            rest[person.group] = max(rest.get(person.group, 0), *(n + 1 for _, n in person.markers.values()), 0)
        all_current = await until(lambda: all(p.current and p.table >= rest[p.group] for p in people), 60)
        current, spent = time.monotonic() - started, server.cpu() - used
        times = [p.receipts[k][0] - game.sent[game.pressed[k]][0] for p, k in keys if k in p.receipts]
    worst = percentile(times)
    return (
        f"everybody clicks at once ({size.people})",
        "acknowledged p95 < 1.5 s, all pages current < 5 s",
        f"acknowledged p95 {ms(worst)} ({done} stored, {len(keys) - done} refused), all pages current after {current:.1f} s, "
        f"{spent:.1f} s of processor",
        stored is not None and all_current is not None and worst < 1.5 and current < 5,
    )


async def row_talk(server, teacher, size):
    """A line a second from each of half the class, to all at the table."""
    return await _talk(server, teacher, size, "", lambda people, person: ())


async def row_private(server, teacher, size):
    """A line a second from each of half the class, to one other party."""

    def neighbour(people, person):
        mates = [p for p in people if p.group == person.group]
        return (mates[mates.index(person) - 1].me["party"],)

    return await _talk(server, teacher, size, " to one other party", neighbour)


async def _talk(server, teacher, size, whom, to):
    number = size.people // 2
    async with seated([server], teacher, number) as people:
        know_groups(teacher, people[0].session, people)
        game, started, used = Play(people), time.monotonic(), server.cpu()
        lines = min(int(size.seconds), 45)  # open floor: at most 60 acts a round

        async def speak(person):
            await asyncio.sleep(random.random())
            for _ in range(lines):
                await game.say(person, to(people, person))
                await asyncio.sleep(1)

        await asyncio.gather(*(speak(person) for person in people))
        spent = (server.cpu() - used) / (time.monotonic() - started)
        await until(lambda: all(not p.outbox for p in people), 15)
        times, wanted = game.relayed(), sum(len(game.hearers(who, to)) for _, who, to in game.talk.values())
        overheard = game.overheard()
    return (
        f"a line of talk{whom} a second from each of {number}",
        "p95 relay < 250 ms, nobody else hears it",
        f"p50 {ms(percentile(times, 0.5))}, p95 {ms(percentile(times))}, {len(times):,} of {wanted:,} relayed, "
        f"{spent:.1%} of a core; overheard {overheard}",
        len(times) == wanted and percentile(times) < 0.25 and not overheard,
    )


async def row_idle(server, teacher, size):
    """Nobody does anything; then a phase changes, and again nobody does anything."""

    async def still(seconds):
        started, used, slowest = time.monotonic(), server.cpu(), 0.0
        while time.monotonic() - started < seconds:
            asked = time.monotonic()
            await http(server.port, "GET", "/healthz")
            slowest = max(slowest, time.monotonic() - asked)
            await asyncio.sleep(1)
        return (server.cpu() - used) / (time.monotonic() - started), slowest

    async with seated([server], teacher, size.people) as people:
        await asyncio.sleep(3)
        before, slow = await still(size.minute)
        teacher.go(people[0].session, "sign")
        took = await until(lambda: all(p.current and p.phase == "sign" for p in people), PATIENCE)
        await asyncio.sleep(2)
        after, slower = await still(size.minute)
        lost = sum(p.drops for p in people) + sum(not p.current for p in people)
    return (
        f"idle class of {size.people}, also {size.minute:.0f} s after a phase change",
        "< 2 % of a core, nothing freezes",
        f"{before:.1%} and {after:.1%} of a core; slowest answer {ms(max(slow, slower))}; pages in the new phase after "
        f"{took or -1:.1f} s; pages lost {lost}",
        took is not None and before < 0.02 and after < 0.02 and max(slow, slower) < 1 and not lost,
    )
