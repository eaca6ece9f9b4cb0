"""One person at a table with agents: every act is kept first, then the agents answer, and their acts are kept too."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from negotiation.actions import Action
from negotiation.classroom.store import Moved, Store
from negotiation.errors import LogError
from negotiation.formats.log import decode, encode
from negotiation.model import PERSON, NegotiationModel
from negotiation.record import reopen, setup

MOST_OPEN = 64
"""Games kept in memory; the others are folded again from their events when somebody comes back."""


class Solo:
    """The games of a store, played by one person each.

    Nothing is lost: what this object holds in memory is only the fold of what the store holds. Dice are keyed, so
    agents interrupted by a crash go on with the very acts they would have done.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._open: OrderedDict[str, NegotiationModel] = OrderedDict()
        self._lock = threading.RLock()

    def start(self, **options: Any) -> str:
        """The id of a new game; `options` are those of `NegotiationModel`."""
        return self.store.create(setup(NegotiationModel(**options)))

    def load(self, game: str) -> NegotiationModel:
        """A game as it stands, the agents' answers included.

        Raises
        ------
        LogError
            When there is no such game, or it cannot be read any more.
        """
        with self._lock:
            model = self._model(game)
            self._answer(game, model)
            return model

    def act(self, game: str, party: str, action: Action, request: str) -> NegotiationModel:
        """The game after an act of the person at `party` and all that the agents do about it.

        Parameters
        ----------
        request
            Names this very click: a request that comes twice is done once.

        Raises
        ------
        IllegalAction
            When the rules do not allow it; nothing is kept then.
        """
        with self._lock:
            while True:
                model = self._model(game)
                if self.store.seen(request):
                    break
                seq = len(model.state.events)
                try:
                    model.submit(party, action)
                    self._keep(game, model, seq, request)
                    break
                except Moved:
                    self._open.pop(game, None)
            return self.load(game)

    def person(self, model: NegotiationModel) -> str:
        """The party that the person plays."""
        for party, text in model.seats.items():
            if text == PERSON:
                return party
        raise LogError("nobody sits at a screen in this game")

    def saved(self, game: str) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
        """The set-up and the events, as a log file has them."""
        return self.store.setup(game), self.store.rows(game)

    def _model(self, game: str) -> NegotiationModel:
        model = self._open.get(game)
        if model is None:
            model = reopen(self.store.setup(game), self.store.rows(game), f"game {game}")
        else:
            for row in self.store.rows(game, len(model.state.events)):
                event = decode(model.case.scenario, row)
                model.submit(event.party, event.action)
        self._open[game] = model
        self._open.move_to_end(game)
        while len(self._open) > MOST_OPEN:
            self._open.popitem(last=False)
        return model

    def _answer(self, game: str, model: NegotiationModel) -> None:
        seq = len(model.state.events)
        model.play()
        try:
            self._keep(game, model, seq, None)
        except Moved:
            self._open.pop(game, None)
            self.load(game)

    def _keep(self, game: str, model: NegotiationModel, first: int, request: str | None) -> None:
        """Write the model's events from `first` on; if that fails, forget the model rather than run ahead of the disk."""
        new = model.state.events[first:]
        if not new:
            return
        kept = False
        try:
            self.store.append(game, first, [encode(model.case.scenario, event) for event in new], request)
            kept = True
        finally:
            if not kept:
                self._open.pop(game, None)
