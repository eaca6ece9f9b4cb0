"""One browser for all tests of a file."""

import pytest
from support_browser import ARGUMENTS, CHROMIUM, playwright


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as p:
        opened = p.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()
