"""The compiled engine: rules, evaluation of deals and agents over arrays, for experiments of millions of games.

Same plan and seed, same log as on the plain engine, event for event. The decision rules are those of
`strategies/decision_rules.py`, compiled as they are; `docs/lab.md` says what is compiled and what is not.
"""

from negotiation.errors import needs

needs("numba", "lab")
