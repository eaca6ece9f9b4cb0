"""What keeping a class costs here, on SQLite and on PostgreSQL: wall time, medians. Prints, never fails."""

import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support_class import Class
from support_postgres import Postgres, Unavailable

from negotiation.actions import Say
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.store import Store


def timed(call, number=300):
    """The median of single calls in milliseconds."""
    times = []
    for n in range(number):
        started = time.perf_counter()
        call(n)
        times.append((time.perf_counter() - started) * 1e3)
    return median(times)


def at_once(calls):
    """Median and 95th percentile in milliseconds when every call is made at the same moment."""
    times, barrier = [], threading.Barrier(len(calls))

    def run(call):
        barrier.wait()
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1e3)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return median(times), quantiles(times, n=20)[-1]


def measure(name, address):
    store = Store(address)
    room = Classroom(store)
    with store.writing() as write:
        log = write.create({}, kind="game")
    one = Class(room, case="alliance-2023", protocol="open-floor")
    first = one.seat()
    seats = [first] + [one.seat() for _ in range(119)]
    one.go("negotiate")
    token = one.join()
    calls = {
        "append an event, durable": lambda n: store.append(log, n, [{"party": "a", "kind": "say", "text": "Hello."}]),
        "read a version": lambda _: store.version(log),
        "identify a token": lambda _: room.seats.identify(token),
        "join, with a seat": lambda n: room.seats.join(one.code, "Ana", key=f"bench-of-joining-{n}"),
        "look (state, view, points)": lambda _: room.play.look(one.again(first)),
        "act (checked, kept)": lambda n: room.play.act(one.again(seats[n % 120]), Say("Hello."), f"k{n}"),
    }
    for what, call in calls.items():
        print(f"{name:<11}{what:<34} {timed(call, 100 if 'join' in what else 300):8.2f} ms")
    seated = [one.again(seat) for seat in seats]
    middle, worst = at_once([partial(room.play.act, seat, Say("All at once."), "at-once") for seat in seated])
    print(f"{name:<11}{'120 act at once':<34} {middle:8.0f} ms (95 %: {worst:.0f}; goal < 1500)")
    store.engine.dispose()


def main():
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", str(Path(folder) / "bench.db"))
    try:
        server = Postgres(durable=True)
    except Unavailable as why:
        print(why)
        return
    try:
        measure("PostgreSQL", server.database())
    finally:
        server.stop()


if __name__ == "__main__":
    main()
