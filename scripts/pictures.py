"""Takes the pictures of README and site anew from the running program: `make pictures` (needs Chromium)."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from gallery import gallery  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from support_browser import ARGUMENTS, CHROMIUM, Server, end_week, press, settled  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
DESK = {"width": 1360, "height": 1020}
PHONE = {"width": 390, "height": 844}
SLOW = 120_000
"""Milliseconds that a page may take."""

PLAN = """\
format: negotiation-plan/1
cases: [cloud-for-two]
protocols: [open-floor]
lineups: {firm: boulware, fair: fair, pressed: {kaido: conceder, others: boulware}}
factors: {rounds: [6, 12], noise: 0.1}
replications: 40
"""


def kept(page: Page, name: str, height: int = 0) -> None:
    """Write what the page shows, from its top, as docs/pictures/NAME.webp, small enough for a slow line."""
    if height:
        page.set_viewport_size({**DESK, "height": height})
    page.mouse.move(0, 0)
    page.evaluate("document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)")
    size = page.viewport_size
    for width in (size["width"] - 40, size["width"]):  # all of it is painted anew
        page.set_viewport_size({**size, "width": width})
        page.wait_for_timeout(800)
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").save(PICTURES / f"{name}.webp", quality=72, method=6)
    print(name, (PICTURES / f"{name}.webp").stat().st_size // 1024, "KB")


def opened(browser: Browser, address: str, viewport: dict[str, int], scheme: str = "light") -> Page:
    """Return a page of a browser of its own."""
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.goto(address)
    return page


def game(browser: Browser, folder: Path) -> None:
    """Take the table of a player, and the debrief."""
    server = Server(folder, "play", "--no-browser", "--database")
    try:
        page = opened(browser, server.url, DESK)
        press(page, "Take a seat")
        press(page, "Take my seat")
        press(page, "Go to the table")
        press(page, "Send offer")
        for week in (2, 3):
            end_week(page)
            page.get_by_text(f"week {week} of 16").wait_for()
        settled(page)
        kept(page, "play")
        for _ in range(16):
            if page.get_by_text("How it ended").count():
                break
            for _ in range(page.get_by_role("button", name="Sign", exact=True).count()):
                if page.get_by_role("button", name="Sign", exact=True).count():
                    page.get_by_role("button", name="Sign", exact=True).first.click()
                    settled(page)
            end_week(page)
        settled(page)
        kept(page, "debrief", 860)
        watch(browser, server)
        analyse(browser, server)
    finally:
        server.kill()


def watch(browser: Browser, server: Server) -> None:
    """Agents among themselves, in the middle of their talks."""
    page = opened(browser, f"{server.url}/watch", DESK, "dark")
    settled(page)
    for _ in range(7):
        press(page, "Step")
    kept(page, "watch")


def analyse(browser: Browser, server: Server) -> None:
    """Take the page that tells what could have been had."""
    page = opened(browser, f"{server.url}/analyse", DESK)
    settled(page)
    press(page, "Work it out")
    page.locator("[data-testid=stVegaLiteChart], canvas, svg.marks").first.wait_for()
    settled(page)
    kept(page, "analyse")


def group(browser: Browser, folder: Path) -> None:
    """Take the console of a class, the projector and a student's phone."""
    server = Server(folder, "serve", "--database-url")
    try:
        console = opened(browser, f"{server.url}/login", DESK)
        console.fill("input[name=secret]", re.search(r"good for a day: (\S+)", server.log()).group(1))  # type: ignore[union-attr]
        console.fill("input[name=name]", "Teacher")
        console.fill("input[name=password]", "correct horse battery")
        console.click("button[type=submit]")
        console.get_by_text("New class", exact=True).click()
        press(console, "Create the class")
        code = console.locator(".code").inner_text().replace(" ", "")
        people = [student(browser, server, code, name) for name in ("Ana", "Bob", "Eve", "Ivo", "Lea", "Max", "Nia")]
        for phase in ("Read", "Prepare", "Negotiate"):
            press(console, f"{phase} …")
            press(console, f"Yes: {phase.lower()}")
        for page in people:
            page.get_by_text("week 1 of 16").wait_for()
            settled(page)
        for page in people[:4]:
            press(page, "My offer")
            press(page, "Send offer")
        press(people[0], "Papers")
        for page in people:
            end_week(page)
        people[0].get_by_text("week 2 of 16").wait_for()
        settled(people[0])
        kept(people[0], "phone")
        console.get_by_text("Groups", exact=True).first.click()
        settled(console)
        kept(console, "console", 560)
    finally:
        server.kill()


def student(browser: Browser, server: Server, code: str, name: str) -> Page:
    """Return the page of a student who has joined with a phone."""
    page = opened(browser, f"{server.url}/join?code={code}", PHONE)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/seat")
    page.get_by_text("connected", exact=True).wait_for()
    return page


def report(browser: Browser, folder: Path) -> None:
    """Take the report of a batch."""
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    for words in (("batch", "plan.yaml", "--out", "results"), ("report", "results")):
        subprocess.run([sys.executable, "-m", "negotiation", *words], check=True, cwd=folder)
    kept(opened(browser, (folder / "results" / "report.html").as_uri(), DESK), "report", 800)


PARTS: dict[str, Callable[[Browser, Path], None]] = {"game": game, "class": group, "report": report, "gallery": gallery}


def main(wanted: Iterable[str]) -> None:
    """Take the pictures of these parts, or of all."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser: Any = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for part in [*wanted] or PARTS:
            folder = Path(tempfile.mkdtemp())
            try:
                PARTS[part](browser, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
