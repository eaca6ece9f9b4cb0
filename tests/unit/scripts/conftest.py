"""One browser for all tests of a file."""

import pytest
from support_scripts import open_browser, playwright


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as play:
        opened = open_browser(play)
        yield opened
        opened.close()
