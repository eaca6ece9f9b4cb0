"""The real server where classes are taught, and a classroom of this process on the same database."""

from contextlib import contextmanager

from support_browser import Server

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.store import Store


@contextmanager
def serving(folder, **more):
    """`negotiation serve` for this machine alone; see `Server` for what more there is."""
    running = Server(folder, "serve", "--host", "127.0.0.1", "--database-url", **more)
    try:
        yield running
    finally:
        running.kill()


@contextmanager
def classroom(server):
    """The classroom of a server, seen from here."""
    store = Store(server.database)
    try:
        yield Classroom(store)
    finally:
        store.engine.dispose()
