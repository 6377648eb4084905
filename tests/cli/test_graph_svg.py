"""`codeact graph --format svg`: a picture that stands alone, of any plan."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings

from codeact_lsp.cli.svg import as_svg
from codeact_lsp.plan import Plan, check
from tests.cli.command import Codeact
from tests.plan.hostile import texts
from tests.plan.workflows import workflows

_SVG = "{http://www.w3.org/2000/svg}"
PLAN = '''
    """Prices <of> the "month"."""


    def rates(source: str) -> dict[str, float]:
        """Rates & more.

        Uses: net
        Timeout: 5 s
        """
        return {source: 1.0}


    def prices(rates: list[float], 表: int) -> int:
        """Prices.

        After: stop
        Uses: net
        """
        return len(rates) + 表


    def stop() -> None:
        """Last.

        Wait: 1 s after rates
        """
    '''


def picture(codeact: Codeact, text: str) -> ET.Element:
    codeact.plan(text)
    ended = codeact("graph", "it.plan.py", "--format", "svg")
    assert (ended.status, ended.err) == (0, "")
    return ET.fromstring(ended.out)


def classes(svg: ET.Element, tag: str) -> list[str]:
    return [element.attrib.get("class", "") for element in svg.iter(_SVG + tag)]


def test_it_shows_nodes_inputs_and_each_kind_of_dependency(codeact: Codeact) -> None:
    svg = picture(codeact, PLAN)
    shown = [element.text for element in svg.iter(f"{_SVG}text")]
    assert {"rates", "prices", "stop", "source", "表"} <= set(shown)
    assert "→ dict[str, float] · Timeout: 5 s" in shown
    looks = classes(svg, "path")
    assert sorted(look for look in looks if look)[:2] == ["control", "control"]
    assert {"control", "data", "given", "resource", "temporal"} <= set(looks)


def test_what_is_wrong_with_a_node_is_marked_and_said(codeact: Codeact) -> None:
    svg = picture(codeact, PLAN)
    assert classes(svg, "g").count("node warning") == 1
    hints = [element.text or "" for element in svg.iter(f"{_SVG}title")]
    assert any("does not return what 'rates' wants" in hint for hint in hints)


def test_who_cannot_see_it_is_told(codeact: Codeact) -> None:
    svg = picture(codeact, PLAN)
    assert svg.attrib["role"] == "img"
    assert svg.findtext(f"{_SVG}title") == 'Prices <of> the "month".'
    about = svg.findtext(f"{_SVG}desc")
    assert about == ("3 nodes. rates needs no node. prices needs rates, stop. stop needs rates.")


def test_a_cycle_is_drawn_back(codeact: Codeact) -> None:
    svg = picture(codeact, "def a(b): return b\ndef b(a): return a\ndef c(c): return c\n")
    assert classes(svg, "path").count("data back") == 2


def test_it_needs_nothing_from_elsewhere(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    text = codeact("graph", "it.plan.py", "--format", "svg").out
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]
    assert "<script" not in text


def test_it_can_be_written_to_a_file(codeact: Codeact, tmp_path: Path) -> None:
    codeact.plan(PLAN)
    ended = codeact("graph", "it.plan.py", "--format", "svg", "-o", str(tmp_path / "it.svg"))
    assert (ended.status, ended.out) == (0, "")
    assert (tmp_path / "it.svg").read_text(encoding="utf-8").endswith("</svg>\n")


def test_a_file_that_cannot_be_written_is_named(codeact: Codeact, tmp_path: Path) -> None:
    codeact.plan(PLAN)
    ended = codeact("graph", "it.plan.py", "-o", str(tmp_path / "none" / "it.txt"))
    assert ended.status == 3
    assert "it.txt cannot be written: No such file or directory." in ended.err


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(workflows() | texts())
def test_any_plan_gives_well_formed_xml(text: str) -> None:
    plan = Plan.from_text(text)
    svg = ET.fromstring("\n".join(as_svg(plan, check(plan), plan.task)))
    assert len([look for look in classes(svg, "g") if look.startswith("node")]) == len(plan.nodes)
