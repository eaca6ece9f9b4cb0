"""One question to an endpoint with real sockets: every way of failing is one error, in time, and tells no secret."""

import asyncio
import sys
import time

import pytest
from support_llm import HOSTILE, SECRET, in_turn, raw, says, serving, stalls, status, trickles

from negotiation.errors import MissingPackage, SetupError
from negotiation.llm import client
from negotiation.llm.asker import Asker
from negotiation.llm.client import ModelError as Failed
from negotiation.llm.client import Reply, chat, estimate
from negotiation.llm.endpoint import endpoint

ASKED = [{"role": "user", "content": "What now?"}]


@pytest.fixture(autouse=True)
def in_haste(monkeypatch):
    monkeypatch.setattr(client, "PAUSE", 0.01)


def ask(timeout=5.0):
    return chat(endpoint(), ASKED, timeout=timeout, longest=50, seed=7)


def test_a_question_has_the_form_of_a_chat_completion(endpoint_of):
    server = endpoint_of(says("Hello", {"total_tokens": 12}))
    assert ask() == Reply("Hello", 12)
    assert server.asked == [
        {"model": "small", "messages": ASKED, "max_tokens": 50, "temperature": 0, "seed": 7, "stream": False}
    ]
    assert server.headers[0]["Authorization"] == f"Bearer {SECRET}"


def test_without_a_key_none_is_sent(endpoint_of):
    server = endpoint_of(says("Hello"), key="")
    ask()
    assert "Authorization" not in server.headers[0]


def test_an_answer_comes_where_a_loop_runs_already(endpoint_of):
    endpoint_of(says("Hello"))

    async def notebook():
        return ask().text

    assert asyncio.run(notebook()) == "Hello"


@pytest.mark.parametrize("usage", [None, {}, {"total_tokens": 0}, {"total_tokens": True}, {"total_tokens": 10**400}, 5])
def test_tokens_that_nobody_counts_or_believes_are_estimated(endpoint_of, usage):
    endpoint_of(says("Hello" * 30, usage))
    assert 50 < ask().tokens < 200


FAULTS = {
    "broken JSON": "nonsense",
    "not JSON": "nonsense",
    "bytes": "nonsense",
    "nulls": "nonsense",
    "no choices": "nonsense",
    "a list": "nonsense",
    "busy": "refused",
    "fails": "refused",
    "refuses": "refused",
    "moves": "refused",
    "key": "refused",
    "floods": "flood",
    "cuts": "unreachable",
}


@pytest.mark.parametrize("way", FAULTS)
def test_every_failure_is_one_kind_of_error_that_tells_no_secret(endpoint_of, way):
    server = endpoint_of(HOSTILE[way])
    with pytest.raises(Failed) as failure:
        ask()
    assert failure.value.fault == FAULTS[way]
    assert SECRET not in str(failure.value) + repr(failure.value) + repr(endpoint())
    assert server.url not in str(failure.value)
    assert len(server.asked) == (client.TRIES if way in ("busy", "fails", "cuts") else 1)


@pytest.mark.parametrize("way", [stalls, trickles, status(503, headers=(("Retry-After", "5"),))])
def test_the_time_limit_holds_however_slowly_it_answers(endpoint_of, way):
    endpoint_of(way)
    began = time.monotonic()
    with pytest.raises(Failed, match="did not answer within 0.3 s"):
        ask(timeout=0.3)
    assert time.monotonic() - began < 3


def test_what_fails_for_a_moment_is_asked_again(endpoint_of):
    server = endpoint_of(status(500), status(429, headers=(("Retry-After", "soon"),)), says("At last"))
    assert ask().text == "At last"
    assert len(server.asked) == 3


def test_an_endpoint_that_is_not_there_cannot_be_reached(monkeypatch):
    with serving(in_turn(says(""))) as server:
        url = server.url
    monkeypatch.setenv("NEGOTIATION_LLM_URL", url)
    with pytest.raises(Failed, match="cannot be reached") as failure:
        chat(endpoint("m"), ASKED, timeout=5, longest=50, seed=0)
    assert failure.value.fault == "unreachable"


def test_a_key_is_refused_in_words_that_do_not_tell_it(endpoint_of):
    endpoint_of(status(401, SECRET))
    with pytest.raises(Failed, match=r"does not take the key \(status 401\)"):
        ask()


def test_an_estimate_is_rather_too_high():
    assert estimate([{"role": "user", "content": "four short plain words"}]) > 5
    assert estimate([{"role": "user", "content": "\ud800日本語"}]) > 4


