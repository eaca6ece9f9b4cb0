"""Every line of a server's log is JSON, and a flood of one kind is counted."""

import inspect
import io
import json
import logging
import re

from streamlit.runtime.scriptrunner import script_runner

from negotiation.ui.server import streamlit_assumptions as inner
from negotiation.ui.server.error_lines import BURST, WINDOW, Lines


def test_whatever_is_written_becomes_lines_of_json():
    under, now = io.StringIO(), [0.0]
    log = Lines(under, lambda: now[0])
    log.write('{"event": "request", "path": "/join"}\n')
    log.write("Traceback (most recent call last):\n  File x\nValueError: no\n")
    log.write("half")
    log.write(" a line\n")
    log.write("\n")
    rows = [json.loads(line) for line in under.getvalue().splitlines()]
    assert [row["event"] for row in rows] == ["request", "Traceback (most recent call last):", "half a line"]
    assert rows[1]["trace"].endswith("ValueError: no")


def test_a_flood_is_counted_and_requests_are_not():
    under, now = io.StringIO(), [0.0]
    log = Lines(under, lambda: now[0])
    for n in range(1000):
        log.write(f"2026-11-30 04:04:05.{n} too many open files\n")
        log.write('{"event": "request"}\n')
    assert len(under.getvalue().splitlines()) == 1000 + BURST
    now[0] += WINDOW + 1
    log.write("2026-11-30 04:05:05.1 too many open files\n")
    last = [json.loads(line)["event"] for line in under.getvalue().splitlines()[-2:]]
    assert last[0] == f"{1000 - BURST} more lines like this"
    assert last[1].endswith("too many open files")


def test_a_part_of_a_page_that_is_gone_is_no_warning_but_all_else_is():
    logger, before = script_runner._LOGGER, list(script_runner._LOGGER.filters)
    record = logger.makeRecord(logger.name, logging.WARNING, "x.py", 1, streamlit_says(), ("top",), None)
    other = logger.makeRecord(logger.name, logging.WARNING, "x.py", 1, "Something else: %s", ("top",), None)
    try:
        assert logger.filter(record)
        inner.without_gone()
        assert not logger.filter(record)
        assert logger.filter(other)
    finally:
        logger.filters = before


def streamlit_says():
    """The warning as the installed Streamlit words it."""
    source = inspect.getsource(script_runner)
    return re.search(r'_LOGGER\.warning\(\s*"(Couldn\'t find fragment[^"]*)"', source).group(1)
