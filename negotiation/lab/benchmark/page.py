"""The results of a benchmark as one page that needs nothing else: scrub by round, pin, compare, sort; light and dark."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any

from negotiation.lab.benchmark.figures import FIGURES, GROUPS
from negotiation.lab.benchmark.text import benchmark_text
from negotiation.plural import counted
from negotiation.reports import web
from negotiation.reports.palette import variables

LOOK, SCRIPT = (Path(web.__file__).with_name(f"benchmark.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
"""What the page may load: nothing from anywhere."""

TEXTS = {
    "agent": "agent",
    "rating": "rating",
    "rating_about": "Who does better in the same chair, against the same others, with the same dice",
    "pin": "Pin to the top, and draw in colour",
    "pin_agent": "Pin {agent}",
    "unpin_agent": "Unpin {agent}",
    "states_none": "states none",
    "of": "counted {n} times",
    "rounds": "round",
    "all": "all suites",
    "all_rounds": "all rounds",
    "after": "after round {round}",
    "scope_about": "Games played: {games}; blocks: {blocks}. Small figures are 95 % intervals over blocks.",
    "chairs": "In the same chair {a} did better than {b} {wins} times, as well {ties} times, and worse {losses} times.",
    "gap": "Their ratings are {gap} points apart",
    "clear": "The interval leaves out 0: the difference is clear.",
    "unclear": "The interval holds 0: which of the two does better is not clear.",
    "one_block": "One block says nothing about others.",
    "figure": "figure",
    "difference": "difference",
    "interval": "interval",
}
"""What the script says."""

BODY = """<div class="js-only" role="group" aria-label="What is shown">
<label>Suite<select id="scope"></select></label>
<label><span>Beliefs: <output id="told" for="round"></output></span><input id="round" type="range" min="0" step="1" aria-label="Beliefs after round"></label>
<p id="about" class="note"></p></div>
<section><h2>All figures, kept apart</h2><p class="note">A heading sorts; a star pins an agent to the top and draws it in colour. Figures of
beliefs are those after the round chosen above.</p>
<div class="wide" tabindex="0" role="group" aria-label="Table that scrolls sideways"><table class="marks" id="table"></table></div></section>
<section><h2>Ratings</h2><p class="note">Who does better in the same chair, against the same others, with the same dice. 400 points are odds of ten
to one; 1,500 is the mean. Bars are 95 % intervals.</p><div class="plot" id="whiskers"></div></section>
<section><h2>Beliefs by round</h2><p class="note">What agents themselves state of the others, against the true sheets. Bands are 95 % intervals; a dashed
line is who has learnt nothing, read where that agent states something.</p><label>Figure<select id="line"></select></label>
<div class="plot" id="beliefs"></div><ul class="key" id="legend"></ul><p id="beliefs-none" hidden>No agent states a belief here.</p></section>
<section><h2>Two agents beside each other</h2><div class="row"><label>First<select id="a"></select></label><label>Second<select id="b"></select></label></div>
<p id="verdict" aria-live="polite"></p><p id="same" hidden>Choose two different agents.</p>
<div class="wide" tabindex="0" role="group" aria-label="Table that scrolls sideways"><table class="marks" id="two"></table></div></section>
"""


def page(found: Mapping[str, Any]) -> str:
    """Return the results as one HTML file; without a script it shows them as text."""
    first = next(iter(found["scopes"].values()), None)
    text = f"<section><pre>{escape(benchmark_text(found))}</pre></section>"
    there = "" if first is None else f"{BODY}<noscript>{text}</noscript>"
    title = f"Benchmark of {counted(len(found['agents']), 'agent')}"
    quick = " A quick run, not to be cited." if found["quick"] else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{title}</title><style>{variables()}{web.STYLE}{LOOK}</style></head>\n<body><main>\n"
        f"<header><h1>{title}</h1><p class='sub'>Suites of version {escape(found['version'])}, "
        f"digest {found['digest'][:12]}.{quick}</p>"
        "<p class='fiction'>Companies and scores are fictional. No figure stands for all others: they are kept apart.</p></header>\n"
        f"{there or text}{''.join(_errors(found))}<section><h2>What each figure is</h2><dl>{''.join(_meanings())}</dl></section>\n"
        f"</main>{_program(found) if there else ''}</body></html>\n"
    )


def _meanings() -> Iterator[str]:
    for group, title in GROUPS.items():
        yield f"<dt><b>{escape(title)}</b></dt>"
        for meaning in FIGURES.values():
            if meaning.group == group:
                yield f"<dd>{escape(meaning.title)}: {escape(meaning.about)}.</dd>"


def _errors(found: Mapping[str, Any]) -> Iterator[str]:
    if found["errors"]:
        rows = (
            f"<li>{escape(agent)}: {counted(errors['games'], 'game')}, the first because: {escape(errors['why'])}</li>"
            for agent, errors in found["errors"].items()
        )
        yield f"<section><h2>Games that could not be played</h2><ul>{''.join(rows)}</ul></section>"


def _program(found: Mapping[str, Any]) -> str:
    """Return the data and the script; no name of an agent can end them."""
    figures = {name: asdict(meaning) for name, meaning in FIGURES.items()}
    data = json.dumps({"found": found, "figures": figures, "groups": GROUPS, "texts": TEXTS}, ensure_ascii=False)
    kept = data.replace("<", "\\u003c")
    return f'<script type="application/json" id="data">{kept}</script><script>{SCRIPT}</script>'
