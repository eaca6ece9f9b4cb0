"""Speaking alone with agents: in one's own words with what was understood, by buttons, in private, and what goes wrong."""

import pytest
from support_app import click

from negotiation.actions import Say, Walk
from negotiation.formats.notation import write
from negotiation.ui.common import meaning
from negotiation.ui.play.solo_games import solo

QUESTION = "Renault, what matters most to you at Ampère?"


@pytest.fixture
def talks(visit):
    """The page of Nissan in a new game, at the table; agents talk if a language is given."""

    def opened(**options):
        game = solo().start(**{"case": "alliance-2023", "seats": {"nissan": "person"}, "seed": 1, **options})
        return Page(click(visit("Take a seat", game=game), "Go to the table"), game)

    return opened


def html(app):
    return "".join(element.proto.body for element in app.get("html"))


class Page:
    """The page, and what it says."""

    def __init__(self, app, game):
        self.app, self.game = app, game

    def type(self, text):
        self.app.chat_input[0].set_value(text).run()
        return self.checked()

    def checked(self):
        assert not self.app.exception, [problem.value for problem in self.app.exception]
        return self

    def press(self, label):
        click(self.app, label)
        return self

    @property
    def chips(self):
        found = [pills for pills in self.app.pills if pills.label.startswith("Understood")]
        return found[0] if found else None

    @property
    def captions(self):
        return [caption.value.replace("\\", "") for caption in self.app.caption]

    @property
    def toasts(self):
        return [toast.value.replace("\\", "") for toast in self.app.toast]

    @property
    def said(self):
        """What Nissan has said."""
        events = solo().load(self.game).state.events
        return [event.action for event in events if event.party == "nissan" and isinstance(event.action, Say)]

    @property
    def sentence(self):
        """The sentence that a quick move is about to say."""
        bodies = [element.proto.body for element in self.app.get("html")]
        return next(body for body in reversed(bodies) if "class='say mine'" in body and "--accent" in body)

    def quick(self, kind, seldom=""):
        self.app.pills[-1].set_value(kind).run()
        if seldom:
            self.list("What to say").set_value(seldom).run()
        return self.checked()

    def list(self, label):
        found = [box for box in self.app.selectbox if box.label == label]
        assert found, f"no list {label!r}; there are {[box.label for box in self.app.selectbox]}"
        return found[-1]

    def choose(self, label, value):
        self.list(label).set_value(value).run()
        return self.checked()


def test_what_was_understood_is_shown_before_it_is_sent(talks):
    page = talks().type(QUESTION)
    assert page.said == []
    assert page.chips.value == ["asks Renault Group: what matters most at Ampère"]
    page.press("Say it")
    (say,) = page.said
    assert (say.text, say.to, write(say.moves)) == (QUESTION, (), "ask priority ampere -> renault")
    assert page.chips is None
    assert "<div class='meant'>asks Renault Group: what matters most at Ampère</div>" in html(page.app)


def test_the_one_who_is_asked_answers_before_the_page_is_drawn_again(talks):
    page = talks(talk="en").type(QUESTION).press("Say it")
    events = solo().load(page.game).state.events
    asked = next(n for n, event in enumerate(events) if event.party == "nissan")
    answers = [event for event in events[asked:] if event.party == "renault" and isinstance(event.action, Say)]
    assert answers
    assert answers[0].action.moves
    assert answers[0].action.text.split(",")[0] in html(page.app)


def test_a_chip_is_taken_away_and_the_rest_is_said_in_plain_words(talks):
    page = talks().type("A merger is out of the question. On purchasing we are flexible. The weather is fine.")
    assert page.chips.value == [
        "out of the question: Cross-shareholding: full merger",
        "flexible: Parts purchasing",
    ]
    assert "Sent as plain words: The weather is fine." in page.captions
    page.chips.unselect(page.chips.value[0]).run()
    page.press("Say it")
    assert write(page.said[0].moves) == "open alliance.purchasing"


def test_a_courtesy_is_said_at_once_with_its_meaning(talks):
    page = talks().type("Thank you very much!")
    assert [write(say.moves) for say in page.said] == ["courtesy thanks"]


