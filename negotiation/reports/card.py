"""The result of one's own game on a card to show: a picture of the size that other sites expect, with no secret of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from negotiation.language import tr
from negotiation.reports import font_coverage
from negotiation.reports.palette import INK
from negotiation.reports.picture_fonts import by_script
from negotiation.reports.wrapping import wrapped

WIDTH, HEIGHT = 1200, 630
LEFT, RIGHT = 80, WIDTH - 80
AXIS = 400
"""Pixels from the top to the strip."""

FONTS = "Noto Sans, Noto Sans JP, Noto Sans SC, sans-serif"
LETTERS = 68
"""Letters of the sentence in a line."""


@dataclass(frozen=True)
class Card:
    """What stands on a card, in words, and its strip: the points of agents in one's chair, if they are known.

    Attributes
    ----------
    lines
        Whom one played against, what was signed, when.
    note
        That the scores are fictional.
    """

    title: str
    seat: str
    sentence: str
    grade: str
    lines: Sequence[str]
    note: str
    mine: float
    unsigned: float
    agents: Sequence[float] = ()
    low: float = 0.0
    high: float = 0.0

    @property
    def text(self) -> str:
        """Return the card for those who cannot see it."""
        return "\n".join(filter(None, (self.title, self.seat, self.sentence, self.grade, *self.lines, self.note)))


def svg(card: Card) -> str:
    """Return a card as an SVG file."""
    ink = INK[False]
    said = wrapped(font_coverage.readable(card.sentence), LETTERS)[:4]
    verdict = "".join(_line(LEFT, 210 + 44 * n, one, 30, ink["text"], "600") for n, one in enumerate(said))
    details = "".join(_line(LEFT, 522 + 30 * n, one, 20, ink["text"]) for n, one in enumerate(card.lines[:3]))
    title = wrapped(font_coverage.readable(card.title), 60)[0]
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}' "
        f"font-family='{FONTS}'><rect width='{WIDTH}' height='{HEIGHT}' fill='#fbfaf7'/>"
        f"<rect width='{WIDTH}' height='14' fill='{ink['accent']}'/>"
        f"{_line(LEFT, 90, title, 34, ink['text'], '700')}{_line(LEFT, 134, card.seat, 24, ink['accent'], '600')}"
        f"{verdict}{_strip(card)}{details}"
        f"{_line(RIGHT, 134, card.grade, 26, ink['game'], '700', 'end')}"
        f"{_line(RIGHT, 604, card.note, 16, ink['dot'], anchor='end')}</svg>"
    )


def _line(x: float, y: float, text: str, size: int, colour: str, weight: str = "400", anchor: str = "start") -> str:
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' font-size='{size}' font-weight='{weight}' fill='{colour}' text-anchor='{anchor}'>"
        f"{escape(font_coverage.readable(text))}</text>"
    )


def _strip(card: Card) -> str:
    """Return the strip: the band and the dots of the agents, one's own points, and walking away."""
    ink, every = INK[False], [card.mine, card.unsigned, *card.agents]
    low, high = min(every), max(every)
    wide = high - low or 1.0

    def x(points: float) -> float:
        return LEFT + 60 + (RIGHT - LEFT - 120) * (points - low) / wide

    band = (
        f"<rect x='{x(card.low) - 8:.1f}' y='{AXIS - 24}' width='{x(card.high) - x(card.low) + 16:.1f}' height='48' rx='10' "
        f"fill='{ink['accent']}' opacity='.22'/>"
        if card.agents
        else ""
    )
    dots = "".join(
        f"<circle cx='{x(one):.1f}' cy='{AXIS}' r='7' fill='{ink['dot']}' opacity='.75'/>" for one in card.agents
    )
    away, mine, left, you = x(card.unsigned), x(card.mine), tr("walking away"), tr("you")
    return (
        f"<line x1='{LEFT}' y1='{AXIS}' x2='{RIGHT}' y2='{AXIS}' stroke='{ink['line']}' stroke-width='2'/>{band}{dots}"
        f"<line x1='{away:.1f}' y1='{AXIS - 30}' x2='{away:.1f}' y2='{AXIS + 30}' stroke='{ink['bad']}' stroke-width='3' "
        f"stroke-dasharray='7 6'/>{_line(away, AXIS + 52, left, 18, ink['bad'], anchor='middle')}"
        f"<line x1='{mine:.1f}' y1='{AXIS - 34}' x2='{mine:.1f}' y2='{AXIS + 34}' stroke='{ink['game']}' stroke-width='6'/>"
        f"{_line(mine, AXIS - 44, you, 22, ink['game'], '700', 'middle')}"
    )


def png(card: Card) -> bytes:
    """Return a card as a PNG file, set in our own fonts."""
    import vl_convert

    vl_convert.register_font_directory(font_coverage.directory())
    file: bytes = vl_convert.svg_to_png(by_script(svg(card)), scale=1)
    return file
