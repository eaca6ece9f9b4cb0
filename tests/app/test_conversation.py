"""The log as people read it: to whom something was said, and of what others said in private only that they did."""

import pytest

from negotiation.actions import Event, Say
from negotiation.analysis.transcript import steps
from negotiation.formats import load
from negotiation.formats.notation import read
from negotiation.protocols.open_floor import OpenFloor
from negotiation.rules import apply
from negotiation.ui.play.conversation import conversation
from negotiation.view import sealed

CASE = load("alliance-2023").scenario
OPENING = OpenFloor().opening(CASE, 16)


@pytest.fixture
def told():
    """The conversation of some words as a party reads it."""

    def of(*said, me="nissan"):
        state = OPENING
        for party, say in said:
            state = apply(state, Event(party, say))
        return conversation(OPENING, steps(OPENING, sealed(state, me).events), me)

    return of


SECRET = "our secret"
RENAULT = ("renault", Say(SECRET, ("google",)))
GOOGLE = ("google", Say(SECRET, ("renault",)))
PUBLIC = ("renault", Say("Good morning."))


def test_private_words_of_others_are_one_line_without_what_was_said(told):
    found = told(PUBLIC, RENAULT, PUBLIC)
    assert SECRET not in found
    assert "In private: Renault Group to Google</div>" in found


def test_much_that_others_say_in_private_is_folded_until_there_is_something_to_read(told):
    found = told(RENAULT, GOOGLE, RENAULT, PUBLIC, GOOGLE)
    assert "<summary>3 private words between others</summary>" in found
    assert "Renault Group to Google, 2 times<br>Google to Renault Group" in found
    assert found.index("3 private words") < found.index("Good morning.") < found.index("In private: Google to Renault")
    assert found.count("class='roll'") == 2


def test_those_who_hear_it_read_it_and_to_whom_it_was_said(told):
    say = Say("Between us.", ("nissan", "mitsubishi"))
    assert "<b>Renault Group</b> to you and Mitsubishi Motors, in private" in told(("renault", say))
    assert "<b>You</b> to Nissan Motor and Mitsubishi Motors, in private" in told(("renault", say), me="renault")
    assert "Between us." not in told(("renault", say), me="google")


def test_three_dots_said_to_me_are_words(told):
    found = told(("renault", Say("…", ("nissan",))))
    assert "<div class='text' dir='auto'>…</div>" in found
    assert "class='roll'" not in found


def test_my_own_words_show_what_was_understood_and_others_do_not(told):
    moves = read("ask priority ampere -> renault", CASE)
    found = told(("nissan", Say("What do you need?", (), moves)))
    assert "<div class='meant'>asks Renault Group: what matters most at Ampère</div>" in found
    assert "class='meant'" not in told(("nissan", Say("What do you need?", (), moves)), me="renault")


def test_markup_is_text(told):
    assert "&lt;b&gt;bold&lt;/b&gt;" in told(("renault", Say("<b>bold</b>")))
