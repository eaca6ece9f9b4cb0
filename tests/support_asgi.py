"""Requests and sockets without a server: the application is called as a server calls it."""

import asyncio
import json
from http.cookies import SimpleCookie
from urllib.parse import urlencode


def scope_of(path, headers, cookies):
    where, _, query = path.partition("?")
    given = {"host": "class.test", **headers}
    if cookies:
        given["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {
        "path": where,
        "raw_path": where.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("10.0.0.1", 1),
        "server": ("class.test", 80),
        "scheme": "http",
        "root_path": "",
        "app": None,
    }


class Answer:
    """What came back: status, headers, text, and the cookies that were set."""

    def __init__(self, messages):
        self.status = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.text = b"".join(message.get("body", b"") for message in messages[1:]).decode()
        self.cookies = {}
        for name, value in messages[0]["headers"]:
            if name == b"set-cookie":
                self.cookies |= {key: one.value for key, one in SimpleCookie(value.decode()).items()}


def ask(app, path, form=None, *, cookies=None, **headers):
    """Ask for a page, or post a form, as a browser does; `accept_language` and the like are headers."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if form is not None:
        given = {"content-type": "application/x-www-form-urlencoded", "origin": "http://class.test", **given}
    scope = {**scope_of(path, given, cookies), "type": "http", "method": "GET" if form is None else "POST"}
    sent, body = [], urlencode(form or {}).encode()

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return Answer(sent)


class Socket:
    """One end of a websocket of an application, inside a loop that runs."""

    def __init__(self, app, path, *, cookies=None, **headers):
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.come, self.went = asyncio.Queue(), asyncio.Queue()
        scope = {**scope_of(path, given, cookies), "type": "websocket", "scheme": "ws", "subprotocols": []}
        self.come.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.create_task(app(scope, self.come.get, self.went.put))

    async def say(self, **message):
        await self.come.put({"type": "websocket.receive", "text": json.dumps(message)})

    async def hear(self, kind):
        """The next message of a kind; others before it are passed over."""
        while True:
            sent = await asyncio.wait_for(self.went.get(), 30)
            message = json.loads(sent["text"]) if sent["type"] == "websocket.send" else {}
            if message.get("t") == kind:
                return message

    async def leave(self):
        await self.come.put({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self.task, 30)
