"""The judgement of axe-core on a page, wide and narrow; and how its charts stand out, which axe leaves open."""

import pytest

AXE_SCRIPT = pytest.importorskip("axe_playwright_python.base").AXE_SCRIPT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
IN_ORDER = ["heading-order", "page-has-heading-one", "empty-heading", "landmark-one-main", "empty-table-header"]
"""Rules that go beyond these levels: headings and landmarks by which a page is walked without eyes."""

SIZES = {1440: 900, 390: 844}

JUDGE = """async ([tags, more]) => {
  const rules = Object.fromEntries(more.map((one) => [one, { enabled: true }]));
  const { violations, incomplete } = await axe.run(document, { runOnly: { type: "tag", values: tags }, rules,
    resultTypes: ["violations", "incomplete"] });
  const told = (rule, node) => `${rule.id}: ${node.target.join(" ")} ${node.html.slice(0, 120)}: ` +
    [...node.any, ...node.all, ...node.none].map((one) => one.message).join("; ");
  const failed = incomplete.flatMap((rule) => rule.nodes.filter((node) => [...node.any, ...node.all, ...node.none]
    .some((one) => one.id === "error-occurred")).map((node) => told(rule, node)));
  return [...violations.flatMap((rule) => rule.nodes.map((node) => told(rule, node))), ...failed];
}"""

CHARTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (text) => {
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    return [0.2126, 0.7152, 0.0722].reduce((sum, part, i) => {
      const x = canvas.getImageData(0, 0, 1, 1).data[i] / 255;
      return sum + part * (x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    }, 0);
  };
  const behind = (node) => {
    for (let n = node; n; n = n.parentElement) {
      const colour = getComputedStyle(n).backgroundColor;
      if (!/, 0\\)$|transparent/.test(colour)) return colour;
    }
    return "white";
  };
  const found = [];
  for (const chart of document.querySelectorAll("[data-testid=stVegaLiteChart]"))
    for (const text of chart.querySelectorAll("svg :is(.role-axis, .role-legend, .role-title, .role-header) text")) {
      const a = light(getComputedStyle(text).fill), b = light(behind(chart));
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (text.textContent.trim() && ratio < 4.5) found.push(`chart: ${text.textContent}: ${ratio.toFixed(2)}`);
    }
  return found;
}"""
"""Texts of charts that stand out too little from the card behind them."""


def judged(page, name, order=IN_ORDER):
    """Everything that is wrong with a page, at every width."""
    found = []
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.mouse.move(1, 1)
        page.wait_for_timeout(300)
        page.evaluate(AXE_SCRIPT)
        told = page.evaluate(JUDGE, [TAGS, order]) + page.evaluate(CHARTS)
        found += [f"{name} at {width}: {one}" for one in told]
    return found
