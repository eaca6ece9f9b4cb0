"""The documentation is true where a machine can tell: its Python runs, its commands can be typed, its names exist."""

import doctest
import importlib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

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


def modules_with_doctests():
    for path in sorted((HOME / "negotiation").rglob("*.py")):
        if ">>> " in path.read_text(encoding="utf-8"):
            yield ".".join(path.relative_to(HOME).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("name", [*modules_with_doctests()])
def test_every_example_in_a_docstring_comes_to_what_it_says(name):
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried
    assert not failed


def test_every_target_of_make_that_a_page_names_is_there():
    known = {*re.findall(r"^([a-z-]+):", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)}
    for page in PAGES:
        for target in re.findall(r"(?:^ {4}|`)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert target in known, (page.name, target)


def test_every_link_between_pages_leads_somewhere():
    for page in PAGES:
        for place in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert "://" in place or place.startswith("mailto:") or (page.parent / place).exists(), (page.name, place)


def navigation(entry):
    """The pages that the head of the site leads to."""
    if isinstance(entry, str):
        return [entry]
    return [page for part in (entry.values() if isinstance(entry, dict) else entry) for page in navigation(part)]


def test_every_page_has_its_place_on_the_site():
    site = yaml.safe_load((HOME / "mkdocs.yml").read_text(encoding="utf-8"))
    there = [page.relative_to(HOME / "docs").as_posix() for page in (HOME / "docs").rglob("*.md")]
    assert sorted(navigation(site["nav"])) == sorted(there)


def test_the_site_builds_without_a_warning_and_fetches_nothing_from_elsewhere(tmp_path):
    pytest.importorskip("zensical", reason="the builder of the site is not installed: make setup")
    shutil.copytree(HOME / "docs", tmp_path / "docs")
    shutil.copy(HOME / "mkdocs.yml", tmp_path)
    for name in ("scripts", "negotiation", "CONTRIBUTING.md", "CHANGELOG.md"):
        (tmp_path / name).symlink_to(HOME / name)
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    pages = sorted((tmp_path / "build" / "site").rglob("*.html"))
    assert {page.with_suffix(".md").name for page in pages} >= {page.name for page in (HOME / "docs").rglob("*.md")}
    for page in pages:
        text = page.read_text(encoding="utf-8")
        fetched = re.findall(r"<(?:script|img|iframe)[^>]*\ssrc=.?(https?:[^\s>]*)", text)
        fetched += re.findall(r"<link[^>]*rel=.?(?:stylesheet|preload|icon)[^>]*href=.?(https?:[^\s>]*)", text)
        assert not fetched, (page.name, fetched)
    assert "splitmix64" in (tmp_path / "build" / "site" / "reference" / "core.html").read_text(encoding="utf-8")


def test_pictures_are_shown_described_and_light():
    shown = set()
    for page in PAGES:
        for words, place in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            assert len(words) > 10, (page.name, place)
            shown.add((page.parent / place).resolve())
    for picture in (HOME / "docs" / "pictures").iterdir():
        assert picture in shown, picture.name
        assert picture.stat().st_size < 120_000, picture.name


def test_the_version_is_the_same_wherever_it_stands():
    cited = yaml.safe_load((HOME / "CITATION.cff").read_text(encoding="utf-8"))
    project = (HOME / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{negotiation.__version__}"\n' in project
    assert cited["version"] == negotiation.__version__
    assert cited["license"] in project
    assert {"cff-version", "message", "title", "authors"} <= {*cited}


@pytest.mark.parametrize("name", ["bug", "wish"])
def test_the_form_of_an_issue_can_be_read(name):
    form = yaml.safe_load((HOME / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml").read_text(encoding="utf-8"))
    assert form["name"]
    assert form["description"]
    ids = [part["id"] for part in form["body"]]
    assert len(ids) == len({*ids})
    assert all(part["attributes"]["label"] for part in form["body"])
