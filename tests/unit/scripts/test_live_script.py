"""The page's end of the line: nothing is lost or done twice, whatever becomes of the line; what others do is drawn soon."""

import pytest
from support_browser import needs_browser
from support_scripts import Scripts

from negotiation.ui.common.script_texts import script_texts
from negotiation.ui.server import live

pytestmark = needs_browser
ACT = {
    "label": "Offer",
    "act": {"kind": "offer"},
    "basis": 3,
    "icon": "send",
    "primary": True,
    "disabled": False,
    "said": "Offered",
    "asks": [],
    "yes": "",
    "unsent": "",
    "ends": False,
    "told": script_texts("act"),
}
PEOPLE = {"colours": {}, "names": {"a": "Alfa", "b": "Beta"}, "unit": "Week", "told": script_texts("strip")}
TALK = {"colours": {}, "names": {"a": "Alfa", "b": "Beta"}, "me": "a", "told": script_texts("talk")}
BUTTON, WHY, LINE, CLOCK = "#act button", "#act .why", "#strip .line", "#strip .clock"


@pytest.fixture(scope="module")
def opened(browser):
    return Scripts(browser, live.SCRIPT)


@pytest.fixture
def scripts(opened):
    yield opened.begin()
    assert opened.errors == []


@pytest.fixture
def seated(scripts):
    """A page with a button and the strip, whose line is open."""
    scripts.draw("act", "act", **ACT)
    scripts.draw("status", "strip", **PEOPLE)
    scripts.opens()
    return scripts


def press(page):
    page.page.locator(BUTTON).first.click()
    return page.sent("act")[-1] if page.sent("act") else None


def test_a_seat_says_hello_once_and_then_names_what_it_watches(seated):
    assert seated.ask("() => lines[0].address") == "ws://class.test/api/live"
    seated.draw("watch", "watch", seen={"g2": 4, "g1": 1}, every=0)
    assert [one["t"] for one in seated.sent()] == ["hello", "watch"]
    assert seated.sent("watch") == [{"t": "watch", "logs": ["g1", "g2"]}]
    assert seated.text(LINE) == "connected"


def test_what_is_not_stored_is_sent_again_by_the_same_key_and_what_is_stored_is_not(seated):
    first = press(seated)
    assert (first["act"], first["basis"]) == ({"kind": "offer"}, 3)
    assert seated.text(f"{BUTTON} span:nth-child(2)") == "Sending…"
    for _ in range(2):  # the answer was lost with the line, twice
        seated.falls()
        assert "Waiting for the connection" in seated.text(BUTTON)
        seated.wait(3000)
        seated.opens()
        assert seated.sent("act") == [first]
    seated.hears(t="ok", key=first["key"], why=None, again=False)
    assert "Stored" in seated.text(BUTTON)
    assert seated.text("body > [role=status]") == "Offered"
    assert seated.stored("negotiation-unsent")["left"] == []


def test_what_could_not_be_decided_is_sent_once_more_soon(seated):
    first = press(seated)
    seated.hears(t="ok", key=first["key"], why="the database is busy", again=True)
    assert seated.sent("act") == [first]
    seated.wait(1600)
    assert seated.sent("act") == [first, first]


def test_what_is_refused_says_why_and_can_be_done_anew_by_another_key(seated):
    first = press(seated)
    seated.hears(t="ok", key=first["key"], why="it is not your turn", again=False)
    assert seated.text(WHY) == "it is not your turn"
    seated.falls()
    seated.wait(3000)
    seated.opens()
    assert seated.sent("act") == []
    assert press(seated)["key"] != first["key"]


def test_a_second_click_on_what_is_under_way_does_nothing(seated):
    press(seated)
    assert seated.page.locator(BUTTON).is_disabled()
    seated.ask("() => document.querySelector('#act button').onclick()")
    assert len(seated.sent("act")) == 1


def test_offline_nothing_is_lost_and_the_line_is_dialled_as_soon_as_there_is_a_network(seated):
    seated.falls()
    press(seated)
    assert seated.text(LINE) == "reconnecting, 1 unsent"
    seated.ask("() => dispatchEvent(new Event('online'))")
    assert seated.dialled() == 2
    seated.opens()
    assert [one["act"] for one in seated.sent("act")] == [{"kind": "offer"}]
    assert seated.text(LINE) == "connected"


@pytest.mark.parametrize(
    ("code", "waits"), [(1013, [500, 750, 1125, 1687.5, 2000, 2000]), (1006, [500, 750]), (4429, [30_000, 2000])]
)
def test_a_line_that_is_closed_is_dialled_again_each_time_after_longer(seated, code, waits):
    for n, wait in enumerate(waits):
        seated.falls(code if n == 0 or code == 1013 else 1006)
        seated.wait(int(wait) - 20)
        assert seated.dialled() == n + 1
        seated.wait(41)
        assert seated.dialled() == n + 2


