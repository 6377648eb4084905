"""Whatever a plan looks at and whatever changes: a run gives what a first run would, and no more.

Nodes of random plans read, list and ask; between the runs, files and variables change at random.
"""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codeact_lsp.engine.session import Engine
from tests.engine.running import run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

NAMES = ("one", "two", "sub/three")
VARIABLES = ("CODEACT_TEST_ONE", "CODEACT_TEST_TWO")
LOOKS = (
    "Path({name!r}).read_text() if os.path.isfile({name!r}) else None",
    "os.path.exists({name!r})",
    "os.path.getsize({name!r}) if os.path.exists({name!r}) else None",
    "sorted(os.listdir('.'))",
    "[each.name for each in sorted(Path('sub').glob('*'))]",
)
CONTENTS = st.sampled_from([None, "", "a", "b", "ab"])

files = st.fixed_dictionaries(dict.fromkeys(NAMES, CONTENTS))
variables = st.fixed_dictionaries(dict.fromkeys(VARIABLES, CONTENTS))
worlds = st.lists(st.tuples(files, variables), min_size=2, max_size=4)
looks = st.builds(
    lambda look, name: look.format(name=name), st.sampled_from(LOOKS), st.sampled_from(NAMES)
)
questions = looks | st.sampled_from([f"os.environ.get({name!r})" for name in VARIABLES])
plans = st.lists(questions, min_size=1, max_size=4)


World = tuple[dict[str, str | None], dict[str, str | None]]
"""The contents of files and the values of variables; None is one that is not there."""


def make(world: World, folder: Path) -> None:
    """Have files and variables be so."""
    for name, content in world[0].items():
        path = folder / name
        if content is None:
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_text() != content:
            path.write_text(content)
    for name, value in world[1].items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value


def matter(question: str, world: World) -> object:
    """What of the files and variables the answer to a question can depend on."""
    there = {name for name, content in world[0].items() if content is not None}
    known = {**world[0], **world[1]}
    named = {name: value for name, value in known.items() if repr(name) in question}
    return named, there if "listdir" in question or "glob" in question else None


def answered(question: str, folder: Path) -> object:
    """What a node that asks this returns."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        return eval(question, {"os": os, "Path": Path})
    finally:
        os.chdir(before)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=plans, history=worlds)
async def test_a_result_is_reused_while_it_is_right_and_then_only(
    engine: Engine, asked: list[str], history: list[World]
) -> None:
    text = "import os\nfrom pathlib import Path\n"
    text += "".join(f"def n{at}(): return {each}\n" for at, each in enumerate(asked))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sub").mkdir()
        (folder / "it.plan.py").touch()
        before: World | None = None
        for world in history:
            make(world, folder)
            ran = await run_plan(engine, folder, text)
            for at, question in enumerate(asked):
                assert ran.value(f"n{at}") == answered(question, folder), question
                if before and matter(question, world) == matter(question, before):
                    assert ran.became[f"n{at}"] == "cached", question
            before = world
    for name in VARIABLES:
        os.environ.pop(name, None)
