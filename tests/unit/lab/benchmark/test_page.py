"""The page of a benchmark as a file: it needs nothing else, and holds no name that could be taken for its own."""

import copy
import json
import re

import pytest

from negotiation.lab.benchmark.matches import Match, Plan, play
from negotiation.lab.benchmark.page import page
from negotiation.lab.benchmark.results import results
from negotiation.lab.benchmark.suites import Setting

AGENTS = ("fair", "easy")


@pytest.fixture(scope="module")
def found():
    setting = Setting("bilateral", "drawn:bilateral-zone-1")
    return results(Plan(AGENTS), [play(Match(setting, (mine, theirs))) for mine in AGENTS for theirs in AGENTS])


def data(text):
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1])


def test_the_page_holds_all_results_and_asks_nobody_for_more(found):
    text = page(found)
    assert data(text)["found"] == found
    assert not re.search(r"""(src|href)\s*=|@import|url\(|https?://(?!www\.w3\.org/2000/svg)""", text)
    assert "default-src 'none'" in text
    assert "<noscript><section><pre># Benchmark" in text
    assert "not to be cited" not in text


def test_a_name_cannot_end_the_data_or_become_part_of_the_page(found):
    mean = copy.deepcopy(found) | {"quick": True, "errors": {"<img>": {"games": 2, "why": "</ul><script>"}}}
    mean["agents"] = ["</script><script>alert(1)</script>", "easy"]
    text = page(mean)
    assert text.count("</script>") == 2
    assert data(text)["found"] == mean
    assert "&lt;img&gt;: 2 games, the first because: &lt;/ul&gt;&lt;script&gt;" in text
    assert "A quick run, not to be cited." in text


def test_without_a_game_the_page_says_so(found):
    text = page(found | {"scopes": {}})
    assert "No game could be played." in text
    assert "<script" not in text
