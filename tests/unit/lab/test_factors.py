"""Factors: each does what it says, to whom it says, and to nothing else."""

import pytest

from negotiation.errors import SetupError
from negotiation.formats import load
from negotiation.game import Game
from negotiation.lab.compiled.setup import ready
from negotiation.lab.factors import changed, noisy

FLAGSHIP = load("alliance-2023")
SEATS = dict.fromkeys(FLAGSHIP.roles, "linear")
NISSAN = FLAGSHIP.role("nissan").preferences


def nissan(settings):
    return changed(FLAGSHIP, SEATS, settings).case.role("nissan").preferences


def weights(ours):
    return [sheet.weight for sheet in ours.sheets.values()]


def test_delay_for_one_or_all():
    one = changed(FLAGSHIP, SEATS, {"delay.nissan": 3}).case
    assert one.role("nissan").preferences.delay == 3
    assert one.role("renault").preferences.delay == FLAGSHIP.role("renault").preferences.delay
    assert {
        r.preferences.delay
        for kinds in changed(FLAGSHIP, SEATS, {"delay": 3}).case.roles.values()
        for r in kinds.values()
    } == {3}


def test_a_weight_grows_at_the_cost_of_the_others():
    key = next(iter(NISSAN.sheets))
    more = nissan({f"weight.nissan.{key}": 2})
    assert sum(weights(more)) == pytest.approx(sum(weights(NISSAN)))
    assert more.sheets[key].weight > NISSAN.sheets[key].weight
    assert all(
        more.sheets[k].weight < NISSAN.sheets[k].weight for k in NISSAN.sheets if k != key and NISSAN.sheets[k].weight
    )


def test_weights_that_would_vanish_stay():
    case = load("cloud-for-two")
    kaido = case.role("kaido").preferences
    everything = {f"weight.kaido.{key}": 0 for key in kaido.sheets}
    left = changed(case, dict.fromkeys(case.roles, "linear"), everything).case.role("kaido").preferences
    assert sum(weights(left)) == pytest.approx(100)


def test_the_reservation_value_shifts():
    more = nissan({"unsigned.nissan.alliance": 7.5})
    assert more.score({}) == pytest.approx(NISSAN.score({}) + 7.5)
    assert changed(FLAGSHIP, SEATS, {"unsigned.nissan.alliance": 7.5}).case.role("renault").preferences.score(
        {}
    ) == FLAGSHIP.role("renault").preferences.score({})


def test_types_and_rounds_are_handed_on():
    game = changed(FLAGSHIP, SEATS, {"type.nissan": "hawk", "rounds": 3, "noise": 0.1})
    assert (game.types, game.rounds, game.noise) == ({"nissan": "hawk"}, 3, 0.1)
    assert game.case is FLAGSHIP


def test_the_seating_order_decides_who_moves_first():
    game = changed(FLAGSHIP, SEATS, {"order": "nimbus nissan", "table.horse": False})
    assert list(game.case.roles)[:3] == ["nimbus", "nissan", "renault"]
    assert sorted(game.case.roles) == sorted(FLAGSHIP.roles)
    for protocol in ("alternating", "open-floor"):
        model = Game(game.case, seats=game.seats, protocol=protocol, rounds=2)
        assert next(iter(model.seated)) == "nimbus"
        assert next(event.party for event in model.play().events) == "nimbus"
    assert model.seated["renault"].unsigned_points == pytest.approx(
        changed(FLAGSHIP, SEATS, {"table.horse": False}).case.role("renault").preferences.score({})
    )
    for wrong, message in (("nissan nissan", "each once"), ("", "must name parties"), ("bert", "unknown party 'bert'")):
        with pytest.raises(SetupError, match=message):
            changed(FLAGSHIP, SEATS, {"order": wrong})


def test_a_table_less_can_be_played_by_agents_that_model_types():
    game = changed(
        FLAGSHIP, dict.fromkeys(FLAGSHIP.roles, "tough"), {"table.horse": False, "unsigned.renault.horse": 1}
    )
    assert "horse" not in game.case.scenario.tables
    model = Game(game.case, seats=game.seats, rounds=3)
    assert not [event for event in model.play().events if "lost this turn" in str(event)]
    assert changed(FLAGSHIP, SEATS, {"table.horse": True}).case is FLAGSHIP


