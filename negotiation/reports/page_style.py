"""What our pages that need nothing else have in common: style sheet, light and dark, sections and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
:root{--paper:#fbfaf7;--card:#fff;--text:#1f2a2e;--soft:#55636a;--line:#dedad0;--accent:#0f766e;
--low:#7dd3c8;--middle:#0f9488;--high:#134e4a;--dot:#64748b;--bad:#b91c1c;
--reference:#b45309;--game:#7c3aed}
@media (prefers-color-scheme:dark){:root{--paper:#0e1615;--card:#16211f;--text:#e6eeec;--soft:#a9bab7;--line:#3d5350;
--accent:#2dd4bf;--low:#2f6f68;--middle:#2dd4bf;--high:#ccfbf1;--dot:#94a3b8;--bad:#f87171;--reference:#fbbf24;--game:#c4b5fd}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--text);font:1.0625rem/1.55 Inter,system-ui,sans-serif}
main{max-width:92rem;margin:0 auto;padding:1.5rem clamp(1rem,3vw,3rem)}
h1{font-size:clamp(1.6rem,3vw,2.4rem);line-height:1.2;margin:0}
h2{font-size:1.4rem;margin:0 0 .6rem}h3{font-size:1.1rem;margin:1.2rem 0 .4rem}
.sub{font-size:1.25rem;color:var(--accent);margin:.2rem 0 .8rem}
.fiction{border-left:4px solid var(--accent);padding:.2rem 0 .2rem .8rem;color:var(--soft);max-width:75ch}
.note{color:var(--soft);max-width:75ch}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.2rem clamp(.8rem,2vw,1.6rem);
margin:1.2rem 0}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1rem}
figure{margin:0;min-width:0}figure svg{width:100%;height:auto;display:block}
figcaption{color:var(--soft);text-align:center}
.scroll{overflow-x:auto;margin:.8rem 0}
table{border-collapse:collapse;min-width:min(100%,30rem);font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:600}.n{text-align:right;white-space:nowrap}
details{border-bottom:1px solid var(--line);padding:.4rem 0}summary{cursor:pointer;font-weight:600}
dl{margin:.6rem 0;display:grid;grid-template-columns:minmax(7rem,14rem) 1fr;gap:.3rem 1rem}
dt{color:var(--soft)}dd{margin:0}
@media (max-width:40rem){table{min-width:0}dl{display:block}dd{margin:0 0 .5rem}}
"""


def whole(title: str, sections: Iterable[str]) -> str:
    """A page of these sections, as HTML."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body><main>\n"
        + "\n".join(sections)
        + "\n</main></body></html>\n"
    )


def section(title: str, inside: str) -> str:
    """A section with its title; `inside` is HTML."""
    return f"<section><h2>{escape(title)}</h2>{inside}</section>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table; `numbers` are the columns set to the right, all but the first if not said."""
    numbers = numbers or range(1, len(head))

    def line(cells: Sequence[str], tag: str) -> str:
        kinds = (" class=n" if k in numbers else "" for k in range(len(cells)))
        return "<tr>" + "".join(f"<{tag}{k}>{escape(c)}</{tag}>" for c, k in zip(cells, kinds, strict=True)) + "</tr>"

    body = "".join(line(row, "td") for row in rows)
    return f"<div class=scroll><table><thead>{line(head, 'th')}</thead><tbody>{body}</tbody></table></div>"
