"""An endpoint that follows a script, and the environment that names it."""

from contextlib import ExitStack

import pytest
from support_llm import environment, in_turn, serving


@pytest.fixture
def endpoint_of(monkeypatch):
    """Serve these answers, one after the other, the last one for ever, and return the server."""
    with ExitStack() as stack:

        def start(*answers, **settings):
            server = stack.enter_context(serving(in_turn(*answers)))
            environment(monkeypatch, server, **settings)
            return server

        yield start
