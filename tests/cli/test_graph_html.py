"""`codeact graph --format html`: the graph view of the editor as a page that stands alone."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.cli.command import Codeact

ROOT = Path(__file__).parents[2]
WEBVIEWS = ROOT / "vscode-client/webviews"
PLAN = """
    def one() -> int:
        return 1

    def two(one: int) -> int:
        return one / 0

    def three(two: int) -> int:
        return two
"""


def page_of(codeact: Codeact, text: str = PLAN) -> str:
    codeact.plan(text)
    ended = codeact("graph", "it.plan.py", "--format", "html")
    assert (ended.status, ended.err) == (0, "")
    return ended.out


def data_of(page: str) -> Any:
    """What the view is told."""
    (data,) = re.findall(
        r'<script type="application/json" id="plan">(.*?)</script>', page, re.DOTALL
    )
    return json.loads(data)


def test_the_page_holds_the_graph_and_shows_it_with_no_other_file(codeact: Codeact) -> None:
    page = page_of(codeact)
    told = data_of(page)
    assert [node["name"] for node in told["graph"]["nodes"]] == ["one", "two", "three"]
    assert (told["name"], told["mayRun"], told["states"]) == ("it.plan.py", False, [])
    assert not re.findall(r"(?:src|href)=", page.split("<script>")[0])


def test_nothing_runs_in_it_but_the_script_that_it_names(codeact: Codeact) -> None:
    page = page_of(codeact)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    for tag, named in (("script", "script-src"), ("style", "style-src")):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{named} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_what_a_plan_says_is_text_that_ends_nothing(codeact: Codeact) -> None:
    attack = "</script><script>alert(1)</script><!--"
    page = page_of(codeact, f'"""{attack}"""\ndef one() -> int:\n    """{attack}"""\n')
    assert "<script>alert" not in page
    assert "<!--" not in page
    assert data_of(page)["graph"]["nodes"][0]["summary"].startswith(attack[:9])


def test_its_nodes_are_in_the_states_that_the_last_run_left_them_in(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    codeact.run()
    told = data_of(page_of(codeact))
    states = {state["node"]: (state["status"], state["error"]) for state in told["states"]}
    assert states == {
        "one": ("done", ""),
        "two": ("failed", "ZeroDivisionError: division by zero"),
    }
    assert list(told["durations"]) == ["one"]


def test_what_an_edit_affected_is_stale_with_all_that_follows(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    codeact.run()
    told = data_of(page_of(codeact, PLAN.replace("return 1", "return 2")))
    assert (told["states"], told["stale"]) == ([], ["one", "two"])


def test_the_view_in_the_package_is_built_of_the_sources_as_they_are() -> None:
    """As `webviews/standalone.mjs` counts them; `npm run build` builds it anew."""
    digest = sha256()
    for folder in ("graph", "layout", "shared"):
        for path in sorted((WEBVIEWS / folder).iterdir()):
            if path.suffix in {".ts", ".css"} and not path.name.endswith(".test.ts"):
                digest.update(f"{folder}/{path.name}\0".encode() + path.read_bytes())
    built = ROOT / "codeact_lsp/cli/graph_page/graph.js"
    first = built.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.endswith(f"sources sha256:{digest.hexdigest()}")
