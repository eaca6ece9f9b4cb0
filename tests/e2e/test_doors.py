"""The doors of a real server: a second factor, one place for a device, and others' guesses. No browser is needed."""

import re
import secrets
import time

import pyotp
import pytest
from support_browser import Server
from support_class import Class
from support_wire import PASSWORD, post

from negotiation.classroom.classroom import Classroom
from negotiation.classroom.store import Store
from negotiation.errors import Refused
from negotiation.ui.server.doors import MOST_PLACES
from negotiation.ui.server.identity import KNOWN, LOGIN, PLACE, SEAT

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("served"), "serve", "--host", "127.0.0.1", "--database-url", quick=True)
    yield running
    running.kill()


@pytest.fixture(scope="module")
def room(server):
    store = Store(str(server.folder / "games.db"))
    one = Classroom(store)
    one.accounts.first(one.accounts.setup_secret(), "Tea", PASSWORD)
    yield one
    store.engine.dispose()


class Jar:
    """A browser's cookies."""

    def __init__(self, server):
        self.server, self.cookies = server, {}

    def post(self, path, **fields):
        """Status, where it leads, and text."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        status, headers, text = post(self.server.url, path, headers=sent, **fields)
        for line in headers.get_all("Set-Cookie") or ():
            assert "HttpOnly" in line
            assert "SameSite=lax" in line
            name, _, value = line.partition(";")[0].partition("=")
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return status, headers.get("Location", ""), text


def hidden(text, name):
    return re.search(f"name='{name}' value='([^']+)'", text)[1]


def test_a_second_factor_from_the_page_to_the_login(server, room):
    mine = Jar(server)
    assert mine.post("/account/factor", password=PASSWORD)[:2] == (303, "/login")
    assert mine.post("/login", name="Tea", password=PASSWORD)[:2] == (303, "/teach")
    assert {LOGIN, KNOWN} == set(mine.cookies)
    status, _, text = mine.post("/account/factor", password="not this one")
    assert (status, "password is wrong" in text) == (400, True)
    status, _, text = mine.post("/account/factor", password=PASSWORD)
    assert "data:image/svg+xml" in text
    secret = re.search("<code>([A-Z2-7 ]+)</code>", text)[1].replace(" ", "")
    status, _, text = mine.post("/account/confirm", code="12")
    assert (status, "this code is wrong" in text, "data:image/svg+xml" in text) == (400, True, True)
    status, _, text = mine.post("/account/confirm", code=pyotp.TOTP(secret).now())
    codes = re.findall("<code>([-A-Z0-9]+)</code>", text)
    assert (status, len(codes)) == (200, 10)
    other = Jar(server)
    status, _, text = other.post("/login", name="Tea", password=PASSWORD)
    assert (status, "Second factor" in text, other.cookies) == (200, True, {})
    half = hidden(text, "half")
    status, _, text = other.post("/second", half=half, code=pyotp.TOTP(secret).now())
    assert (status, "was used before" in text, hidden(text, "half")) == (400, True, half)
    assert other.post("/second", half=half, code=codes[0])[:2] == (303, "/teach")
    assert other.post("/second", half=half, code=codes[1])[0] == 400
    later = pyotp.TOTP(secret).at(int(time.time()) + 30)
    _, _, text = other.post("/login", name="Tea", password=PASSWORD)
    assert other.post("/second", half=hidden(text, "half"), code=later)[:2] == (303, "/teach")
    status, _, text = other.post("/account/drop", password=PASSWORD)
    assert (status, "Set up a second factor" in text) == (200, True)
    assert Jar(server).post("/login", name="Tea", password=PASSWORD)[:2] == (303, "/teach")
    assert secret not in server.log()
    assert codes[0] not in server.log()


def test_a_browser_takes_one_place_also_when_it_forgets_its_seat(server, room):
    one, browser = Class(room), Jar(server)
    key = "a-key-of-this-click"
    assert browser.post("/join", code=one.code, name="Ana", key=key)[:2] == (303, "/seat")
    assert {SEAT, PLACE} == set(browser.cookies)
    assert browser.post("/join", code=one.code, name="Ana", key=key)[:2] == (303, "/seat")
    browser.post("/leave")
    assert set(browser.cookies) == {PLACE}
    status, _, text = browser.post("/join", code=one.code, name="Bob", key="another-key-of-a-click")
    assert (status, "has a place in this class, as Ana" in text) == (400, True)
    assert len(one.now.people) == 1
    browser.cookies = {SEAT: browser.cookies[PLACE]}  # what marks the place is no seat
    assert Jar(server).post("/join", code=one.code, name="Bob", key="another-key-of-a-click")[0] == 303
    with pytest.raises(Exception, match="no seat"):
        room.seats.identify(browser.cookies[SEAT])


def test_a_browser_that_was_in_another_class_meanwhile_comes_back_to_its_place(server, room):
    here, there, browser = Class(room), Class(room), Jar(server)

    def joins(one, name):
        status, where, text = browser.post("/join", code=one.code, name=name, key=secrets.token_urlsafe(16))
        return (status, where, text) if status != 303 else room.seats.identify(browser.cookies[SEAT])

    first, other = joins(here, "Mal"), joins(there, "Mal")
    assert (first.session, other.session) == (here.id, there.id)
    status, _, text = joins(here, "Eve")
    assert (status, "as Mal" in text, "that name leads back" in text) == (400, True, True)
    assert joins(here, "Mal") == first
    assert joins(there, "Mal") == other
    assert [len(one.now.people) for one in (here, there)] == [1, 1]
    assert joins(here, "Mal") == first
    browser.post("/leave")
    for one in (here, there):
        status, _, text = joins(one, "Mal")
        assert (status, "a device code leads back" in text) == (400, True)
    for place in browser.cookies[PLACE].split("."):
        browser.cookies[SEAT] = place
        assert browser.post("/leave")[0] == 303
        with pytest.raises(Refused, match="no seat"):
            room.seats.identify(place)


def test_a_browser_keeps_the_last_places_that_it_took(server, room):
    classes, browser = [Class(room) for _ in range(MOST_PLACES + 1)], Jar(server)
    for one in [*classes, *classes[1:]]:
        assert browser.post("/join", code=one.code, name="Mal", key=secrets.token_urlsafe(16))[0] == 303
        assert len(browser.cookies[PLACE].split(".")) <= MOST_PLACES
    assert [len(one.now.people) for one in classes] == [1] * len(classes)


def test_guesses_are_remembered_when_the_server_is_killed(server, room):
    for _ in range(10):
        assert Jar(server).post("/login", name="Tom", password="a wrong one")[0] == 400
    assert "too many wrong attempts" in Jar(server).post("/login", name="Tom", password="a wrong one")[2]
    server.kill()
    server.start()
    assert "too many wrong attempts" in Jar(server).post("/login", name="Tom", password="a wrong one")[2]
