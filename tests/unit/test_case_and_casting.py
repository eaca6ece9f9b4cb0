import pytest

import negotiation.preferences as module
from negotiation.casting import cast
from negotiation.dice import Dice, splitmix64
from negotiation.errors import SetupError, unknown
from negotiation.formats import load


@pytest.fixture(scope="module")
def case():
    return load("alliance-2023")


def test_types_come_with_their_odds(case):
    hawks = sum(cast(case, seed)["nissan"] == "hawk" for seed in range(2000))
    assert 0.37 < hawks / 2000 < 0.43
    assert cast(case, 3) == cast(case, 3)


def test_fixing_one_type_leaves_the_others_as_drawn(case):
    drawn = cast(case, 11)
    fixed = cast(case, 11, {"nissan": "hawk"})
    assert fixed == {**drawn, "nissan": "hawk"}


def test_a_draw_at_the_very_end_gives_the_last_type(case, monkeypatch):
    monkeypatch.setattr(Dice, "uniform", lambda self: 1.0)
    assert cast(case, 0)["nissan"] == "hawk"


@pytest.mark.parametrize(
    ("fixed", "message"),
    [
        ({"nisan": "hawk"}, "alliance-2023: unknown party 'nisan'; did you mean 'nissan'?"),
        ({"nissan": "dove"}, "alliance-2023: unknown type of nissan 'dove'; possible: pragmatic, hawk"),
    ],
)
def test_unknown_parties_and_types_are_named(case, fixed, message):
    with pytest.raises(SetupError) as problem:
        cast(case, 0, fixed)
    assert message in str(problem.value)


def test_briefs_and_sources_are_where_they_belong(case):
    hawk = case.role("nissan", "hawk")
    assert hawk.brief.startswith("You represent Nissan Motor.")
    assert hawk.brief.endswith("Renault's platform outside Europe is out of the question.")
    assert case.whys["links.L1a"].startswith("S18 P22")
    assert "P29" not in case.scenario.brief


def test_the_hash_is_splitmix64():
    assert [hex(splitmix64(n)) for n in (0, 1)] == ["0xe220a8397b1dcdaf", "0x910a2dec89025cc1"]


def test_dice_depend_on_seed_seat_and_turn_alone():
    draws = {(a, b, c): Dice(a, b, c).uniform() for a in range(3) for b in range(3) for c in range(3)}
    assert len(set(draws.values())) == 27
    assert Dice(2, 1, 0).uniform() == draws[2, 1, 0]
    dice = Dice(1, 2, 3)
    assert all(0 <= dice.below(7) < 7 for _ in range(100))
    assert Dice(1, 2, 3).generator().random() == Dice(1, 2, 3).generator().random()
    mean = sum(Dice(n, 0, 0).uniform() for n in range(5000)) / 5000
    assert abs(mean - 0.5) < 0.02


def test_long_names_are_shortened_in_messages():
    assert unknown("thing", "x" * 100, []) == f"unknown thing '{'x' * 57}...'; possible: none"


def test_kept_arrays_are_bounded_and_read_only(case, monkeypatch):
    monkeypatch.setattr(module, "MOST_KEPT", 3)
    preferences = load("cloud-for-two").role("kaido").preferences
    flagship = case.role("nissan").preferences
    flagship._kept.clear()
    for n in range(8):
        odds = tuple(n / 10 for _ in flagship.odds("sdv", {t: flagship.chances(t, None) for t in case.scenario.tables}))
        flagship.gains("sdv", odds)
        flagship.gains("tech", tuple(n / 10 for _ in range(12))[: len(flagship._masks["tech"])])
        assert len(flagship._kept) <= 3
    assert preferences.chances("contract", None) == {}
    with pytest.raises(ValueError, match="read-only"):
        flagship.gains("tech", (0.0,) * len(flagship._masks["tech"]))[0] = 1.0
