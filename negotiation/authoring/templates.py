"""What an author can begin with: two parties at a table, three at two linked tables, or next to nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from negotiation.authoring.document import Document
from negotiation.formats.schema import FORMAT
from negotiation.language import mark, tr

UNLIKE = mark("Teaching material. Names and scores are fictional.")


def two() -> Document:
    """Return a purchase by two parties: a price both pull at, and two points that weigh differently for them."""
    return {
        **_head("a-purchase", tr("A purchase"), 10, tr("A buyer and a seller agree on price, delivery and guarantee.")),
        "parties": {
            "buyer": _party(tr("Buyer"), tr("You need the goods soon, and you watch the price.")),
            "seller": _party(tr("Seller"), tr("A long guarantee costs you dearly; time you have.")),
        },
        "tables": {
            "contract": {
                "title": tr("Contract"),
                "signers": {"always": ["buyer", "seller"]},
                "issues": {
                    "price": {"title": tr("Price"), "options": {"low": "80", "middle": "100", "high": "120"}},
                    "delivery": {
                        "title": tr("Delivery"),
                        "options": {"soon": tr("This month"), "later": tr("Next quarter")},
                    },
                    "guarantee": {
                        "title": tr("Guarantee"),
                        "options": {"one": tr("1 year"), "three": tr("3 years")},
                    },
                },
                "if_unsigned": {
                    "means": tr("Both look for somebody else."),
                    "adjust": {"buyer": 35, "seller": 35},
                },
            }
        },
        "preferences": {
            "buyer": {
                "contract.price": _sheet(45, low=100, middle=50, high=0),
                "contract.delivery": _sheet(40, soon=100, later=0),
                "contract.guarantee": _sheet(15, one=0, three=100),
            },
            "seller": {
                "contract.price": _sheet(45, low=0, middle=50, high=100),
                "contract.delivery": _sheet(15, soon=0, later=100),
                "contract.guarantee": _sheet(40, one=100, three=0),
            },
        },
    }


def three() -> Document:
    """Return three parties at two tables with a link: who builds, and who then runs what was built."""
    return {
        **_head("two-tables", tr("Two tables"), 12, tr("A town has a hall built, and leased to whoever runs it.")),
        "parties": {
            "town": _party(tr("Town"), tr("You want the large hall, and somebody who runs it for long.")),
            "builder": _party(tr("Builder"), tr("You earn with size; haste costs you.")),
            "operator": _party(tr("Operator"), tr("A large hall fills better, and rent is what you pay for it.")),
        },
        "tables": {
            "works": {
                "title": tr("Building contract"),
                "signers": {"always": ["town", "builder"]},
                "affected": ["operator"],
                "issues": {
                    "size": {"title": tr("Size"), "options": {"small": tr("Small hall"), "large": tr("Large hall")}},
                    "ready": {"title": tr("Ready in"), "options": {"one": tr("1 year"), "two": tr("2 years")}},
                },
                "if_unsigned": {"means": tr("The old hall stays."), "adjust": {"town": 25, "builder": 40}},
            },
            "lease": {
                "title": tr("Lease"),
                "signers": {"always": ["town", "operator"]},
                "issues": {
                    "rent": {"title": tr("Rent"), "options": {"low": "20", "middle": "30", "high": "40"}},
                    "years": {"title": tr("Length"), "options": {"five": tr("5 years"), "ten": tr("10 years")}},
                },
                "if_unsigned": {"means": tr("The town runs it itself."), "adjust": {"town": 15, "operator": 40}},
            },
        },
        "preferences": {
            "town": {
                "works.size": _sheet(30, small=30, large=100),
                "works.ready": _sheet(30, one=100, two=30),
                "lease.rent": _sheet(20, low=0, middle=60, high=100),
                "lease.years": _sheet(20, five=40, ten=100),
            },
            "builder": {"works.size": _sheet(50, small=20, large=100), "works.ready": _sheet(50, one=20, two=100)},
            "operator": {
                "lease.rent": _sheet(60, low=100, middle=60, high=0),
                "lease.years": _sheet(40, five=100, ten=40),
            },
        },
        "links": [
            {
                "id": "large_and_long",
                "when": {"works.size": ["large"], "lease.years": ["ten"]},
                "effect": {"operator": 15, "town": 5},
            }
        ],
    }


def nothing() -> Document:
    """Return the least that is a case: two parties, a table, an issue with two options."""
    return {
        **_head("my-case", tr("My case"), 10, ""),
        "parties": {"party_a": {"name": tr("Party A")}, "party_b": {"name": tr("Party B")}},
        "tables": {
            "table_1": {
                "title": tr("Table 1"),
                "signers": {"always": ["party_a", "party_b"]},
                "issues": {
                    "issue_1": {
                        "title": tr("Issue 1"),
                        "options": {"option_1": tr("Option 1"), "option_2": tr("Option 2")},
                    }
                },
            }
        },
        "preferences": {
            "party_a": {"table_1.issue_1": _sheet(100, option_1=100, option_2=0)},
            "party_b": {"table_1.issue_1": _sheet(100, option_1=0, option_2=100)},
        },
    }


TEMPLATES: Mapping[str, tuple[str, Callable[[], Document]]] = {
    "two": (mark("Two parties, one table: a purchase"), two),
    "three": (mark("Three parties, two linked tables"), three),
    "nothing": (mark("Next to nothing"), nothing),
}
"""What one can begin with: what it is called, and what makes it in the language of who begins."""


def _head(name: str, title: str, rounds: int, brief: str) -> dict[str, object]:
    return {
        "format": FORMAT,
        "id": name,
        "title": title,
        "disclaimer": tr(UNLIKE),
        "public_brief": brief,
        "clock": {"unit": tr("round"), "rounds": rounds},
    }


def _party(name: str, secret: str) -> dict[str, object]:
    return {"name": name, "public_brief": "", "confidential_brief": secret}


def _sheet(weight: float, **scores: float) -> dict[str, object]:
    return {"weight": weight, "scores": scores}
