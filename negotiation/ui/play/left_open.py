"""What a week that ends leaves open for one party: papers that wait for it, and its own that nobody has answered."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.analysis.transcript import titles
from negotiation.language import mark, tr
from negotiation.reports.words import all_of, pointed, short
from negotiation.rounding import apart
from negotiation.state import Paper
from negotiation.ui.common.words import loss
from negotiation.view import View
from negotiation.worth import worth

WAITS: Mapping[int, str] = {
    1: mark("{whose} paper at {tables} waits for your signature and is worth {points} to you."),
    0: mark("{whose} paper at {tables} waits for your signature and is worth no more to you than leaving it unsigned."),
    -1: mark(
        "{whose} paper at {tables} waits for your signature and would leave you {points} below leaving it unsigned."
    ),
}
"""A paper of others, by whether I gain by it."""

UNANSWERED = mark("Nobody has answered your offer at {tables}: it waits for {who}.")
SIGNED = mark("You have signed {whose} paper at {tables}: it waits for {who}.")


def left_open(view: View) -> list[str]:
    """Return all that is left open, a sentence each: what I could sign with most gain first, then what waits for others."""
    lines = [waiting(view, paper) for paper in signable(view)]
    lines += [unanswered(view, paper) for paper in mine(view)]
    return lines + [_signed(view, paper) for paper in view.state.papers.values() if _other(view, paper)]


def signable(view: View) -> list[Paper]:
    """Return the papers of others that lack my signature, those with most gain for me first."""
    state = view.state
    papers = [p for p in state.papers.values() if p.author != view.me and not p.draft and state.signable(view.me, p)]
    return sorted(papers, key=lambda paper: -gain(view, paper))


def gain(view: View, paper: Paper) -> float:
    """Return my gain if a paper binds now, as it is read: to as many decimals as the case states."""
    seen = worth(view.state, view.preferences, paper.deals)
    return apart(seen.points, seen.otherwise, view.scenario.decimals)


def mine(view: View) -> list[Paper]:
    """Return my own papers that lack a signature of others, oldest first."""
    return [paper for paper in view.state.papers.values() if paper.author == view.me and _lacking(view, paper)]


def waiting(view: View, paper: Paper) -> str:
    """Return in a sentence that a paper waits for my signature, and what that is worth."""
    far = gain(view, paper)
    decimals = view.scenario.decimals
    told = pointed(far, decimals) if far > 0 else loss(-far, decimals)
    return tr(
        WAITS[(far > 0) - (far < 0)],
        whose=_whose(view, paper),
        tables=titles(view.scenario, paper.deals),
        points=told,
    )


def unanswered(view: View, paper: Paper) -> str:
    """Return in a sentence that my paper waits for others."""
    return tr(UNANSWERED, tables=titles(view.scenario, paper.deals), who=all_of(_lacking(view, paper)))


def _signed(view: View, paper: Paper) -> str:
    return tr(
        SIGNED,
        whose=_whose(view, paper),
        tables=titles(view.scenario, paper.deals),
        who=all_of(_lacking(view, paper)),
    )


def _whose(view: View, paper: Paper) -> str:
    """Return whose a paper is: `Google's`, `Kaido Motors'`; in languages without such an ending the name alone."""
    name = short(view.scenario, paper.author)
    return tr("{name}'", name=name) if name.endswith(("s", "S")) else tr("{name}'s", name=name)


def _other(view: View, paper: Paper) -> bool:
    return paper.author != view.me and view.me in paper.signed and bool(_lacking(view, paper))


def _lacking(view: View, paper: Paper) -> list[str]:
    """Return who else must still sign a paper, each once, and others where any of several will do."""
    missing = view.state.missing(paper).values()
    names = dict.fromkeys(party for must, _ in missing for party in must if party != view.me)
    others = [tr("others")] if any(votes for _, votes in missing) else []
    return [*(short(view.scenario, party) for party in names), *others]
