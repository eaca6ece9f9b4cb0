"""Colours and styles: one colour per party everywhere, told apart by colour-blind people, in light and dark."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.language import mark, tr
from negotiation.reports.palette import DARK, INK, LIGHT, ink
from negotiation.reports.words import short as short
from negotiation.scenario import Scenario


def dark() -> bool:
    """Return whether the page is shown dark."""
    return (st.context.theme.type or "light") == "dark"


def colours(scenario: Scenario) -> dict[str, str]:
    """Return the colour of every party, by name."""
    palette = DARK if dark() else LIGHT
    return {party: palette[n % len(palette)] for n, party in enumerate(scenario.parties)}


def colour(scenario: Scenario, party: str) -> str:
    """Return the colour of one party; for the mediator the accent colour."""
    return colours(scenario).get(party, INK[dark()]["accent"])


def tag(scenario: Scenario, party: str) -> str:
    """Return a party's name with its colour, as HTML."""
    return f"<span class='who' style='--c:{colour(scenario, party)}'>{escape(short(scenario, party))}</span>"


def door(address: str, label: str) -> str:
    """Return a link to a page of this site that is loaded anew, styled as a button, as HTML."""
    return f"<a class='button' href='{escape(address)}' target='_self'>{escape(label)}</a>"


def aside(address: str, label: str) -> str:
    """Return a quiet link to a page of this site that is loaded anew, as HTML."""
    return f"<p class='note'><a href='{escape(address)}' target='_self'>{escape(label)}</a></p>"


def style() -> None:
    """Put the styles of this package's own HTML on the page."""
    names = "".join(f"--{name}:{colour};" for name, colour in ink(night=dark()).items())
    st.html(f"<style>:root{{{names}}}{CSS}{_away()}</style>")


_LOST = (
    'body:has([data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])) [data-testid="stDialog"] '
    'section:not(:has([data-testid="stVerticalBlock"])) > div'
)
AWAY = mark(
    "The server does not answer. What you did is kept: this page goes on by itself as soon as the server is there again."
)
"""Our words where Streamlit, when its server is away, tells people to start a script in their terminal."""


def _away() -> str:
    """Return the style by which they stand there."""
    told = tr(AWAY).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")  # between quotes of a style
    return f"{_LOST} > * {{ display:none }} {_LOST}::after {{ content:'{told}' }}"


