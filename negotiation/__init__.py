"""An open laboratory and game of multi-party negotiation.

>>> import negotiation as ng
>>> ng.run("cloud-for-two", seed=1)["outcome"]["contract"]["term"]
'y7'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from negotiation.case import Case

__version__ = "0.1.0"


def run(case: Case | str = "alliance-2023", **options: Any) -> dict[str, Any]:
    """A whole game between agents, as one dictionary (the same that `negotiation run --json` prints).

    Parameters
    ----------
    case
        A case, or the name or path of one.
    options
        What `negotiation.model.NegotiationModel` takes: `seats`, `strategy`, `protocol`, `rounds`, `seed`, `types`, ...
    """
    from negotiation.model import NegotiationModel
    from negotiation.record import result

    model = NegotiationModel(case, **{"collect": False, **options})
    model.play()
    return result(model)
