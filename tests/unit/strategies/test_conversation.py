"""What agents say: to whom, about what, and when they say nothing."""

from collections import Counter

import pytest

from negotiation.actions import Accept, Offer, Pass, Say, Tick
from negotiation.cli import main
from negotiation.errors import SetupError
from negotiation.formats.notation import read, write
from negotiation.game import Game
from negotiation.lab.strategy_check import check_strategy
from negotiation.moves import Ask, Courtesy, Obstacle, Prefer, Rank, Sketch
from negotiation.protocols.base import ACTS_PER_ROUND
from negotiation.strategies import PERSON, Strategy, strategy
from negotiation.strategies.conversation import QUESTIONS, told

CASE = "alliance-2023"


def talks(player="fair", talk="en", seed=3, **options):
    game = Game(CASE, strategy=player, seats={"nissan": PERSON}, talk=talk, seed=seed, **options)
    game.play()
    return game


def heard(game, text, to=(), words="Well?"):
    """Return what is said to Nissan after it said something."""
    before = len(game.state.events)
    game.submit("nissan", Say(words, to, read(text, game.case.scenario)))
    game.play()
    said = game.state.events[before + 1 :]
    return [(e.party, e.action) for e in said if isinstance(e.action, Say) and e.action.heard_by("nissan")]


def test_silent_agents_say_nothing_at_all():
    game = talks(talk="")
    assert heard(game, "ask priority ampere -> renault") == []
    game.submit("nissan", Pass())
    game.play()
    assert all(not getattr(e.action, "words", "") for e in game.state.events)
    assert game.state.spoken == (game.state.spoken[0],)


def test_a_question_is_answered_by_the_one_it_names_where_it_was_asked():
    game = talks()
    ((party, said),) = heard(game, "ask priority ampere -> renault")
    assert (party, said.to) == ("renault", ())
    assert all(isinstance(move, Rank) for move in said.moves)
    assert "Nissan Motor" in said.text
    ((party, said),) = heard(game, "ask priority ampere -> renault", to=("renault", "mitsubishi"))
    assert (party, said.to) == ("renault", ("nissan", "mitsubishi"))


def test_it_is_answered_in_the_language_in_which_it_was_asked():
    game = talks()
    ((_, said),) = heard(
        game, "ask priority ampere -> renault", words="Qu'est-ce qui compte pour vous à la table Ampère ?"
    )
    assert "Nissan" in said.text
    assert any(word in said.text for word in ("pour nous", "Pour nous", "nous", "Nous"))
    ((_, said),) = heard(game, "ask priority ampere -> renault", words="アンペアでは何が大切ですか。")
    assert "日産" in said.text
    ((_, said),) = heard(talks(talk="fr"), "ask priority ampere -> renault", words="???")
    assert "nous" in said.text.lower()


def test_half_a_deal_comes_back_whole():
    game = talks("easy")
    ((_, said),) = heard(game, "sketch alliance.purchasing=joint", to=("renault",))
    whole = next(move for move in said.moves if isinstance(move, Sketch))
    assert "sketch" in write(said.moves)
    assert {term.issue for term in whole.options} == {i.name for i in game.case.scenario.tables["alliance"].issues}


def test_an_offer_that_is_not_signed_is_answered_with_what_stands_in_the_way():
    game = talks("tough")
    before = len(game.state.events)
    table = game.case.scenario.tables["ampere"]
    game.submit(
        "nissan",
        Offer(
            {
                "ampere": table.parse(
                    dict(nissan_stake="s5", mmc_stake="zero", engineers="none", tech_access="alacarte", condition="ipo")
                )
            }
        ),
    )
    game.play()
    said = [e for e in game.state.events[before + 1 :] if e.party == "renault" and isinstance(e.action, Say)]
    assert said[0].action.to == ("nissan",)
    assert any(isinstance(move, Obstacle) for move in said[0].action.moves)


def test_what_somebody_tells_is_thanked_for_and_returned_once():
    game = talks()
    ((_, first),) = heard(game, "rank ampere.engineers > ampere.condition", to=("renault",))
    assert first.moves[0] == Courtesy("thanks")
    assert any(isinstance(move, Rank | Prefer) for move in first.moves)
    ((_, second),) = heard(game, "rank ampere.engineers > ampere.nissan_stake", to=("renault",))
    assert second.moves == (Courtesy("thanks"),)
    assert list(told(game.view("renault"), "nissan")) == ["ampere"]


def test_an_obstacle_that_somebody_names_is_met_with_another_deal():
    game = talks("easy")
    ((_, said),) = heard(game, "obstacle ampere.engineers", to=("renault",))
    assert any(isinstance(move, Sketch) for move in said.moves)


