"""What students type, in real browsers: a sheet that is never lost, a talk within a team, and no talk to agents."""

import pytest
from support_browser import SLOW, SOON, needs_browser, playwright, settled
from support_class import TEACHER, Class
from support_served import serving
from support_wire import join

from negotiation.ui.server.identity import SEAT

pytestmark = needs_browser
expect = playwright.expect


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seats")
    with serving(folder, quick=True) as running:
        yield running


@pytest.fixture
def visit(browser, server):
    """Somebody with a seat, in a browser of their own: the page and the token."""
    contexts = []

    def opened(one, name):
        one.count += 1
        token = join(server.url, one.code, name, f"key-of-person-{one.count:04d}")
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(SLOW)
        context.add_cookies([{"name": SEAT, "value": token, "url": server.url}])
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{server.url}/seat")
        settled(page)
        return page, token

    yield opened
    for context in contexts:
        context.close()


def soon(page, true):
    """Wait until something is so in the database."""
    for _ in range(SOON // 100):
        if true():
            return True
        page.wait_for_timeout(100)
    return False


def test_nothing_typed_into_the_sheet_is_lost(room, visit):
    one = Class(room)
    page, token = visit(one, "Ana")
    me = room.seats.identify(token).person
    one.go("prepare")
    notes = page.get_by_label("Notes")
    expect(notes).to_be_visible(timeout=SLOW)
    notes.press_sequentially("Ask for the platform first")
    assert soon(page, lambda: one.now.sheets.get(me, {}).get("notes") == "Ask for the platform first")
    expect(notes).to_be_focused()  # it was kept in a pause, and one goes on typing
    notes.press_sequentially("; then")
    target = page.get_by_label("My target, in points")
    target.fill("71")
    notes.press_sequentially("; give way late")
    one.go("negotiate")  # the phase ends while somebody types
    expect(page.get_by_role("button", name="My sheet")).to_be_visible(timeout=SLOW)
    assert soon(page, lambda: one.now.sheets[me]["notes"] == "Ask for the platform first; then; give way late")
    assert one.now.sheets[me]["target"] == 71.0
    page.get_by_role("button", name="My sheet").click()
    expect(page.get_by_label("Notes")).to_have_value("Ask for the platform first; then; give way late", timeout=SLOW)
    page.get_by_label("Notes").press_sequentially(". Week 3")
    page.reload()
    assert soon(page, lambda: one.now.sheets[me]["notes"].endswith(". Week 3"))
    one.go("sign")
    expect(page.get_by_role("button", name="My sheet")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="My sheet").click()
    guess = page.get_by_label("What matters most to").first
    guess.click()
    expect(page.get_by_role("option").first).to_be_visible()
    assert "Select all" not in page.inner_text("body")


def test_a_team_has_a_talk_of_its_own(room, visit):
    one = Class(room, surplus="share")
    people = [visit(one, name) for name in ("Ana", "Bob", "Cyn", "Dan")]
    one.go("prepare")
    seats = [room.seats.identify(token) for _, token in people]
    shared = next(seat.party for seat in seats if len(one.now.at(seat.group, seat.party)) == 2)
    ana, bob = (n for n, seat in enumerate(seats) if seat.party == shared)
    across = next(n for n, seat in enumerate(seats) if seat.party != shared)
    page, mate, other = (people[n][0] for n in (ana, bob, across))
    hears = page.get_by_label("Who hears it")
    expect(hears).to_have_value(shared, timeout=SLOW)  # before the talks nobody is nearer
    page.get_by_label("What you say").fill("Let us ask for more.")
    page.get_by_label("What you say").press("Enter")
    mine = page.locator(".say.mine", has_text="Let us ask for more.")
    expect(mine).to_contain_text("You to your team only", timeout=SLOW)
    theirs = mate.locator(".say", has_text="Let us ask for more.")
    expect(theirs).to_contain_text(f"{seats[ana].name} to your team only", timeout=SLOW)
    expect(mate.locator(".say.mine")).to_have_count(0)
    one.go("negotiate")
    expect(page.get_by_text("Negotiating").first).to_be_visible(timeout=SLOW)
    expect(hears).to_be_visible(timeout=SLOW)
    hears.select_option("")
    page.get_by_label("What you say").fill("Good morning.")
    page.get_by_label("What you say").press("Enter")
    expect(page.locator(".say.mine", has_text="Good morning.")).to_contain_text("You", timeout=SLOW)
    expect(mate.locator(".say", has_text="Good morning.")).to_contain_text(
        f"{seats[ana].name}, for your seat", timeout=SLOW
    )
    said = other.locator(".say", has_text="Good morning.")
    expect(said).to_be_visible(timeout=SLOW)
    assert seats[ana].name not in said.inner_text()
    assert "Let us ask for more." not in other.content()
    expect(page.get_by_text("Only agents sit opposite")).to_have_count(0)


def test_alone_with_agents_the_page_says_that_nobody_reads(room, visit):
    one = Class(room, homework=True)
    page, _ = visit(one, "Eve")
    expect(page.get_by_text("Only agents sit opposite").first).to_be_visible(timeout=SLOW)


def test_a_page_that_waits_comes_back_after_the_server_was_started_anew(server, room, visit):
    """Nobody touches the page, nothing is said: the new server has never heard of its parts."""
    one = Class(room)
    page, _ = visit(one, "Ana")
    one.go("negotiate")
    expect(page.get_by_role("button", name="End my")).to_be_visible(timeout=SLOW)
    line = page.get_by_label("What you say")
    line.fill("A sentence begun")
    server.kill()
    server.start()
    expect(page.get_by_text("connected", exact=True).first).to_be_visible(timeout=SLOW)
    one.go("sign")
    expect(page.get_by_role("button", name="Send offer")).to_have_count(0, timeout=2 * SOON)
    expect(line).to_have_value("A sentence begun")


def test_what_is_told_to_everybody_stands_on_every_page_until_it_is_closed(room, visit):
    one = Class(room)
    page, _ = visit(one, "Ana")
    front = page.get_by_role("status").filter(has_text="Tea: Ten minutes left.").first
    room.teaching.broadcast(TEACHER, one.id, "Ten minutes left.", "b1")
    for phase in ("read", "negotiate", "debrief"):
        one.go(phase)
        expect(page.locator(".clock").first).to_contain_text(
            {"read": "Reading", "negotiate": "Negotiating"}.get(phase, "Debrief")
        )
        expect(front).to_be_visible(timeout=SLOW)
    front.get_by_role("button", name="Close").click()
    expect(front).to_be_hidden()
    room.teaching.broadcast(TEACHER, one.id, "Thank you.", "b2")
    expect(page.get_by_role("status").filter(has_text="Tea: Thank you.").first).to_be_visible(timeout=SLOW)