def test_letters_that_cannot_be_written_are_sent_all_the_same(endpoint_of):
    server = endpoint_of(says("Hello"))
    chat(endpoint(), [{"role": "user", "content": "\ud800"}], timeout=5, longest=5, seed=0)
    assert server.asked[0]["messages"][0]["content"] == "\ud800"


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("http://h:1/v1", "http://h:1/v1/chat/completions"),
        ("https://h/v1/chat/completions", "https://h/v1/chat/completions"),
        ("https://h/x/?api-version=2", "https://h/x/chat/completions?api-version=2"),
    ],
)
def test_an_address_is_that_of_the_interface_or_the_whole_one(monkeypatch, url, whole):
    monkeypatch.setenv("NEGOTIATION_LLM_URL", url)
    assert endpoint("m").url == whole
    assert len(endpoint("m").mark) == 16


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"URL": ""}, "llm: no endpoint is set; NEGOTIATION_LLM_URL names one, such as http://localhost:8080/v1"),
        ({"URL": "ftp://h"}, "llm: NEGOTIATION_LLM_URL is no address"),
        ({"URL": "http://"}, "llm: NEGOTIATION_LLM_URL is no address"),
        ({"URL": "http://h:port/"}, "llm: NEGOTIATION_LLM_URL is no address"),
        ({"URL": "http://[h/"}, "llm: NEGOTIATION_LLM_URL is no address"),
        ({"URL": "http://me:pw@h/"}, "llm: NEGOTIATION_LLM_URL holds a name or password; a key stands in"),
        ({"MODEL": ""}, "llm: which model? write llm:MODEL, or set NEGOTIATION_LLM_MODEL"),
        ({"MODEL": "a b"}, "llm: 'a b' is no name of a model"),
        ({"KEY": "sk\x07-1"}, "llm: NEGOTIATION_LLM_KEY holds characters that no key has"),
    ],
)
def test_settings_that_cannot_be_are_told_and_not_shown(monkeypatch, settings, message):
    fine = {"URL": "http://localhost:1", "MODEL": "m", "KEY": "k"}
    for name, value in {**fine, **settings}.items():
        monkeypatch.setenv(f"NEGOTIATION_LLM_{name}", value)
    with pytest.raises(SetupError) as failure:
        endpoint()
    assert str(failure.value).startswith(message)
    assert not any(secret in str(failure.value) for secret in ("pw@", "sk\x07", "ftp:", "h:port"))


def test_without_httpx_one_line_says_what_to_do(monkeypatch):
    monkeypatch.setenv("NEGOTIATION_LLM_URL", "http://localhost:1")
    monkeypatch.setattr("negotiation.errors.find_spec", lambda _: None)
    with pytest.raises(MissingPackage, match=r"httpx is not installed.*pip install 'alliance-negotiation\[llm\]'"):
        endpoint("m")


def test_httpx_is_imported_by_nobody_who_does_not_use_it():
    import subprocess

    code = "import sys, negotiation.strategies, negotiation.llm.client; print('httpx' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"


def test_a_purse_counts_what_is_asked_and_is_shut_in_time(endpoint_of):
    server = endpoint_of(says("One", {"total_tokens": 400}))
    asker = Asker("", budget=1000, timeout=5)
    assert asker.ask(ASKED, longest=100) == "One"
    assert asker.ask(ASKED, longest=100) == "One"
    with pytest.raises(Failed, match="the budget of 1,000 tokens does not pay for another question"):
        asker.ask(ASKED, longest=200)
    assert (asker.calls, asker.tokens, len(server.asked)) == (2, 800, 2)


def test_who_fails_three_times_in_a_row_is_left_in_peace_for_a_while(endpoint_of):
    good, bad = says("One", {"total_tokens": 400}), status(404)
    server = endpoint_of(bad, bad, good, bad, bad, bad, raw("{"), good)
    asker = Asker("", budget=10_000, timeout=5)
    told = []
    for _ in range(16):
        try:
            told.append(asker.ask(ASKED, longest=10))
        except Failed as problem:
            told.append(problem.fault)
    pause = ["given up"]
    assert told == [*["refused"] * 2, "One", *["refused"] * 3, *pause * 3, "nonsense", *pause * 4, "One", "One"]
    assert (asker.calls, len(server.asked)) == (9, 9)
    assert asker.tokens == 2 * 400 + estimate(ASKED) + 400
