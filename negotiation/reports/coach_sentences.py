"""The sentences of the coach, marked: `coach_text` fills them."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.language import mark

SENTENCES: Mapping[str, str] = {
    # a draft: the rules
    "away": mark("You have no seat at {table} any more."),
    "clash": mark("These options do not go together: {pattern}."),
    "few": mark("Too few parties would have to sign this at {table}: choose an option that brings in a partner."),
    "gone": mark("This needs {party}, who has left {table} for good."),
    "across": mark("This cannot stand with the other tables as they are: {pattern}."),
    "signers": mark("Must sign it too: {parties}."),
    "votes": mark("Must sign it too: {parties}, and as many more as this: {number}."),
    "any votes": mark("Signatures that it needs besides yours: {number}."),
    "binds": mark("It binds with your signature alone."),
    # a draft: my own sheet
    "gain": mark("You would have {points} more than with nothing more signed."),
    "loss": mark("You would lose {points} by it, against signing nothing more."),
    "level": mark("It is worth the same to you as signing nothing more."),
    "above theirs": mark("It is worth {points} more to you than the best that {party} has offered at {table}."),
    "as theirs": mark("It is worth the same to you as what {party} has offered at {table}."),
    "below theirs": mark("{party} has offered you more at {table}: {points} more than this draft."),
    "sign theirs": mark(
        "The paper of {party} at {table} is worth {points} more to you than this draft: sign that, or ask for more."
    ),
    # a draft: the others
    "theirs": mark("{party} has asked for just this at {table}: it should sign."),
    "nearer": mark("By what {party} has asked for, this is nearer to it than your last offer."),
    "no nearer": mark(
        "By what {party} has asked for, this is no better for it than your last offer: a signature is unlikely."
    ),
    "further": mark(
        "By what {party} has asked for, this is further away than your last offer: do not expect its signature."
    ),
    "differs": mark("{party} asked for something else on {issues}."),
    "unknown": mark("{parties} has asked for nothing at {table} yet: ask what matters most before you give."),
    "unknown all": mark("{parties} have asked for nothing at {table} yet: ask what matters most before you give."),
    "refused": mark("{party} said in {when} that this is out of the question: {options}."),
    "disliked": mark("{party} said in {when} that it would rather have “{other}” than “{option}” on {issue}."),
    "unheeded": mark("{party} said in {when} that it cannot follow you on {issue}, and that has not moved."),
    "cheap": mark(
        "Cheap for you: “{option}” on {issue} costs you {points}, and {party} has pressed for it. Ask something for it."
    ),
    "free": mark("“{option}” on {issue} costs you nothing, and {party} has pressed for it. Ask something for it."),
    "gift": mark(
        "It gives away {points} against your offer of {when}, on {issues}, and nobody has moved towards you since: ask for something in return."
    ),
    "bids alone": mark(
        "It gives away {points} against your offer of {when}, on {issues}, and nobody has made an offer since: you bid against yourself."
    ),
    "promise walk": mark(
        "In {when} you said you would leave {table} for good, and the time for it has come: an offer there takes your word back."
    ),
    "promise sign": mark("In {when} you said you would sign at {table} with {party}: this is without it."),
    "own word": mark("In {when} you called this out of the question yourself: {options}."),
    # what now
    "vote for": mark("The draft for {table} gains you {points}: vote for it, unless you expect a better one."),
    "vote against": mark("The draft for {table} would cost you {points}: vote against it."),
    "vote against level": mark("The draft for {table} would bring you nothing: vote against it if you hope for more."),
    "sign": mark(
        "The paper of {party} at {table} gains you {points} and needs only you: sign it, unless you want to ask for more."
    ),
    "first offer": mark(
        "The paper of {party} at {table} gains you {points} and needs only you. You have asked for nothing there yet: counter once before you sign."
    ),
    "little": mark(
        "The paper of {party} at {table} gains you {points} and needs only you: less than half of what could be had there. Counter it while there is time."
    ),
    "late": mark(
        "{rounds} are left. Unsigned: {tables}. No paper there would gain you anything yet: offer something that they can sign."
    ),
    "late near": mark(
        "{rounds} are left. Unsigned: {tables}. The nearest is {table}, where a paper that gains you something still waits for {parties}."
    ),
    "late last": mark(
        "This {unit} is the last. Unsigned: {tables}. No paper there would gain you anything yet: offer something that they can sign."
    ),
    "late near last": mark(
        "This {unit} is the last. Unsigned: {tables}. The nearest is {table}, where a paper that gains you something still waits for {parties}."
    ),
    "late near any": mark(
        "{rounds} are left. Unsigned: {tables}. The nearest is {table}, where a paper that gains you something still lacks signatures."
    ),
    "late near any last": mark(
        "This {unit} is the last. Unsigned: {tables}. The nearest is {table}, where a paper that gains you something still lacks signatures."
    ),
    "asked": mark("{parties} asked you something in this {unit} and had no answer: answer, and ask back."),
    "unanswered": mark("Nobody has answered your offer at {table} since {when}: ask {party} what is wrong."),
    "support": mark(
        "The paper of {party} at {table} gains you {points} and waits for others too, besides you: {missing}."
    ),
    "support alone": mark(
        "The paper of {party} at {table} gains you {points} and needs more signatures besides yours."
    ),
    "trade": mark(
        "{party} presses for “{option}” on {issue}, which costs you {points}: offer it for something on {want}."
    ),
    "trade free": mark(
        "{party} presses for “{option}” on {issue}, which costs you nothing: offer it for something on {want}."
    ),
    "counter": mark(
        "The paper of {party} at {table} would cost you {points}: counter it, and give where it costs you little."
    ),
    "counter level": mark(
        "The paper of {party} at {table} would bring you nothing: counter it, and give where it costs you little."
    ),
    "open": mark(
        "You have offered nothing at {table}, where {points} are at stake for you: ask what matters there, or make an offer."
    ),
    "wait": mark("Your offers are out. Talk to those who have not signed, or end the {unit}."),
    "nothing": mark("Nothing here waits for you. Talk, or end the {unit}."),
}
"""By kind of remark, what is said."""

RESTS: Mapping[str, str] = {
    "sheet": mark("from your own sheet, exact"),
    "offers": mark("from what was offered and signed"),
    "words": mark("from what was said"),
    "rules": mark("from the rules of the case"),
}
"""By basis of a remark, what it rests on."""

PLAN: Mapping[str, str] = {
    "walk away": mark("With nothing signed you keep {points}. Below that, walk away."),
    "target": mark(
        "Your best, if everybody gave you all that can stand together, is {best}. Aim for {target}, half way: a rule of thumb."
    ),
    "no target": mark("Your best is too hard to work out in this case: aim well above what you keep."),
    "issue": mark("{issue} ({table}): {points} between best and worst"),
    "link": mark("{points} if {pattern}"),
    "link says": mark("{points} if {pattern}. {says}"),
    "unsigned": mark("Unsigned, {table} leaves you {points}; your best there is {best}."),
    "means": mark("Unsigned: {means}"),
    "must": mark("Needs {parties}."),
    "may": mark("{parties} may sign, by what the deal says."),
}
"""What a plan is told in."""

BUTTONS: Mapping[str, str] = {
    "priority": mark("Ask {party} what matters most at {table}"),
    "option": mark("Ask {party} about “{option}” on {issue}"),
    "obstacle": mark("Ask {party} what is wrong with your offer at {table}"),
    "alternative": mark("Ask {party} what else it has instead of {table}"),
    "trade": mark("Propose it to {party}: “{option}” for something on {issue}"),
}
"""What a button says that says something."""