def test_who_has_no_seat_any_more_is_told_and_does_not_dial(seated):
    seated.falls(4403)
    assert seated.text(LINE) == "This device has no seat any more"
    seated.wait(60_000)
    assert seated.dialled() == 1


def test_a_page_without_parts_hangs_up_but_not_while_it_is_drawn_anew(seated):
    seated.leave("act")
    seated.leave("strip")
    seated.draw("status", "strip", **PEOPLE)
    seated.wait(3000)
    assert seated.ask("() => lines[0].readyState") == 1
    seated.leave("strip")
    seated.wait(3000)
    assert seated.ask("() => lines[0].readyState") == 3


def test_what_was_not_sent_survives_a_reload_for_the_same_person_only(seated):
    seated.falls()
    press(seated)
    for person, count in (("p1", 1), ("p2", 0)):
        (message,) = seated.stored("negotiation-unsent")["left"]
        seated.page.reload()
        seated.load()
        seated.draw("act", "act", **ACT)
        seated.opens(me={"person": person})
        assert seated.sent("act") == [message] * count


def test_what_a_closed_tab_had_not_sent_ten_minutes_ago_is_not_meant_any_more(seated):
    seated.falls()
    press(seated)
    seated.page.reload()
    seated.wait(601_000)
    seated.load()
    seated.draw("act", "act", **ACT)
    seated.opens()
    assert seated.sent("act") == []


def test_a_mark_that_the_page_does_not_show_asks_for_a_drawing_each_time_after_twice_as_long(seated):
    seated.draw("seat", "seat", mark="one")
    seated.hears(t="mark", mark="one", may={"table": True, "to": [], "people": True})
    seated.wait(60_000)
    assert seated.ticks("seat") == 0
    seated.hears(t="mark", mark="two", may={"table": True, "to": [], "people": True})
    counts = []
    for wait in (10, 2500, 5000, 9000, 1100):
        seated.wait(wait)
        counts.append(seated.ticks("seat"))
    assert counts == [1, 2, 3, 3, 4]
    seated.draw("seat", "seat", mark="two")
    seated.wait(60_000)
    assert seated.ticks("seat") == 4


def test_logs_that_grow_ask_for_a_drawing_and_no_oftener_than_is_asked(scripts):
    scripts.draw("watch", seen={"g": 1}, every=5000)
    scripts.ask("() => lines[0].opens()")
    assert scripts.sent() == [{"t": "watch", "logs": ["g"]}]  # whoever only watches has no seat to greet from
    scripts.wait(5000)
    scripts.hears(t="v", v={"g": 1})
    scripts.wait(100)
    assert scripts.ticks() == 0
    scripts.hears(t="v", v={"g": 2})
    scripts.wait(100)
    assert scripts.ticks() == 1
    scripts.draw("watch", seen={"g": 2}, every=5000)
    scripts.hears(t="v", v={"g": 3})
    scripts.wait(4000)
    assert scripts.ticks() == 1
    scripts.wait(1500)
    assert scripts.ticks() == 2


def test_a_page_whose_server_was_started_anew_loads_itself_again_once_a_minute(seated):
    seated.draw("seat", "seat", mark="one")
    seated.falls()
    seated.wait(1000)
    seated.opens()
    with seated.page.expect_navigation():
        seated.hears(t="mark", mark="two", may={"table": True, "to": [], "people": True})
        seated.wait(8000)
    assert seated.stored("negotiation-anew") > 0


def test_the_clock_counts_between_what_it_is_told(seated):
    seated.hears(t="clock", called="Negotiating", timed=True, left=125, running=True, round=60, round_left=5)
    assert seated.text(CLOCK) == "Negotiating · Week ends in 0:05 · 2:05 left"
    seated.wait(10_000)
    assert seated.text(CLOCK) == "Negotiating · Week ends in 0:55 · 1:55 left"
    assert not seated.page.locator(f"{CLOCK}.low").count()
    seated.wait(60_000)
    assert seated.page.locator(f"{CLOCK}.low").count()
    seated.hears(t="clock", called="Negotiating", timed=True, left=50, running=False, round=None, round_left=None)
    seated.wait(10_000)
    assert seated.text(CLOCK) == "Negotiating · 0:50 left · paused"


@pytest.mark.parametrize(
    ("left", "text"),
    [(-5, "0:00"), (59.2, "1:00"), (3600, "1:00:00"), (172_799, "47:59:59"), (604_799, "7 days"), (None, None)],
)
def test_the_time_left_is_told_in_a_unit_that_fits(seated, left, text):
    seated.hears(t="clock", called="Debrief", timed=False, left=left, running=True, round=None, round_left=None)
    assert seated.text(CLOCK) == (f"Debrief · {text} left" if text else "Debrief")


