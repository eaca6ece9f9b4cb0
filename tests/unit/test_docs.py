"""The documentation is true where a machine can tell: its Python runs, its commands can be typed, its names exist."""

import re
import shlex
from pathlib import Path

import pytest

import negotiation
from negotiation.cli import EXAMPLES, _parser
from negotiation.formats import bundled
from negotiation.lab.measures import MEASURES
from negotiation.protocols import protocols
from negotiation.strategies import parts, strategies

HOME = Path(negotiation.__file__).parents[1]
PAGES = [HOME / "README.md", HOME / "CONTRIBUTING.md", *sorted((HOME / "docs").rglob("*.md"))]
ELSEWHERE = {"negmas.md"}
"""Pages whose Python needs an optional extra."""


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def commands():
    """Every command line of the pages and of `--help`, as it would be typed."""
    texts = {page.name: re.sub(r"\\\n\s*", "", page.read_text(encoding="utf-8")) for page in PAGES}
    for name, text in {**texts, "--help": EXAMPLES}.items():
        for line in re.findall(r"^ {2,4}(negotiation .*)$", text, re.MULTILINE):
            typed = re.split(r"\s{2,}|\s#|\s&&|\s>", line)[0]
            yield pytest.param(typed, id=f"{name}: {typed[:60]}")


@pytest.mark.parametrize("typed", [*commands()])
def test_every_command_can_be_typed(typed):
    words = shlex.split(typed.replace("...", "x"))
    options = _parser().parse_args(words[1:])
    for text in (*getattr(options, "cases", ()), getattr(options, "case", "")):
        assert not text or text in bundled() or text.endswith(".yaml"), text


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in ELSEWHERE], ids=lambda page: page.name)
def test_its_python_runs_from_top_to_bottom(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    code = blocks(page, "python")
    plan = (blocks(page, "yaml") or blocks(HOME / "docs" / "lab.md", "yaml"))[0]
    if "negotiation-plan" in plan and any("results" in block for block in code):
        (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
        if not any("ng.batch" in block for block in code):
            negotiation.batch("plan.yaml", "results")
    names = {}
    for number, block in enumerate(code):
        exec(compile(block, f"{page.name}, block {number}", "exec"), names)
    assert not code or capsys.readouterr().out


KINDS = {
    "protocols": protocols,
    "bidding": lambda: parts("bidding"),
    "model of the others": lambda: parts("model"),
    "acceptance": lambda: parts("accept"),
    "so, by name": strategies,
}


def test_what_the_compiled_engine_plays_is_called_as_it_is_typed():
    text = (HOME / "docs" / "lab.md").read_text(encoding="utf-8")
    for kind, known in KINDS.items():
        (row,) = re.findall(rf"^\| {kind} \|(.*)\|$", text, re.MULTILINE)
        named = {name for name in re.findall(r"`([\w-]+)`", row) if name not in ("compose", "noise")}
        assert named <= {*known()}, (kind, named - {*known()})


def test_every_result_column_has_its_line():
    text = (HOME / "docs" / "lab.md").read_text(encoding="utf-8")
    told = {name for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for name in re.findall(r"`([\w.]+)`", row)}
    assert MEASURES.keys() <= told


def test_every_link_between_pages_leads_somewhere():
    for page in PAGES:
        for place in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert "://" in place or place.startswith("mailto:") or (page.parent / place).exists(), (page.name, place)
