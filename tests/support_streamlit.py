"""A program that starts the installed Streamlit with one page, and prints as JSON what it finds of what we assume of it."""

import asyncio
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg

from negotiation.ui.server import streamlit_assumptions as inner

PAGE = """
import json, time
from pathlib import Path
from streamlit import runtime
from negotiation.ui.server import streamlit_assumptions as inner
files = runtime.get_instance().media_file_mgr
given = files.add(b"given", "text/plain", "1.1", file_name="given.txt")
clicked = files.add_deferred(lambda: b"clicked", "text/plain", "1.2", "clicked.txt")
Path({told!r}).write_text(json.dumps([inner.here(), given, files.execute_deferred(clicked)]))
time.sleep(0.5)
"""

FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc\r\n--x--\r\n'


class Kept(inner.SessionStorage):
    """Sessions of closed pages, by their names."""

    def __init__(self):
        self.known = {}

    def get(self, session_id):
        return self.known.get(session_id)

    def save(self, session_info):
        self.known[session_info.session.id] = session_info

    def delete(self, session_id):
        self.known.pop(session_id, None)

    def list(self):
        return list(self.known.values())


class Line:
    """One end of a connection to an ASGI application."""

    def __init__(self, app, kind, path, headers=(), **scope):
        self.heard, self.said = asyncio.Queue(), asyncio.Queue()
        addresses = {"server": ("test", 80), "client": ("test", 1), "scheme": "http", "http_version": "1.1"}
        common = {"type": kind, "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": ""}
        whole = {**addresses, **common, "asgi": {"version": "3.0"}, "headers": [(b"host", b"test"), *headers], **scope}
        self.task = asyncio.create_task(app(whole, self.said.get, self.heard.put))

    def say(self, kind, **more):
        self.said.put_nowait({"type": kind, **more})

    async def hear(self):
        return await asyncio.wait_for(self.heard.get(), 20)


async def asked(app, path, method="GET", body=b"", headers=()):
    """The status, the type and the body of an answer."""
    line = Line(app, "http", path, headers, method=method)
    line.say("http.request", body=body, more_body=False)
    start = await line.hear()
    found = await line.hear()
    return start["status"], dict(start["headers"]).get(b"content-type", b"").decode(), found.get("body", b"").decode()


async def until(true):
    """Wait until something is so; the test says what was not, by what it finds."""
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.01)


def offers(address):
    path = Path(urlsplit(address).path)
    return sorted(inner.offering(runtime.get_instance().media_file_mgr, path.stem, path.name))


async def open_page(app, facts, told):
    """Open the page, let it run, look at it, and break its connection."""
    line = Line(app, "websocket", inner.STREAM, scheme="ws", subprotocols=["streamlit"], mark="mine")
    line.say("websocket.connect")
    facts["stream"] = (await line.hear())["type"]
    message = BackMsg()
    message.rerun_script.query_string = ""
    line.say("websocket.receive", bytes=message.SerializeToString())
    await until(told.exists)
    (info,) = inner.sessions().list_active_sessions()
    facts["running"] = inner.runs(info.session)
    facts["mark"] = inner.scope(info).get("mark")
    await until(lambda: not inner.runs(info.session))
    facts["ran"] = not inner.runs(info.session)
    here, given, clicked = json.loads(told.read_text())
    facts["here"] = here == info.session.id
    facts["offering"] = offers(given) == offers(clicked) == [here]
    facts["media"] = (await asked(app, urlsplit(given).path))[::2]
    facts["nothing"] = offers("/media/other.txt")
    kind = [(b"content-type", b"multipart/form-data; boundary=x")]
    await asked(app, f"{inner.UPLOAD}{here}/file", "PUT", FORM, kind)
    facts["sent"] = [len(file.data) for file in inner.sent().file_storage.get(here, {}).values()]
    line.say("websocket.disconnect", code=1006)
    await line.task
    return info.session


async def probe(folder):
    facts, told, page = {}, folder / "told", folder / "page.py"
    page.write_text(PAGE.format(told=str(told)))
    app = st.App(str(page))
    life = Line(app, "lifespan", "")
    life.say("lifespan.startup")
    facts["started"] = (await life.hear())["type"]
    facts["metrics"] = (await asked(app, inner.METRICS))[:2]
    script = next((inner.FRONT_END / "js").glob("*.js"))
    facts["static"] = (await asked(app, f"{inner.STATIC}js/{script.name}"))[0]
    storage = Kept()
    inner.park_in(storage)
    facts["parked_in"] = inner.parked_in() is storage
    session = await open_page(app, facts, told)
    facts["parked"] = session.id in storage.known
    inner.rest(session)
    facts["rests"] = session._script_event_loop.is_closed()
    inner.wake(session)
    facts["wakes"] = not session._script_event_loop.is_closed()
    inner.tidy()()
    facts["loggers"] = [logger.name for logger in inner.loggers()]
    life.say("lifespan.shutdown")
    facts["stopped"] = (await life.hear())["type"]
    return facts


if __name__ == "__main__":
    print(json.dumps(asyncio.run(probe(Path(sys.argv[1])))))
