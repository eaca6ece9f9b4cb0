"""Games against a chat endpoint that lies, stalls, floods, cuts and injects: `python benchmarks/hostile.py [GAMES]`.

Prints what became of them: acts that the rules would not have taken, secrets in questions or logs, games that did not end, and
logs that do not replay without the endpoint. All four must be 0.
"""

import dataclasses
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support_llm import HOSTILE, SECRET, hostile, serving

from negotiation.actions import lost_turns
from negotiation.errors import NegotiationError
from negotiation.formats import load
from negotiation.game import Game
from negotiation.llm import asker, client
from negotiation.llm.acts import kinds_for
from negotiation.llm.prompt import messages
from negotiation.record import heading, reopen, result

GAMES = 1000
PROTOCOLS = ("open-floor", "alternating", "single-text")
SEAT = "llm:small,timeout=0.06"


def main(games):
    case, counts, reasons, began = load("cloud-for-two"), Counter(), Counter(), time.monotonic()
    twins = {party: _others_changed(case, party) for party in case.roles}
    client.PAUSE, asker.PATIENCE = 0.005, 10**9  # every question is asked
    asker.chat = _counted(asker.chat, counts)
    with serving(hostile) as server:
        os.environ |= {"NEGOTIATION_LLM_KEY": SECRET, "NO_PROXY": "127.0.0.1"}
        for seed in range(games):
            os.environ["NEGOTIATION_LLM_URL"] = server.url
            first, seats = len(server.asked), dict.fromkeys(list(case.roles)[: 1 + (seed % 5 == 0)], SEAT)
            game = Game(case, strategy="fair", seats=seats, protocol=PROTOCOLS[seed % 3], seed=seed, talk="en")
            _play(game, counts)
            del os.environ["NEGOTIATION_LLM_URL"]
            asked = counts["sent"]
            _judge(game, server, server.asked[first:], counts, twins)
            counts["questions of replays"] += counts["sent"] - asked
            for lost in lost_turns(game.state.events).values():
                reasons.update(lost)
    print(
        f"{games:,} games, {counts['sent']:,} questions, {len(HOSTILE)} ways to answer, {time.monotonic() - began:.0f} s"
    )
    for what in ("illegal acts taken", "secrets told", "games lost", "logs that do not replay", "questions of replays"):
        print(f"{what:>26}: {counts[what]}")
    print(f"{'acts of models':>26}: {counts['acts']:,}, of which signatures {counts['accept']:,}")
    print(f"{'games with a deal':>26}: {counts['deals']:,}")
    for why, count in reasons.most_common():
        print(f"{count:>10,} turns lost: {why}")


def _counted(chat, counts):
    """The same function, every call counted: a server may see a question only after the game has gone on."""

    def counted(*args, **settings):
        counts["sent"] += 1
        return chat(*args, **settings)

    return counted


def _others_changed(case, me):
    """The case with other sheets and briefs for all but one party."""
    roles = {
        party: kinds
        if party == me
        else {
            name: dataclasses.replace(
                role, brief="other", preferences=dataclasses.replace(role.preferences, sheets={}, adjust={}, links=())
            )
            for name, role in kinds.items()
        }
        for party, kinds in case.roles.items()
    }
    return dataclasses.replace(case, roles=roles)


def _play(game, counts):
    try:
        game.play()
    except NegotiationError as problem:
        print(problem)
    counts["games lost"] += not game.state.over
    counts["deals"] += bool(game.state.bound)
    for event in game.state.events:
        if game.seats.get(event.party) == SEAT:
            counts["acts"] += 1
            counts[event.action.kind] += 1


def _judge(game, server, asked, counts, twins):
    log = result(game)
    text = json.dumps([heading(game), log])
    counts["secrets told"] += SECRET in text or server.url in text
    counts["secrets told"] += any(SECRET in json.dumps(one) for one in asked)
    try:
        again = reopen(heading(game), json.loads(json.dumps(log["events"]))).state
        counts["logs that do not replay"] += again.events != game.state.events
    except NegotiationError as problem:
        print(problem)
        counts["illegal acts taken"] += 1
    for me in (party for party, text in game.seats.items() if text == SEAT):
        twin = Game(twins[me], protocol=game.protocol.name, talk="en")
        for state in game.protocol.replay(game.case.scenario, game.state.events):
            ours, theirs = game.at(state).view(me), twin.at(state).view(me)
            counts["secrets told"] += messages(ours, kinds_for(ours)) != messages(theirs, kinds_for(theirs))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else GAMES)