def test_all_chips_can_be_taken_away(talks):
    page = talks().type(QUESTION)
    page.chips.set_value([]).run()
    assert "All of it is sent as plain words." in page.captions
    assert page.press("Say it").said == [Say(QUESTION)]


def test_a_text_may_be_changed_before_it_is_sent(talks):
    page = talks().type(QUESTION).press("Change it")
    assert page.chips is None
    assert page.app.chat_input[0].value == QUESTION
    assert page.type("Good.").said == [Say("Good.")]


@pytest.mark.parametrize(
    ("text", "chip", "moves"),
    [
        (
            "Renault, qu'est-ce qui compte le plus pour vous à la table Ampère ?",
            "demande à Renault : ce qui compte le plus (table Ampère)",
            "ask priority ampere -> renault",
        ),
        ("合併は受け入れられません。", "受け入れられない：株式持ち合い：完全な合併", "refuse alliance.stakes=merger"),
    ],
)
def test_french_and_japanese_are_understood_and_shown_whatever_the_agents_speak(talks, text, chip, moves):
    page = talks().type(text)
    assert page.chips.value == [chip]
    page.press("Say it")
    assert write(page.said[0].moves) == moves
    assert f"<div class='meant'>{chip}</div>" in html(page.app)


def test_a_private_word_is_for_those_who_were_chosen(talks):
    page = talks()
    to = next(box for box in page.app.multiselect if box.label == "Who hears it")
    assert to.options == ["Renault Group", "Mitsubishi Motors", "Google", "Nimbus"]
    to.set_value(["google"]).run()
    assert page.app.chat_input[0].placeholder == "Only Google will read this…"
    page.type("We like your cloud.")
    assert page.said == [Say("We like your cloud.", ("google",))]
    assert "<b>You</b> to Google, in private" in html(page.app)
    page.type(QUESTION)
    assert any("Renault Group does not hear it; it is said to Google" in caption for caption in page.captions)
    assert page.chips is None


def test_the_end_of_the_week_asks_about_words_that_wait(talks):
    page = talks().type(QUESTION).press("End my week")
    assert "You have typed something and not sent it." in " ".join(m.value for m in page.app.markdown).replace("\\", "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The technology contributed to Horse is a point on which we are flexible.", "no seat at Horse"),
        ("A 50/50 split of Horse is out of the question.", "no seat at Horse"),
    ],
)
def test_a_move_that_means_nothing_is_not_sent_as_one(talks, text, why):
    page = talks().type(text)
    assert why in " ".join(page.captions)
    assert page.chips is None
    assert page.press("Say it").said == [Say(text)]


def test_nor_is_a_move_about_a_table_that_is_closed(talks):
    page = talks().press("Walk away from this table").press("Yes, leave this table for good")
    page.type("On purchasing we are flexible.")
    assert "was abandoned in week 1" in " ".join(page.captions)
    assert page.press("Say it").said == [Say("On purchasing we are flexible.")]


def test_what_is_refused_says_why_and_waits_on(talks, monkeypatch):
    page = talks().type("On purchasing we are flexible.")
    solo().act(page.game, "nissan", Walk("alliance"), request="another tab")
    with monkeypatch.context() as patch:
        patch.setattr(
            meaning, "nonsense", lambda *_: ""
        )  # a part of a page that is drawn alone knows nothing of it yet
        page.press("Say it")
    (told,) = page.toasts
    assert "was abandoned in week 1" in told
    assert page.said == []
    assert page.press("Say it").said == [Say("On purchasing we are flexible.")]


def test_what_is_typed_while_a_text_waits_is_added_to_it(talks):
    page = talks().type(QUESTION).type("A merger is out of the question.")
    assert len(page.chips.value) == 2
    assert page.press("Say it").said[0].text == f"{QUESTION} A merger is out of the question."


@pytest.mark.parametrize("text", ["😀🎉", "مرحبا بكم", "<script>alert(1)</script> & <b>bold</b>", "…", "x" * 1000])
def test_whatever_is_typed_is_said_as_it_is(talks, text):
    page = talks().type(text)
    assert page.said == [Say(text)]
    assert "<script>" not in html(page.app)
    assert "dir='auto'" in html(page.app)


