"""Calculations end with the page that asked for them, and with the server, however it ends. No browser is needed."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from support_class import played
from support_served import serving
from support_wire import PASSWORD, elements, finished, opening

from negotiation.ui.server.identity import LOGIN

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells here which processes there are"),
]


def state(process):
    """The state of a process, and its parent; nothing if it has ended."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if told[0] in "ZX" else (told[0], int(told[1]))


def children(of):
    """The processes that a process has begun and that run, with theirs."""
    parents = {int(one): told[1] for one in os.listdir("/proc") if one.isdigit() and (told := state(one))}
    mine, grown = {of}, True
    while grown:
        more = {one for one, parent in parents.items() if parent in mine} - mine
        grown, mine = bool(more), mine | more
    return mine - {of}


def until(true, seconds):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # nothing has been worked out before
    with serving(tmp_path) as running:
        yield running


@pytest.fixture
def cookie(room):
    """A teacher's."""
    room.accounts.first(room.accounts.setup_secret(), "Tea", PASSWORD)
    return f"{LOGIN}={room.accounts.log_in('Tea', PASSWORD)}"


@pytest.mark.parametrize("left", [True, False])
def test_a_calculation_ends_with_its_page(server, cookie, left):
    async def asked():
        page = await opening(server.url, "analyse", "", cookie)
        seen = await page.until(finished)
        (button,) = [one for one in elements(seen, "button") if one.label == "Work it out"]
        again = BackMsg()
        again.rerun_script.widget_states.widgets.append(WidgetState(id=button.id, trigger_value=True))
        again.rerun_script.page_script_hash = [
            getattr(m, kind).page_script_hash
            for m in seen
            if (kind := m.WhichOneof("type")) in ("new_session", "navigation")
        ][-1]
        again.rerun_script.context_info.url = f"{server.url}/analyse"
        await page.socket.send(again.SerializeToString())
        reading = asyncio.create_task(page.until(lambda _: False))
        await asyncio.to_thread(until, lambda: children(server.process.pid), 20)
        reading.cancel()
        if left:
            await page.socket.close(1001)
        else:
            page.socket.transport.abort()
            await page.socket.wait_closed()

    asyncio.run(asked())
    until(lambda: not children(server.process.pid), 5)


@pytest.mark.parametrize(("how", "seconds"), [(signal.SIGTERM, 5), (signal.SIGKILL, 10)])
def test_no_process_outlives_the_server(server, room, cookie, how, seconds):
    """Replays of a class take minutes, on all processors."""
    one, _ = played(room, 3, case="alliance-2023")

    async def looked():
        page = await opening(server.url, "teach", f"class={one.id}", cookie)
        reading = asyncio.create_task(page.until(lambda _: False))
        await asyncio.to_thread(until, lambda: len(children(server.process.pid)) >= min(2, os.cpu_count() or 1), 60)
        reading.cancel()
        page.socket.transport.abort()  # other pages may come for the replays: they go on
        await page.socket.wait_closed()

    asyncio.run(looked())
    mine = {server.process.pid, *children(server.process.pid)}
    server.process.send_signal(how)
    began = time.monotonic()
    server.process.wait(seconds)
    until(lambda: not any(state(one) for one in mine), seconds - (time.monotonic() - began))