def test_a_page_tells_that_it_is_there_and_whether_anybody_touches_it(seated):
    seated.wait(20_000)
    assert seated.sent("ping") == [{"t": "ping", "idle": False}]
    seated.wait(120_000)
    assert seated.sent("ping")[-1] == {"t": "ping", "idle": True}


def test_what_others_write_is_text_and_nothing_else(scripts):
    scripts.draw("talk", "talk", **TALK)
    scripts.opens(lines=[{"k": "say", "who": "b", "text": "<img src=x onerror=boom()>"}])
    assert scripts.text("#talk .say .text") == "<img src=x onerror=boom()>"
    assert scripts.page.locator("#talk img").count() == 0


def test_what_is_said_stands_as_unsent_until_it_comes_back_as_a_line(scripts):
    scripts.draw("talk", "talk", **TALK)
    scripts.opens()
    scripts.hears(t="mark", mark="m", may={"table": True, "to": ["b"], "people": True})
    scripts.page.locator("#talk textarea").fill(" Hello ")
    scripts.page.locator("#talk textarea").press("Enter")
    assert scripts.sent("say") == []
    assert [one["text"] for one in scripts.sent("read")] == ["Hello"]
    scripts.hears(t="read", text="Hello", chips=[], missed=["Hello"], left=[], sure=True)
    (said,) = scripts.sent("say")
    assert (said["text"], said["to"]) == ("Hello", [])
    assert scripts.text("#talk .pending .say small") == "sending…"
    scripts.hears(t="talk", lines=[{"k": "say", "who": "a", "text": "Hello", "mine": True}])
    assert scripts.page.locator("#talk .pending .say").count() == 0
    scripts.page.locator("#talk textarea").fill("x" * 1001)
    assert scripts.page.locator("#talk .send").is_disabled()


def table(scripts, text, to=()):
    """Type a text at a table where one may speak, and press Enter."""
    scripts.draw("talk", "talk", **TALK)
    scripts.opens()
    scripts.hears(t="mark", mark="m", may={"table": True, "to": list(to), "people": False})
    scripts.page.locator("#talk textarea").fill(text)
    scripts.page.locator("#talk textarea").press("Enter")


def test_what_was_understood_is_shown_and_sent_by_the_next_enter_without_what_was_taken_away(scripts):
    table(scripts, "No merger. What do you need? So be it.")
    chips = [["out of the question: merger", "refuse a.b=c"], ["asks: what matters most", "ask priority"]]
    scripts.hears(
        t="read", text="No merger. What do you need? So be it.", chips=chips, missed=["So be it."], left=["x: y"]
    )
    assert scripts.sent("say") + scripts.sent("act") == []
    told = scripts.text("#talk .meant")
    assert "Sent as plain words: So be it." in told
    assert "Not sent as a move, x: y." in told
    scripts.page.locator("#talk .move").first.click()
    scripts.page.locator("#talk textarea").press("Enter")
    (said,) = scripts.sent("act")
    assert said["act"] == {
        "kind": "say",
        "text": "No merger. What do you need? So be it.",
        "to": [],
        "moves": "ask priority",
    }
    assert said["basis"] is None
    assert scripts.text("#talk .pending .say small") == "sending…"
    assert scripts.text("#talk .meant") == ""
    scripts.hears(t="ok", key=said["key"], why="no seat at Horse", again=False)
    scripts.page.locator("#talk .pending button").click()
    assert scripts.page.locator("#talk textarea").input_value() == "No merger. What do you need? So be it."


def test_a_courtesy_is_sent_at_once_with_its_meaning(scripts):
    table(scripts, "Thank you.")
    scripts.hears(t="read", text="Thank you.", chips=[["thanks", "courtesy thanks"]], missed=[], left=[], sure=True)
    (said,) = scripts.sent("act")
    assert said["act"] == {"kind": "say", "text": "Thank you.", "to": [], "moves": "courtesy thanks"}


def test_what_was_understood_is_forgotten_when_the_text_is_changed(scripts):
    table(scripts, "No merger.")
    scripts.hears(
        t="read", text="No merger.", chips=[["out of the question: merger", "refuse a.b=c"]], missed=[], left=[]
    )
    scripts.page.locator("#talk textarea").fill("No merger, please.")
    assert scripts.text("#talk .meant") == ""
    scripts.page.locator("#talk textarea").press("Enter")
    assert [one["text"] for one in scripts.sent("read")] == ["No merger.", "No merger, please."]


