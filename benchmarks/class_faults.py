"""Servers that die in the middle of a class: what is lost, what is doubled, and when every page is back."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter

from class_load import Play, know_groups, ms, percentile, seated
from class_people import until
from class_server import Server, Teacher
from support_postgres import Postgres, Unavailable


async def _acts(game, people, stopped):
    """Everybody goes on acting and talking, whether or not the server is there."""
    while not stopped.is_set():
        person = random.choice(people)
        await (game.act(person) if random.random() < 0.5 else game.say(person))
        await asyncio.sleep(random.random() * 0.4)


def _kept(teacher, people, game):
    """How many acknowledged acts are not in the logs, and how many acts are there twice."""
    rows = [row for group in {p.group for p in people} for row in teacher.room.store.rows(group)]
    found = Counter(row.get("words") or row.get("text") for row in rows)
    acknowledged = [
        game.pressed[key]
        for person in people
        for key, (_, why) in person.receipts.items()
        if why is None and key in game.pressed
    ]
    marked = sum(count for text, count in found.items() if text and text.startswith("#"))
    lost = sum(not found[marker] for marker in acknowledged)
    return len(acknowledged), lost, marked - sum(1 for t in found if t and t.startswith("#")), found


async def row_kill(server, teacher, size):
    """`kill -9` at random moments during play; the server is started again at once."""
    async with seated([server], teacher, size.killed) as people:
        know_groups(teacher, people[0].session, people)
        game, stopped = Play(people), asyncio.Event()
        playing = [asyncio.create_task(_acts(game, people, stopped)) for _ in range(3)]
        backs, starts, away = [], [], []
        for _ in range(size.kills):
            await asyncio.sleep(1 + random.random() * 2)
            for person in people:
                person.back_at = -1.0
            server.kill()
            killed = time.monotonic()
            for person in people:
                person.mark, person.back_at = None, 0.0
            starts.append(await asyncio.to_thread(server.start))
            up = time.monotonic()
            there = await until(lambda since=killed: all(p.back_at > since and p.current for p in people), 90)
            if there is None:
                raise RuntimeError(f"{sum(not p.current for p in people)} pages did not come back within 90 s")
            backs += [p.back_at - up for p in people]
            away += [p.back_at - killed for p in people]
        stopped.set()
        await asyncio.gather(*playing)
        settled = await until(lambda: all(not p.outbox for p in people), 30)
        acknowledged, lost, doubled, _ = _kept(teacher, people, game)
        errors = sum(len(p.errors) for p in people)
    return (
        f"`kill -9` of the server at {size.kills} random moments during play ({size.killed} people)",
        "0 acknowledged actions lost, 0 doubled, every page back by itself < 5 s",
        f"{acknowledged:,} acknowledged, lost {lost}, doubled {doubled}; pages back {percentile(backs, 0.5):.1f} s (p95 "
        f"{percentile(backs):.1f}, last {max(backs):.1f}) after the server answers, which takes {percentile(starts, 0.5):.1f} s "
        f"(worst {max(starts):.1f}); from the kill p95 {percentile(away):.1f} s; never answered "
        f"{sum(len(p.outbox) for p in people)}; errors {errors}",
        settled is not None and not (lost or doubled or errors) and max(backs) < 5,
    )


async def row_two(folder, size):
    """Two servers on one PostgreSQL; the people of one group sit on both; one is killed and does not come back."""
    what, goal = "two server processes, PostgreSQL, kill one", "the class goes on"
    try:
        base = Postgres(durable=True)
    except Unavailable as why:
        return what, goal, f"not measured: {why}", True
    servers, teacher = [], None
    try:
        address = base.database()
        servers = [Server(folder, address, port) for port in (0, 0)]
        for n, server in enumerate(servers):
            server.log = folder / f"server-{n}.log"
            server.start()
        teacher = await Teacher(servers[0]).enter() if _secret(servers[0]) else None
        async with seated(servers, teacher, size.killed) as people:
            know_groups(teacher, people[0].session, people)
            game, stopped = Play(people), asyncio.Event()
            playing = [asyncio.create_task(_acts(game, people, stopped)) for _ in range(3)]
            await asyncio.sleep(size.seconds / 4)
            across = percentile(game.relayed())
            servers[1].kill()
            killed, moved = time.monotonic(), [p for p in people if p.port == servers[1].port]
            for person in moved:
                person.mark, person.back_at = None, 0.0
            there = await until(lambda: all(p.current and p.back_at for p in people), 60)
            acknowledged = sum(len(p.receipts) for p in people)
            await asyncio.sleep(size.seconds / 4)
            stopped.set()
            await asyncio.gather(*playing)
            settled = await until(lambda: all(not p.outbox for p in people), 30)
            after = sum(len(p.receipts) for p in people) - acknowledged
            total, lost, doubled, _ = _kept(teacher, people, game)
            back = max((p.back_at - killed for p in moved), default=0.0)
        faults = sum(len(server.faults()) for server in servers)
    finally:
        if teacher:
            teacher.end()
        for server in servers:
            server.stop()
        base.stop()
    return (
        f"{what} ({size.killed} people, each group on both)",
        goal,
        f"relay across both p95 {ms(across)}; {len(moved)} pages moved, the last after {back:.1f} s; {after} actions answered "
        f"afterwards; {total:,} acknowledged in all, lost {lost}, doubled {doubled}; faults in the logs {faults}",
        there is not None and settled is not None and after > 0 and not (lost or doubled or faults),
    )


def _secret(server):
    return "good for a day" in server.log.read_text()
