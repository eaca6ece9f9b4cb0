"""A small case as a file, for tests that spoil it in one place."""

from negotiation.formats.yaml_text import dump

SMALL = """
format: negotiation-scenario/1
id: small
title: A small case
clock: {unit: day, rounds: 5, delay_cost_per_round: {anna: 0.5}, events: [{round: 2, id: news, text: News}]}
parties:
  anna: {name: Anna}
  bert: {name: Bert, confidential_brief: Be kind.}
  carl: {name: Carl, kind: shadow, optional: true}
tables:
  house:
    title: The house
    signers: {always: [anna, bert]}
    shadow_veto: [carl]
    issues:
      price: {title: Price, options: {low: Low, high: High}}
      date: {title: Date, options: {now: Now, later: Later}}
    if_unsigned: {means: Nothing, options: {price: low}, adjust: {anna: 10}}
  garden:
    title: The garden
    signers: {always: [anna], when: [{party: bert, issue: use, options: [shared]}], quorum: {of: [bert], min: 1}}
    issues:
      use: {title: Use, options: {shared: Shared, own: Own}}
preferences:
  anna:
    house.price: {weight: 60, scores: {low: 0, high: 100}, why: money}
    garden.use: {weight: 40, scores: {shared: 50, own: 100}}
  bert:
    house.price: {weight: 70, scores: {low: 100, high: 0}}
    house.date: {weight: 30, scores: {now: 0, later: 100}}
  carl:
    house.date: {weight: 100, scores: {now: 0, later: 100}}
types:
  anna:
    calm: {prob: 0.5}
    keen: {prob: 0.5, brief: Hurry., overrides: {garden.use: {weight: 40, scores: {shared: 0, own: 100}}}}
links:
  - {id: L1, when: {house.date: [now], garden.use: [shared]}, effect: {anna: 3}}
constraints:
  - {id: C1, forbid: {house.price: [high], garden.use: [own]}}
  - {id: C2, forbid: {house.price: [high], house.date: [now]}}
references:
  plan: {title: The plan, house: {price: low, date: now}, garden: null}
variants:
  all: {note: with Carl, include: [carl]}
  dear: {overrides: {bert: {house.price: {weight: 70, scores: {low: 90, high: 0}}}}}
"""


def wide(tables, issues, options, **changes):
    """A case of Anna and Bert with so many tables, issues a table and options an issue."""
    names = [f"o{n}" for n in range(options)]
    keys = [(f"t{t}", f"i{k}") for t in range(tables) for k in range(issues)]
    scores = {name: n * 100 / max(1, options - 1) for n, name in enumerate(names)}
    document = {
        "format": "negotiation-scenario/1",
        "id": "wide",
        "title": "Wide",
        "clock": {"rounds": 3},
        "parties": {"anna": {"name": "Anna"}, "bert": {"name": "Bert"}},
        "tables": {
            f"t{t}": {
                "title": "T",
                "signers": {"always": ["anna", "bert"]},
                "issues": {
                    key: {"title": "I", "options": {name: name.upper() for name in names}}
                    for n, key in keys
                    if n == f"t{t}"
                },
            }
            for t in range(tables)
        },
        "preferences": {
            party: {f"{t}.{k}": {"weight": 100 / len(keys), "scores": scores} for t, k in keys}
            for party in ("anna", "bert")
        },
        **changes,
    }
    return dump(document)