def test_a_greeting_comes_back_and_words_without_meaning_are_said_to_be_so():
    game = talks()
    ((_, said),) = heard(game, "courtesy greeting", to=("renault",))
    assert said.moves == (Courtesy("greeting"),)
    ((_, said),) = heard(game, "none", to=("renault",), words="The weather is fine.")
    assert said.moves == ()
    assert heard(game, "courtesy thanks", to=("renault",)) == []


def test_agents_ask_a_few_questions_of_their_own_and_once_more_those_who_told_little():
    game = Game(CASE, strategy="fair", talk="en", seed=1)
    game.play()
    asked, by_round, week = Counter(), Counter(), 0
    for event in game.state.events:
        week += isinstance(event.action, Tick)
        for move in event.action.moves if isinstance(event.action, Say) else ():
            if isinstance(move, Ask):
                asked[event.party, move.whom, move.table] += 1
                by_round[event.party, week] += 1
    assert set(asked.values()) == {1, 2}
    assert max(by_round.values()) <= QUESTIONS


def test_candour_is_a_parameter_and_decides_what_is_told():
    assert (strategy("easy").candour, strategy("fair").candour, strategy("tough").candour) == (
        "candid",
        "guarded",
        "bluffing",
    )
    with pytest.raises(SetupError, match="unknown candour 'sly'; possible: candid, guarded, bluffing"):
        strategy("fair:candour=sly")
    said = {
        candour: heard(talks(f"linear:candour={candour}"), "ask priority ampere -> renault")[0][1].moves
        for candour in ("candid", "guarded", "bluffing")
    }
    assert len(said["candid"]) > len(said["guarded"])
    assert said["bluffing"][0].more == said["guarded"][0].more
    assert said["bluffing"] != said["guarded"]


def test_words_go_with_signatures_and_offers():
    game = Game("cloud-for-two", strategy="fair", talk="en", seed=1)
    game.play()
    words = [e.action.words for e in game.state.events if isinstance(e.action, Offer | Accept)]
    assert all(words)
    assert all("“" in text for text in words)


def test_a_strategy_from_outside_is_silent_unless_it_speaks():
    assert Strategy.speak(strategy("random"), None, (), None) is None


def test_an_unknown_language_is_refused():
    with pytest.raises(SetupError, match="unknown language 'de'; possible: en, fr, ja"):
        Game(CASE, talk="de")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("raise RuntimeError('out of words')", "out of words"),
        ("return Offer({})", "nimbus said a Offer, which is no Say"),
        ("return Say('')", "nimbus said 0 characters"),
        ("return None", ""),
    ],
)
def test_a_strategy_that_cannot_speak_is_silent_and_plays_on_and_it_is_told_why(tmp_path, capsys, answer, why):
    file = tmp_path / "mute.py"
    file.write_text(
        "from negotiation.actions import Offer, Say\nfrom negotiation.strategies.compose import Fair\n"
        f"class Mute(Fair):\n    name = 'mute'\n    def speak(self, view, asked, dice):\n        {answer}\n"
    )
    game = Game("cloud-for-two", strategy="fair", seats={"nimbus": f"{file}:Mute"}, talk="en", seed=1)
    game.play()
    assert game.state.over
    assert not any(e.party == "nimbus" and isinstance(e.action, Say) for e in game.state.events)
    assert any(e.party == "nimbus" and isinstance(e.action, Offer) for e in game.state.events)
    assert why in game.unsaid.get("nimbus", "")
    assert list(game.unsaid) == (["nimbus"] if why else [])
    assert main(["run", "cloud-for-two", "--strategy", "fair", "--seat", f"nimbus={file}:Mute"]) == bool(why)
    told = capsys.readouterr().err
    assert why in told
    assert ("could not speak" in told) == bool(why)
    broken = check_strategy(f"{file}:Mute", seeds=1).broken
    assert ("speech" in broken) == bool(why)


def test_ctrl_c_ends_a_game_though_an_agent_is_speaking(monkeypatch):
    game = Game("cloud-for-two", strategy="fair", talk="en", seed=1)

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(game.seated["nimbus"].strategy), "speak", interrupted)
    with pytest.raises(KeyboardInterrupt):
        game.play()


def test_an_agent_that_has_said_all_it_may_in_a_round_says_no_more_until_the_next():
    game = Game("cloud-for-two", strategy="fair", seats={"kaido": PERSON}, talk="en", seed=1)
    game.play()
    for _ in range(ACTS_PER_ROUND):
        game.submit("kaido", Say("Well?", ("nimbus",), read("ask priority contract", game.case.scenario)))
        game.play()
    assert sum(e.party == "nimbus" and isinstance(e.action, Say) for e in game.state.events) == ACTS_PER_ROUND
    assert isinstance(game.state.events[-1].action, Say)
    assert game.state.events[-1].party == "kaido"
    game.submit("kaido", Pass())
    game.play()
    game.submit("kaido", Say("Well?", ("nimbus",), read("ask priority contract", game.case.scenario)))
    game.play()
    assert game.state.events[-1].party == "nimbus"
