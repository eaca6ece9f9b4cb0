from negotiation.actions import Offer
from negotiation.analysis.suggest import last_offers, suggest
from negotiation.game import Game


def table_talks():
    model = Game("cloud-for-two", seats={"kaido": "person", "nimbus": "person"})
    return model, model.case.scenario.tables["contract"]


def test_a_suggestion_is_no_worse_for_me_and_nearer_to_what_they_asked_for():
    model, table = table_talks()
    asked = table.parse(dict(price="p30", data="vendor", term="y7", migration="buyer", volume="fixed"))
    model.submit("nimbus", Offer({"contract": asked}))
    mine = table.parse(dict(price="p18", data="pooled", term="y4", migration="half", volume="fixed"))
    view = model.view("kaido")
    found = suggest(view, "contract", mine, {})
    worth = view.preferences.score
    assert worth({"contract": found}) >= worth({"contract": mine})
    assert sum(a == b for a, b in zip(found, asked, strict=True)) > sum(
        a == b for a, b in zip(mine, asked, strict=True)
    )
    assert suggest(view, "contract", found, {}) is None


def test_only_the_others_last_offers_count():
    model, table = table_talks()
    for number in (5, 9):
        model.submit("nimbus", Offer({"contract": table.deal(number)}))
    model.submit("kaido", Offer({"contract": table.deal(3)}))
    assert last_offers(model.view("kaido"), "contract") == {"nimbus": table.deal(9)}


def test_constraints_with_other_tables_are_kept():
    model = Game(seats={"nissan": "person"}, strategy="hardliner")
    model.play()
    view = model.view("nissan")
    tech = model.case.scenario.tables["tech"]
    adopt = tech.parse(dict(joint_ip="ring", ssb="exclusive", adas="exclusive", ee_sdv="adopt"))
    found = suggest(view, "tech", adopt, {})
    assert tech.name_of(found)["ee_sdv"] != "adopt"
