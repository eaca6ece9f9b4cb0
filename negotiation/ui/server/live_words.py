"""The words of the parts of a page that its script draws: in English in the script, in another language with the page."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.language import SOURCE, language, mark, tr

STRIP = {
    "days": mark("{n} days"),
    "gone": mark("This device has no seat any more"),
    "connected": mark("connected"),
    "unsent": mark("reconnecting, {n} unsent"),
    "reconnecting": mark("reconnecting…"),
    "you": mark("you"),
    "seated": mark("{who}, {party}: {state}"),
    "observing": mark("{who}, observing: {state}"),
    "online": mark("online"),
    "idle": mark("idle"),
    "offline": mark("offline"),
    "alone": mark("only you here yet"),
    "waiting": mark("{n} people waiting"),
    "ends": mark("{unit} ends in {time}"),
    "left": mark("{time} left"),
    "paused": mark("paused"),
    "begin": mark("The talks begin"),
}
"""The strip: connection, clock and people."""

ACT = {
    "typed": mark("You have typed something and not sent it."),
    "no": mark("Not yet"),
    "asks": mark("{label}?"),
    "act-sent": mark("Sending…"),
    "act-unsent": mark("Waiting for the connection…"),
    "act-stored": mark("Stored"),
}
"""A button that does an act at the table."""

TALK = {
    "missed": mark("Sent as plain words: {part}"),
    "left-out": mark("Not sent as a move, {part}."),
    "understood": mark("Understood. Take away what you do not mean."),
    "mediator": mark("The mediator"),
    "You": mark("You"),
    "agent": mark("An agent"),
    "for-you": mark("{who}, for your seat"),
    "to-you": mark("{who}, to you"),
    "to-all": mark("{who}, to everybody"),
    "only": mark("{who} to {to} only"),
    "teacher": mark("the teacher"),
    "team": mark("your team"),
    "to-me": mark("you"),
    "comma": ", ",
    "conversation": mark("Conversation"),
    "send": mark("Send"),
    "close": mark("Close"),
    "said": mark("What has been said"),
    "hears": mark("Who hears it"),
    "say": mark("What you say"),
    "long": mark("{n} characters: at most {most} can be sent. Shorten it, or send it in parts."),
    "talk-unsent": mark("unsent"),
    "talk-sent": mark("sending…"),
    "talk-stored": mark("stored ✓"),
    "talk-refused": mark("not taken"),
    "dismiss": mark("Dismiss"),
    "thinking": mark("The others are thinking…"),
    "everybody": mark("Everybody at the table"),
    "teacher-only": mark("The teacher only"),
    "team-only": mark("My team only"),
    "one-only": mark("{who} only"),
    "off": mark("Reconnecting."),
    "off-unsent": mark("Reconnecting, {n} unsent."),
    "agents": mark("Only agents sit opposite. Of your words they understand what is shown before you send it."),
    "opens": mark("The table itself opens when the talks begin."),
    "read-only": mark("Here you can read; nobody is to be spoken to now."),
    "type": mark("Say something…"),
    "type-team": mark("Only those who share your seat will read this…"),
    "type-private": mark("Only they will read this…"),
    "talk": mark("Talk"),
    "talk-new": mark("Talk · {n}"),
}
"""The conversation."""


def spoken(texts: Mapping[str, str]) -> dict[str, object]:
    """Return the language of this page and these words in it, for a part of the page; English ones it has already."""
    code = language()
    return {"language": code, "words": {} if code == SOURCE else {name: tr(text) for name, text in texts.items()}}
