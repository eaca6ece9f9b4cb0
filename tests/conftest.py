"""What all tests share: Hypothesis settles in CI, and `--golden` writes the transcripts again."""

import os
import signal

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser):
    parser.addoption("--golden", action="store_true", help="write the golden transcripts again")


@pytest.fixture
def rewrite(request):
    return request.config.getoption("--golden")


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in whatever a shell starts in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)
