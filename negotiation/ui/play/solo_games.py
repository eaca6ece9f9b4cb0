"""The solo games of this server, shared by the pages, and how a person's act gets there."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

import streamlit as st

from negotiation.actions import Action, Event
from negotiation.classroom.solo import Solo
from negotiation.classroom.store import Store, store
from negotiation.errors import NegotiationError
from negotiation.formats.log import encode
from negotiation.game import Game
from negotiation.language import tr


def solo() -> Solo:
    """Return the games of this server."""
    return _solo(store())


@lru_cache(maxsize=8)
def _solo(kept: Store) -> Solo:
    return Solo(kept)


def act(game: str, model: Game, party: str, action: Action) -> bool:
    """Do an act and return whether it was done; a refusal is shown on the next run; a repeated click counts once."""
    row = encode(model.case.scenario, Event(party, action))
    said = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:16]
    try:
        solo().act(game, party, action, request=f"{game}-{len(model.state.events)}-{said}")
    except NegotiationError as problem:
        st.session_state.flash = tr(model.case.scenario.titled(problem.said))
        return False
    return True
