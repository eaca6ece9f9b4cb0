"""What `streamlit_assumptions.py` takes of Streamlit that it does not promise: after an upgrade, a failure here says what broke."""

import inspect
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
import support_streamlit
from streamlit.runtime.scriptrunner import script_runner

import negotiation.ui
from negotiation.ui.server import streamlit_assumptions as inner

UI = Path(negotiation.ui.__file__).parent
HOME = Path(negotiation.__file__).parents[1]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What a Streamlit that runs by itself was found to do."""
    folder = tmp_path_factory.mktemp("streamlit")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text("[server]\nenableXsrfProtection = false\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", support_streamlit.__file__, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(HOME)},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@cache
def front_end():
    """All that browsers load of Streamlit's own."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted(inner.FRONT_END.rglob("*.js")))


@cache
def ours():
    """All that we send to browsers, and what writes it."""
    files = [path for path in sorted(UI.rglob("*")) if path.suffix in (".py", ".js", ".css")]
    return "".join(path.read_text(encoding="utf-8") for path in files if path.stem != "streamlit_assumptions")


def test_it_starts_and_stops_as_an_asgi_application(found):
    assert (found["started"], found["stopped"]) == ("lifespan.startup.complete", "lifespan.shutdown.complete")


def test_the_open_metrics_are_where_we_hide_them(found):
    assert found["metrics"] == [200, "application/openmetrics-text"]


def test_pages_hear_of_their_parts_at_the_stream(found):
    assert found["stream"] == "websocket.accept"


def test_files_that_pages_send_come_where_we_count_them(found):
    assert found["sent"] == [3]


def test_the_front_end_lies_where_we_serve_it_from(found):
    assert found["static"] == 200
    names = [path.name for path in inner.FRONT_END.rglob("*.js")]
    assert sum(bool(re.search(r"[.-][\w-]{8}\.js$", name)) for name in names) > 0.9 * len(names)


def test_files_that_pages_offer_are_known_by_their_pages(found):
    assert found["media"] == [200, "given"]
    assert found["offering"]
    assert found["nothing"] == []


def test_closed_pages_are_kept_where_we_say(found):
    assert found["parked_in"]
    assert found["parked"]


def test_a_closed_page_can_rest_and_wake(found):
    assert found["rests"]
    assert found["wakes"]


def test_it_is_known_whether_a_page_runs_and_which_runs_here(found):
    assert found["running"]
    assert found["ran"]
    assert found["here"]


def test_an_open_page_tells_the_connection_it_came_by(found):
    assert found["mark"] == "mine"


def test_its_loggers_are_called_after_it(found):
    assert inner.RUNNER in found["loggers"]
    assert {"streamlit", "uvicorn.access", "uvicorn.error"} <= set(found["loggers"])


def test_collecting_garbage_after_every_run_can_be_left_out():
    assert st.get_option(inner.COLLECTS) in (True, False)
    assert f'get_option("{inner.COLLECTS}")' in inspect.getsource(script_runner)


def test_the_warning_about_parts_that_are_gone_is_worded_as_we_know_it():
    assert f'"{inner.GONE}' in inspect.getsource(script_runner)


@pytest.mark.parametrize("name", inner.MARKED)
def test_parts_of_a_page_are_called_as_our_styles_call_them(name):
    assert re.search(rf"""["'`]{name}["'`]""", front_end())


@pytest.mark.parametrize("name", inner.STATES)
def test_a_page_says_whether_it_runs_and_is_connected(name):
    assert name in front_end()
    assert name in ours()


def test_our_styles_and_scripts_use_these_names_and_no_others():
    assert set(re.findall(r"""data-testid=\\?["']?(\w+)""", ours())) == set(inner.MARKED)


def test_nothing_else_of_ours_reaches_into_streamlit():
    told = re.findall(r"from (streamlit\.(?:runtime|web|proto|components)[\w.]*) import", ours())
    assert set(told) <= {"streamlit.components.v2.types"}
    assert not re.search(r"_session_mgr|_script_event_loop|_scriptrunner\b|/_stcore/(?!\")", ours())
