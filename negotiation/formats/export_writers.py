"""The files of one domain in the forms of GeniusWeb and NegMAS: the domain first, then a profile a party."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from negotiation.errors import ScenarioError, figure
from negotiation.formats.negmas_files import ADDITIVE, DISCOUNTED, LISTS, TIME
from negotiation.formats.profiles import Agenda, Profile
from negotiation.formats.yaml_text import dump


def geniusweb_json(name: str, agenda: Agenda, profiles: Mapping[str, Profile]) -> dict[str, str]:
    """Return GeniusWeb JSON; weights must sum to 1 there, and the reservation is a bid.

    Raises
    ------
    ScenarioError
        When weights or shares are others, time counts, or no bid has the utility of the reservation.
    """
    domain = {"name": name, "issuesValues": {issue: {"values": list(values)} for issue, values in agenda.items()}}
    files = {f"{name}.json": _json(domain)}
    for party, profile in profiles.items():
        total = sum((Decimal(repr(weight)) for weight in profile.weights.values()), Decimal(0))
        if total != 1:
            raise ScenarioError(f"{party}: weights sum to {figure(float(total))}, must be 1 there")
        if profile.discount != 1.0:
            raise ScenarioError(f"{party}: has a discount, for which there are no words there")
        utilities = {
            issue: {
                "DiscreteValueSetUtilities": {"valueUtilities": dict(zip(values, profile.shares[issue], strict=True))}
            }
            for issue, values in agenda.items()
        }
        space = {
            "issueUtilities": utilities,
            "issueWeights": dict(profile.weights),
            "domain": domain,
            "name": party,
            "reservationBid": {"issuevalues": bid} if (bid := _bid(party, agenda, profile)) else None,
        }
        files[f"{party}.json"] = _json({"LinearAdditiveUtilitySpace": space})
    return files


MOST_LOOKS = 200_000
"""Partial bids that are looked at for one that has the utility of the reservation."""


def _bid(party: str, agenda: Agenda, profile: Profile) -> dict[str, str]:
    """Return a bid, maybe of some issues only, whose utility is the reservation; empty if that is 0."""
    if not profile.reservation:
        return {}
    reached: dict[float, dict[str, str]] = {0.0: {}}
    looks = 0
    for issue, values in agenda.items():
        looks += len(reached) * len(values)
        if looks > MOST_LOOKS:
            break
        for total, bid in list(reached.items()):
            for value, points in zip(values, profile.points[issue], strict=True):
                reached.setdefault(total + points, {**bid, issue: value})
        if profile.reservation in reached:
            return reached[profile.reservation]
    raise ScenarioError(
        f"{party}: the reservation there is a bid, and none has a utility of {figure(profile.reservation)}"
    )


def _json(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def negmas_yaml(name: str, agenda: Agenda, profiles: Mapping[str, Profile]) -> dict[str, str]:
    """Return a NegMAS scenario in YAML: an outcome space, and a linear additive utility function a party."""
    issues = [{"name": issue, "type": LISTS[0], "values": list(values)} for issue, values in agenda.items()]
    files = {f"{name}-domain.yml": dump({"name": name, "type": "DiscreteCartesianOutcomeSpace", "issues": issues})}
    for party, profile in profiles.items():
        tables = [
            {"type": "TableFun", "mapping": dict(zip(values, profile.shares[issue], strict=True))}
            for issue, values in agenda.items()
        ]
        plain: dict[str, object] = {
            "name": party,
            "type": ADDITIVE,
            "reserved_value": profile.reservation,
            "weights": list(profile.weights.values()),
            "values": tables,
        }
        later = {"name": party, "type": DISCOUNTED, "discount": profile.discount, "factor": TIME, "ufun": plain}
        files[f"{party}.yml"] = dump(plain if profile.discount == 1.0 else later)
    return files