@pytest.mark.parametrize("length", [1001, 100_000])
def test_too_much_is_refused_in_one_line_and_stays_in_its_line(talks, length):
    page = talks().type("x" * length)
    assert page.said == []
    (told,) = page.toasts
    assert f"{length:,} characters" in told
    assert "\n" not in told
    assert page.app.chat_input[0].value == "x" * length


def test_blanks_alone_say_nothing(talks):
    page = talks().type("   ")
    assert page.said == []
    assert page.toasts == ["Nothing was said: the line holds blanks only."]


def test_twenty_texts_in_a_row_are_all_said_once(talks):
    page = talks()
    for number in range(20):
        page.type(f"Number {number}")
    assert [say.text for say in page.said] == [f"Number {number}" for number in range(20)]


SAID = {
    ("priority", ""): "ask priority alliance -> renault",
    ("obstacle", ""): "ask obstacle alliance -> renault",
    ("trade", ""): "trade get alliance.stakes give alliance.votes",
    ("refuse", ""): "refuse alliance.stakes=merger",
    ("open", ""): "open alliance.stakes",
    ("more", "rank"): "rank alliance.stakes > alliance.votes",
    ("more", "prefer"): "prefer alliance.stakes: merger > sq_43_15",
    ("more", "cannot"): "obstacle alliance.stakes",
    ("more", "option"): "ask option alliance.stakes=merger -> renault",
    ("more", "instead"): "ask alternative alliance -> renault",
    ("more", "alternative"): "alternative alliance",
    ("more", "commit"): "commit unless alliance then sign ampere",
    ("more", "courtesy"): "courtesy thanks",
}


@pytest.mark.parametrize("kind", SAID)
def test_a_quick_move_is_shown_as_a_sentence_and_said(talks, kind):
    page = talks().quick(*kind)
    sentence = page.sentence
    page.press("Say this")
    (say,) = page.said
    assert write(say.moves) == SAID[kind]
    assert say.text.replace("'", "&#x27;") in sentence
    assert page.app.pills[-1].value is None


def test_a_sketch_begins_open_and_says_what_was_chosen(talks):
    page = talks().quick("sketch")
    assert "Choose at least one term; the others stay open." in page.captions
    page.choose("Table", "ampere").choose("Nissan's investment", "s7").choose("Nissan engineers in Ampère", "none")
    page.press("Say this")
    assert write(page.said[0].moves) == "sketch ampere.nissan_stake=s7 ampere.engineers=none"


def test_the_lists_begin_at_the_table_that_is_looked_at(talks):
    page = talks()
    page.app.segmented_control[0].set_value("cloud").run()
    page.quick("priority")
    assert page.list("Table").value == "cloud"
    page.choose("Whom", "").press("Say this")
    assert write(page.said[0].moves) == "ask priority cloud"


def test_a_promise_names_its_week_and_its_partner(talks):
    page = talks().quick("more", "commit").choose("Until when", "8").choose("there", "cloud").choose("With", "google")
    page.press("Say this")
    assert write(page.said[0].moves) == "commit unless alliance by 8 then sign cloud google"


def test_no_rank_of_an_issue_before_itself(talks):
    page = talks().quick("more", "rank").choose("than this", "stakes")
    assert not [one for one in page.app.button if one.label == "Say this"]


def test_a_quick_move_may_be_private_and_in_the_language_of_the_talks(talks):
    page = talks(talk="fr")
    next(box for box in page.app.multiselect if box.label == "Who hears it").set_value(["renault"]).run()
    page.quick("obstacle").press("Say this")
    (say,) = page.said
    assert say.to == ("renault",)
    assert "Renault, " in say.text
    assert "«\u00a0Alliance\u00a0»" in say.text


def test_in_a_case_for_two_there_is_nobody_to_choose(talks):
    page = talks(case="cloud-for-two", seats={"kaido": "person"})
    assert not [box for box in page.app.multiselect if box.label == "Who hears it"]