@pytest.mark.parametrize("delay", [{}, {"delay": 3}, {"delay.geely": 3}])
def test_who_is_left_without_a_table_does_not_pay_for_waiting(delay):
    game = changed(FLAGSHIP, SEATS, {"table.horse": False, **delay})
    assert game.case.scenario.at("geely") == ()
    model = Game(game.case, seats=game.seats, rounds=3)
    assert not [event for event in model.play().events if event.party == "geely"]
    assert model.points("geely") == model.seated["geely"].unsigned_points == 0
    assert game.case.role("renault").preferences.delay == delay.get("delay", 0.3)
    assert changed(FLAGSHIP, SEATS, delay).case.role("geely").preferences.delay > 0


def test_links_go_together_or_one_by_one():
    assert nissan({"links": True}) is NISSAN
    across = nissan({"links": False}).links
    assert len(across) < len(NISSAN.links)
    name = NISSAN.links[0].name
    assert [link.name for link in nissan({f"link.{name}": False}).links] == [link.name for link in NISSAN.links[1:]]
    assert nissan({f"link.{name}": True}) is NISSAN
    for value in (True, False):
        found = nissan({"links": False, f"link.{name}": value}).links
        assert {link.name for link in found} == {link.name for link in across} - (set() if value else {name})


def test_parameters_of_strategies(tmp_path):
    case = load("cloud-for-two")
    seats = {"kaido": "boulware", "nimbus": "boulware:exponent=2"}
    assert changed(case, seats, {"strategy.exponent": 3}).seats == {
        "kaido": "boulware:exponent=3",
        "nimbus": "boulware:exponent=2,exponent=3",
    }
    assert changed(case, seats, {"strategy.kaido.exponent": 3}).seats["nimbus"] == "boulware:exponent=2"
    own = {"kaido": "mine.py:Mine", "nimbus": "mine.py:Mine:pace=2"}
    assert changed(case, own, {"strategy.pace": 3}).seats == {
        "kaido": "mine.py:Mine:pace=3",
        "nimbus": "mine.py:Mine:pace=2,pace=3",
    }


def test_noise_is_drawn_by_seed_and_keeps_the_sum():
    one, two = noisy(FLAGSHIP, 0.3, 1), noisy(FLAGSHIP, 0.3, 2)
    mine, again = one.role("nissan").preferences, noisy(FLAGSHIP, 0.3, 1).role("nissan").preferences
    assert weights(mine) == weights(again) != weights(two.role("nissan").preferences)
    assert sum(weights(mine)) == pytest.approx(100)
    ratios = [new / old for new, old in zip(weights(mine), weights(NISSAN), strict=True) if old]
    assert 0.7 / 1.3 <= min(ratios) < 1 < max(ratios) <= 1.3 / 0.7


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("round", 3, "unknown factor 'round'; did you mean 'rounds'? possible: rounds, delay"),
        ("rounds.nissan", 3, "unknown factor"),
        ("rounds", 2.5, "is 2.5, must be a whole number"),
        ("delay", -1, "is -1, must be at least 0"),
        ("delay", True, "is True, must be a number"),
        ("delay.nisan", 1, "unknown party 'nisan'; did you mean 'nissan'?"),
        ("noise", 2, "is 2, must be from 0 to 1"),
        ("weight.nissan.alliance.cloud", 2, "unknown issue 'alliance.cloud'"),
        ("unsigned.nissan.hors", 2, "unknown table 'hors'; did you mean 'horse'?"),
        ("type.nissan", "dragon", "unknown type of nissan 'dragon'"),
        ("table.horse", "no", "is 'no', must be true or false"),
        ("talk", "en", "is 'en', must be true or false"),
        ("link.L99", False, "unknown link 'L99'"),
        ("strategy.nisan.exponent", 2, "unknown party 'nisan'"),
    ],
)
def test_impossible_factors(name, value, message):
    with pytest.raises(SetupError) as problem:
        changed(FLAGSHIP, SEATS, {name: value})
    assert str(problem.value).startswith(f"factors.{name}: ")
    assert message in str(problem.value)


def test_one_table_must_be_left():
    with pytest.raises(SetupError, match=r"factors.table.contract: no table would be left"):
        changed(load("cloud-for-two"), {}, {"table.contract": False})


def test_talk_lets_agents_speak_and_then_python_plays():
    assert changed(FLAGSHIP, SEATS, {}).talk == changed(FLAGSHIP, SEATS, {"talk": False}).talk == ""
    spoken = changed(FLAGSHIP, SEATS, {"talk": True})
    assert spoken.talk == "en"
    assert ready(spoken, "open-floor") is None
    assert ready(changed(FLAGSHIP, SEATS, {}), "open-floor") is not None
