"""A tournament's standings as a page of Markdown, which reads well in a terminal too."""

from __future__ import annotations

from negotiation.lab.standings import Report


def told(report: Report) -> str:
    """Standings, head to head, and survivors."""
    wide = max(len(one.name) for one in report.standings)
    lines = [
        "# Tournament",
        "",
        "Gain as a share of the best a seat could have had; 95 % interval by bootstrap; every case weighs the same.",
        "",
        f"| {'strategy':<{wide}} | share | interval      | points | signed | from Nash | games |",
        f"|{'-' * (wide + 2)}|------:|---------------|-------:|-------:|----------:|------:|",
    ]
    for one in report.standings:
        nash = "–" if one.nash_distance is None else f"{one.nash_distance:.3f}"
        lines.append(
            f"| {one.name:<{wide}} | {one.share:.3f} | {one.low:.3f} … {one.high:.3f} | {one.points:6.2f} | "
            f"{one.signed:6.1%} | {nash:>9} | {one.games:5} |"
        )
    lines += ["", "## Head to head", "", "Share of the row's strategy where the column's sits in all other seats.", ""]
    short = [name if len(name) <= 14 else name[:13] + "…" for name in report.names]
    lines.append(f"| {'':<{wide}} | " + " | ".join(f"{name:>5}" for name in short) + " |")
    lines.append(f"|{'-' * (wide + 2)}|" + "|".join("-" * (max(len(name), 5) + 1) + ":" for name in short) + "|")
    for name, row in zip(report.names, report.against, strict=True):
        cells = " | ".join(f"{value:>{max(len(head), 5)}.3f}" for value, head in zip(row, short, strict=True))
        lines.append(f"| {name:<{wide}} | {cells} |")
    mixture = ", ".join(f"{name} {p:.0%}" for name, p in sorted(report.survivors.items(), key=lambda item: -item[1]))
    lines += ["", f"Replicator dynamics from equal shares end with: {mixture}."]
    if report.errors:
        lines += ["", f"{report.errors} games could not be played; their rows say why."]
    return "\n".join(lines) + "\n"