CSS = """
[class*="st-key-card"] { background: var(--card) }
[kind="primary"]:not(:disabled), [kind="primary"]:not(:disabled) *, [data-tag], [data-tag] * { color:var(--on-accent) !important }
[data-testid="stTextInputRootElement"], [data-testid="stNumberInputContainer"], [data-testid="stTextAreaRootElement"], .react-aria-ComboBox > [role="group"]
  { border-color:var(--dot) !important } [data-testid="stCheckbox"] label:has(input[role="switch"]:not(:checked)) > span + div { outline:1.5px solid var(--dot) }
.plain { list-style:none; margin:0 0 .6rem; padding:0; font-size:.86rem; line-height:1.6 }
.numbered { list-style:decimal; padding-left:1.3rem } .numbered li { margin-bottom:.35rem }
.who { font-weight:600; white-space:nowrap } .who::before { content:""; display:inline-block; width:.62em; height:.62em;
  border-radius:50%; background:var(--c); margin-right:.35em }
.grid { display:grid; grid-template-columns:repeat(auto-fit,minmax(11.5rem,1fr)); gap:.6rem }
.tile { background:var(--card); border:1px solid var(--line); border-radius:.65rem; padding:.55rem .7rem; font-size:.82rem; line-height:1.35 }
.tile b { font-size:.9rem } .tile.signed { border-color:var(--good); border-width:2px } .tile.dead { opacity:.6 }
.tile.chosen { box-shadow:inset 0 3px 0 var(--accent) }
.pill { display:inline-block; border-radius:99px; padding:.02rem .5rem; font-size:.8rem; font-weight:600; border:1px solid var(--line); margin:.1rem 0 }
.pill.good { color:var(--good); border-color:var(--good) } .pill.wait { color:var(--accent); border-color:var(--accent) }
.up { color:var(--good); font-weight:600 } .down { color:var(--bad); font-weight:600 } .dim { opacity:.72 }
.terms { border-collapse:collapse; width:100%; font-size:.83rem } .terms td, .terms th { padding:.22rem .4rem; border-bottom:1px solid var(--line);
  text-align:left; vertical-align:top } .terms td.n, .terms th.n { text-align:right; font-variant-numeric:tabular-nums; white-space:nowrap }
.terms tr.moved td { background:color-mix(in srgb, var(--accent) 12%, transparent) }
.wide { overflow-x:auto }
.bar { position:relative; height:.8rem; border-radius:99px; background:color-mix(in srgb, var(--line) 60%, transparent); margin:.35rem 0 .2rem }
.bar i { position:absolute; left:0; top:0; bottom:0; border-radius:99px; background:var(--accent) }
.bar i.low { background:var(--bad) } .bar u { position:absolute; top:-4px; bottom:-4px; width:2px; background:var(--text) }
.big { font-family:Fraunces, Georgia, serif; font-size:1.7rem; font-weight:600; font-variant-numeric:tabular-nums }
.say { margin:.3rem 0; padding:.4rem .65rem; border-radius:.7rem; font-size:.86rem; border-left:3px solid var(--c); width:fit-content; max-width:96%;
  background:color-mix(in srgb, var(--c) 9%, transparent); overflow-wrap:anywhere } .say.mine { margin-left:auto; border-left:0; border-right:3px solid var(--c) }
.say small { display:block; opacity:.75 } .say .text { white-space:pre-wrap } .say.private { border:1px dashed var(--c); border-left:3px solid var(--c) }
.say.private.mine { border-left:1px dashed var(--c); border-right:3px solid var(--c) } .meant { opacity:.8; font-size:.8rem } .meant::before { content:"→ " }
.mark { text-align:center; font-size:.8rem; opacity:.75; margin:.5rem 0 .2rem }
.mark.good { color:var(--good); opacity:1; font-weight:600 }
.roll { font-size:.82rem; margin:.25rem 0; padding-left:.55rem; border-left:2px solid var(--line) } .roll.good { border-color:var(--good) }
.note { font-size:.82rem; color:color-mix(in srgb, currentColor 80%, transparent) }
[data-testid="stCaptionContainer"] { opacity:1 !important } [data-testid="stCaptionContainer"] p { color:color-mix(in srgb, var(--text) 78%, transparent) !important }
a.button { display:inline-block; padding:.4rem .9rem; border-radius:.65rem; background:var(--accent); color:var(--on-accent) !important;
  font-weight:600; text-decoration:none }
button.quiet { font:inherit; font-size:.82rem; color:inherit; background:none; border:0; padding:0; text-decoration:underline; cursor:pointer; opacity:.8 }
.doc { font-size:.92rem; line-height:1.5 } .doc p { margin:.35rem 0; max-width:80ch } .doc .lead { font-size:1.15rem }
.doc ol, .doc ul { padding-left:1.3rem; max-width:85ch } .doc .terms { width:auto; min-width:min(100%,30rem) } .doc .strong td { font-weight:700 } .doc th.n { white-space:normal; vertical-align:bottom }
.doc td.shade { background:color-mix(in srgb, var(--accent) calc(var(--s)*60%), transparent) } .doc td.bad { background:color-mix(in srgb, var(--bad) calc(var(--s)*60%), transparent) }
[class*="st-key-asks-"] { border-left:3px solid var(--accent); padding:.35rem .8rem; gap:.45rem !important }
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-asks-"]) { flex:1 1 100% !important; order:9 }
:is(.st-key-quick, [class*="st-key-asks-"]) [data-variant="pills"] { height:auto; min-height:2.2rem; max-width:100%; text-align:left; border-radius:1.1rem }
:is(.st-key-quick, [class*="st-key-asks-"]) [data-variant="pills"] * { white-space:normal; overflow:visible; overflow-wrap:anywhere }
.st-key-quick .say.mine { margin-left:0; max-width:100% }
.door { font-size:.95rem; line-height:1.5 }
@media (max-width:640px) {
  .st-key-card-talk:has([data-testid="stBidiComponentIsolated"]) { border:0; padding:0; background:none; gap:0 }
  .grid { grid-template-columns:repeat(auto-fit,minmax(9.3rem,1fr)) }
  :is(.st-key-quick, [class*="st-key-asks-"]) :is([data-variant], [kind], .react-aria-ComboBox > [role="group"]) { min-height:44px !important } }
"""
