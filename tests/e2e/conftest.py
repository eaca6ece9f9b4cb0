"""One browser for all tests of a file, and the classroom of their server."""

import pytest
from support_browser import ARGUMENTS, CHROMIUM, playwright
from support_served import classroom


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as p:
        opened = p.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def room(server):
    with classroom(server) as one:
        yield one
