"""Takes every page light and dark in three widths, and in every language, for the site: `make pictures ARGS=gallery`."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page
from support_browser import Server, settled
from support_stages import classes, games, results, with_results

from negotiation.classroom.phases import Phase
from negotiation.language import LANGUAGES, SOURCE, speaking, tr
from negotiation.ui.server.identity import LOGIN, SEAT
from negotiation.ui.server.languages import COOKIE

PLACE = Path(__file__).resolve().parent.parent / "docs" / "gallery"
SIZES = {1440: (900, 640), 1024: (768, 512), 390: (844, 240)}
"""Widths of screens: their height, and how wide their picture is kept."""

LOOKS = [
    (SOURCE, "light", tuple(SIZES)),
    (SOURCE, "dark", tuple(SIZES)),
    *((code, "light", (1440, 390)) for code in LANGUAGES if code != SOURCE),
]
"""Languages, colour schemes and widths in which a page is taken."""

SLOW = 120_000
FLAGSHIP, SEATED = "alliance-2023", "nissan"

Shown = tuple[str, str, Callable[[Page], None]]
"""The title of a page, its address, and what is done there before the picture."""


def nothing(_page: Page) -> None:
    """Leave the page as it is."""


def pressed(*labels: str) -> Callable[[Page], None]:
    """Return what presses buttons one after another, where they are."""

    def press(page: Page) -> None:
        for label in labels:
            page.get_by_role("button", name=tr(label)).first.click()
            settled(page)

    return press


def worked_out(page: Page) -> None:
    """Work out the analysis, unless that was done."""
    button = page.get_by_role("button", name=tr("Work it out"))
    button.or_(page.locator("svg.marks")).first.wait_for()
    if button.count():
        button.click()
    page.locator("svg.marks").first.wait_for()


def alone(addresses: dict[str, str]) -> list[Shown]:
    """Return the pages of one person."""
    return [
        ("Home", "/", nothing),
        ("Play: the set-up", "/play", nothing),
        ("Play: the brief", addresses["new"], nothing),
        ("Play: the table", addresses["on"], nothing),
        ("Play: the debrief", addresses["over"], nothing),
        ("Watch", f"/watch?case={FLAGSHIP}", pressed("Step", "Step", "Step")),
        ("Analyse", "/analyse", worked_out),
        ("Lab", "/lab", lambda page: page.locator("svg.marks").nth(2).wait_for()),
    ]


def of_class(made: dict[Phase, str], seats: dict[Phase, str], teacher: str) -> list[tuple[Shown, dict[str, str]]]:
    """Return the pages of a class, each with what its browser keeps."""
    on, over = made[Phase.NEGOTIATE], made[Phase.DEBRIEF]
    console = {LOGIN: teacher}
    return [
        (("Join a class", "/join", nothing), {}),
        (("A student: the lobby", "/seat", nothing), {SEAT: seats[Phase.LOBBY]}),
        (("A student: the brief", "/seat", nothing), {SEAT: seats[Phase.READ]}),
        (("A student: the table", "/seat", nothing), {SEAT: seats[Phase.NEGOTIATE]}),
        (("A student: the debrief", "/seat", nothing), {SEAT: seats[Phase.DEBRIEF]}),
        (("A teacher: the classes", "/teach", nothing), console),
        (("A teacher: the groups", f"/teach?class={on}&show=Groups", nothing), console),
        (("A teacher: the debrief", f"/teach?class={over}&show=Debrief", nothing), console),
        (("The projector", f"/projector?class={on}", nothing), console),
    ]


@contextmanager
def serving(folder: Path, *words: str, first: str = "") -> Iterator[str]:
    """Run a server on the database in a folder, and give its address."""
    server = Server(folder, *words, first=first)
    try:
        yield server.url
    finally:
        server.kill()


def gallery(browser: Browser, folder: Path) -> None:
    """Take all pages, and write docs/gallery/index.md."""
    PLACE.mkdir(exist_ok=True)
    for old in PLACE.glob("*.webp"):
        old.unlink()
    solo, school = folder / "solo", folder / "school"
    solo.mkdir()
    school.mkdir()
    results(solo, "cloud-for-two", 40)
    addresses = games(solo, FLAGSHIP, SEATED, rounds=16)
    told: list[str] = []
    with serving(solo, "play", "--no-browser", "--database", first=with_results(solo)) as url:
        told += [taken(browser, url, shown, {}) for shown in alone(addresses)]
    teacher, made, seats = classes(school, FLAGSHIP, ("Ana", "Bob", "Eve", "Ivo"))
    with serving(school, "serve", "--database-url") as url:
        told += [taken(browser, url, shown, kept) for shown, kept in of_class(made, seats, teacher)]
    head = (
        "# Every page\n\nLight and dark, on a desk, a tablet and a phone, and in French and Japanese; taken by "
        "`make pictures ARGS=gallery`. All scores are fictional.\n"
    )
    (PLACE / "index.md").write_text("\n".join([head, *told]), encoding="utf-8")


def taken(browser: Browser, url: str, shown: Shown, kept: dict[str, str]) -> str:
    """Take one page in all its looks, and return what the site says of it."""
    title, address, before = shown
    name = "".join(letter if letter.isalnum() else "-" for letter in title.lower()).replace("--", "-")
    lines = [f"## {title}\n"]
    for code, scheme, widths in LOOKS:
        context = browser.new_context(color_scheme=scheme, reduced_motion="reduce", locale=code)
        context.set_default_timeout(SLOW)
        cookies = {**kept, COOKIE: code}
        context.add_cookies([{"name": one, "value": value, "url": url} for one, value in cookies.items()])
        page = context.new_page()
        page.goto(url + address)
        if page.locator("[data-testid=stApp]").count():
            settled(page)
        with speaking(code):
            before(page)
        lines += [
            pictured(page, f"{name}-{code}-{scheme}", f"{title}, {LANGUAGES[code]}, {scheme}", width)
            for width in widths
        ]
        lines.append("")
        context.close()
    print(title)
    return "\n".join(lines)


def pictured(page: Page, name: str, title: str, width: int) -> str:
    """Take a page at a width, and return the picture as the site shows it."""
    height, small = SIZES[width]
    page.set_viewport_size({"width": width, "height": height})
    page.mouse.move(1, 1)
    page.wait_for_timeout(900)
    file = f"{name}-{width}.webp"
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        little = picture.convert("RGB").resize((small, round(small * picture.height / picture.width)))
        little.save(PLACE / file, quality=68, method=6)
    return f'![{title}, {width} pixels wide]({file}){{ width="{small // 2}" }}'
