"""A small market to tell strategies apart: one price from 0 to 10, the seller wants it high, the buyer low."""

from negotiation.actions import Accept, Offer, Pass
from negotiation.case import Case, Role
from negotiation.game import Game
from negotiation.preferences import Preferences, Sheet
from negotiation.scenario import Party, Scenario
from negotiation.table import Issue, Signers, Table

PRICES = tuple(f"p{n}" for n in range(11))


def market(rounds=8, floor=2.0):
    table = Table("deal", "The deal", (Issue("price", "Price", PRICES, PRICES),), Signers(("seller", "buyer")))
    scenario = Scenario(
        "market", "A market", {p: Party(p, p.title()) for p in ("seller", "buyer")}, {"deal": table}, rounds
    )
    scores = {"seller": tuple(range(11)), "buyer": tuple(range(10, -1, -1))}
    return Case(
        "market",
        scenario,
        {
            p: {"base": Role("base", Preferences(scenario, p, {"deal.price": Sheet(10, s, 10)}, {"deal": floor}))}
            for p, s in scores.items()
        },
    )


def record(seller, buyer, rounds=8, protocol="alternating", seed=1):
    """How it went: `S9 B1 S8 ...` for prices asked, `=` for a signature, `-` for letting it be, `/` for a new round."""
    model = Game(market(rounds), seats={"seller": seller, "buyer": buyer}, protocol=protocol, seed=seed)
    told = []
    for event in model.play().events:
        who = event.party[0].upper()
        match event.action:
            case Offer(deals):
                told.append(f"{who}{deals['deal'][0]}")
            case Accept():
                told.append(f"{who}=")
            case Pass():
                told.append(f"{who}-")
            case _:
                told.append("/")
    return " ".join(told)