def test_a_server_that_does_not_answer_costs_the_meaning_and_not_the_words(scripts):
    table(scripts, "No merger.")
    scripts.page.locator("#talk textarea").press("Enter")
    assert len(scripts.sent("read")) == 1
    scripts.wait(2500)
    (said,) = scripts.sent("say")
    assert said["text"] == "No merger."


def test_private_words_to_another_party_mean_something(scripts):
    table(scripts, "", to=["b"])
    scripts.page.locator("#talk select").select_option("b")
    scripts.page.locator("#talk textarea").fill("No merger.")
    scripts.page.locator("#talk textarea").press("Enter")
    scripts.hears(
        t="read",
        text="No merger.",
        chips=[["out of the question: merger", "refuse a.b=c"]],
        missed=[],
        left=[],
        sure=False,
    )
    scripts.page.locator("#talk textarea").press("Enter")
    (said,) = scripts.sent("act")
    assert said["act"] == {"kind": "say", "text": "No merger.", "to": ["b"], "moves": "refuse a.b=c"}


@pytest.mark.parametrize("whom", ["a", "@teacher"])
def test_words_to_ones_team_and_to_the_teacher_are_sent_as_they_are(scripts, whom):
    table(scripts, "", to=["a", "@teacher"])
    scripts.page.locator("#talk select").select_option(whom)
    scripts.page.locator("#talk textarea").fill("No merger.")
    scripts.page.locator("#talk textarea").press("Enter")
    assert scripts.sent("read") == []
    assert [one["to"] for one in scripts.sent("say")] == [[whom]]


def test_while_agents_think_the_page_says_so_until_one_answers(scripts):
    def thinking():
        return "The others are thinking…" in scripts.text("#talk .pending")

    scripts.draw("talk", "talk", **TALK, thinks=True)
    scripts.opens()
    scripts.hears(t="mark", mark="m", may={"table": True, "to": [], "people": False})
    mine = {"k": "say", "who": "a", "text": "Hello", "mine": True}
    scripts.hears(t="talk", lines=[mine])
    assert thinking()
    scripts.hears(t="talk", lines=[{"k": "mark", "text": "Week 2"}])
    assert thinking()
    scripts.hears(t="talk", lines=[{"k": "say", "who": "b", "text": "Good morning."}])
    assert not thinking()
    scripts.hears(t="talk", lines=[mine])
    scripts.wait(5500)
    assert not thinking()


def test_a_button_that_says_something_is_done_as_soon_as_that_is_heard(seated):
    seated.draw("act", "act", **{**ACT, "act": {"kind": "say", "text": "Hello", "moves": "courtesy greeting"}})
    press(seated)
    assert len(seated.sent("act")) == 1
    seated.hears(t="talk", lines=[{"k": "say", "who": "a", "text": "Hello", "mine": True}])
    assert "Stored" in seated.text(BUTTON)


def test_what_is_said_runs_in_the_direction_of_its_script(scripts):
    scripts.draw("talk", "talk", **TALK)
    scripts.opens(lines=[{"k": "say", "who": "b", "text": "مرحبا"}])
    assert scripts.page.locator("#talk .lines .text").get_attribute("dir") == "auto"


def test_an_end_with_something_typed_asks_first(scripts):
    scripts.draw("talk", "talk", **TALK)
    scripts.draw("act", "act", **{**ACT, "label": "End my week", "yes": "End all the same", "ends": True})
    scripts.opens()
    scripts.hears(t="mark", mark="m", may={"table": True, "to": [], "people": True})
    scripts.page.locator("#talk textarea").fill("wait")
    press(scripts)
    assert scripts.sent("act") == []
    assert "You have typed something and not sent it." in scripts.text("#act .ask")
    scripts.page.keyboard.press("Escape")
    assert scripts.page.locator("#act .ask").count() == 0
    press(scripts)
    scripts.page.locator("#act .ask button").first.click()
    assert len(scripts.sent("act")) == 1


def test_what_is_typed_into_a_sheet_outlives_its_page_for_its_owner_only(scripts):
    field = "() => { document.body.innerHTML += '<div class=st-key-sheet-notes><textarea></textarea></div>'; }"
    scripts.draw("sheet", "sheet", me="p1", kept={})
    scripts.ask(field)
    scripts.page.locator(".st-key-sheet-notes textarea").fill("my plan")
    for me, count in (("p2", 0), ("p1", 1)):
        kept = scripts.stored("negotiation-sheet")
        scripts.page.reload()
        scripts.ask("(kept) => sessionStorage.setItem('negotiation-sheet', kept)", scripts.ask("JSON.stringify", kept))
        scripts.load()
        scripts.draw("sheet", "sheet", me=me, kept={"sheet-notes": ""})
        assert scripts.ticks("sheet") == count
        scripts.ask("(kept) => sessionStorage.setItem('negotiation-sheet', kept)", scripts.ask("JSON.stringify", kept))
