"""What the scripts of the pages say (ui/scripts), as data: each text by the name that the scripts give it."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.language import language, mark, tr

TEXTS: Mapping[str, Mapping[str, str]] = {
    "frame": {
        "parts": mark("Parts of the table screen"),
    },
    "banner": {
        "sound on": mark("Sound: on"),
        "sound off": mark("Sound: off"),
        "close": mark("Close"),
    },
    "act": {
        "typed": mark("You have typed something and not sent it."),
        "not yet": mark("Not yet"),
        "asked": mark("{label}?"),
        "sending": mark("Sending…"),
        "waiting": mark("Waiting for the connection…"),
        "stored": mark("Stored"),
    },
    "strip": {
        "close": mark("Close"),
        "begins": mark("The talks begin"),
        "no seat": mark("This device has no seat any more"),
        "connected": mark("connected"),
        "reconnecting": mark("reconnecting…"),
        "reconnecting with": mark("reconnecting, {n} unsent"),
        "days": mark("{n} days"),
        "ends in": mark("{unit} ends in {time}"),
        "left": mark("{time} left"),
        "paused": mark("paused"),
        "you": mark("you"),
        "sits": mark("{who}, {party}: {state}"),
        "observes": mark("{who}, observing: {state}"),
        "online": mark("online"),
        "idle": mark("idle"),
        "offline": mark("offline"),
        "alone": mark("only you here yet"),
        "people": mark("{n} people waiting"),
    },
    "talk": {
        "conversation": mark("Conversation"),
        "log": mark("What has been said"),
        "talk": mark("Talk"),
        "talk new": mark("Talk · {n}"),
        "hears": mark("Who hears it"),
        "line": mark("What you say"),
        "send": mark("Send"),
        "understood": mark("Understood. Take away what you do not mean."),
        "plain": mark("Sent as plain words: {words}"),
        "no move": mark("Not sent as a move, {why}."),
        "agents": mark("Only agents sit opposite. Of your words they understand what is shown before you send it."),
        "mediator": mark("The mediator"),
        "You": mark("You"),
        "for your seat": mark("{who}, for your seat"),
        "agent for your seat": mark("An agent, for your seat"),
        "to you": mark("{who}, to you"),
        "to everybody": mark("{who}, to everybody"),
        "only to": mark("{who} to {whom} only"),
        "the teacher": mark("the teacher"),
        "your team": mark("your team"),
        "too long": mark("{n} characters: at most {most} can be sent. Shorten it, or send it in parts."),
        "thinking": mark("The others are thinking…"),
        "to table": mark("Everybody at the table"),
        "to teacher": mark("The teacher only"),
        "to team": mark("My team only"),
        "to one": mark("{party} only"),
        "line lost": mark("Reconnecting."),
        "line lost with": mark("Reconnecting, {n} unsent."),
        "table later": mark("The table itself opens when the talks begin."),
        "read only": mark("Here you can read; nobody is to be spoken to now."),
        "invites": mark("Say something…"),
        "invites team": mark("Only those who share your seat will read this…"),
        "invites one": mark("Only they will read this…"),
        "is unsent": mark("unsent"),
        "is sent": mark("sending…"),
        "is stored": mark("stored ✓"),
        "is refused": mark("not taken"),
        "dismiss": mark("Dismiss"),
    },
}
"""The texts by the script that says them; it puts in what stands in braces."""


def script_texts(script: str) -> dict[str, str]:
    """Return the texts of a script in the language of this page, and as `language` its code, for how numbers are written."""
    return {**{name: tr(text) for name, text in TEXTS[script].items()}, "language": language()}
