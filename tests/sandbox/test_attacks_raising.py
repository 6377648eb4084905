"""Ways to more rights than the user gave: by the workspace, asking, a value, a wide grant."""

import os
import shutil
from collections.abc import Iterator
from textwrap import dedent

import pytest

from tests.sandbox.attacks.siege import Ended, Trial, command
from tests.sandbox.attacks.world import LASTING, World

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]

WRITES = """
    def writes():
        open("out/harm", "w").write("harmed")
"""
ASKS = """
    def writes():
        '''Write.

        Needs: write out/
        '''
        open("out/harm", "w").write("harmed")
"""
# The same class is code where it is loaded, whatever is said of it on the way.
EVIL = """
    def _harm(path):
        open(path, "w").write("harmed")
        return 1


    class Evil:
        def __reduce__(self):
            return _harm, ("out/harm",)


    def value():
        return {0}


    def between(value):
        return value


    def uses({1}):
        '''Use it.

        Needs: write out/
        '''
        open("out/used", "w").write("used")
"""
WIDE = """
    def _try(path):
        try:
            with open(path, "a") as file:
                file.write("# harmed")
        except OSError:
            pass


    def writes():
        '''Write all that will be run.

        Needs: write out/
        '''
        for path in {paths}:
            _try(path)
        open("out/allowed.txt", "w").write("text")
"""
# Git, an editor, a shell, the next run would run it.
RUN_LATER = (
    "out/.git/config", "out/.vscode/settings.json", "out/other.plan.py", "out/inner/.git/config",
)  # fmt: skip
BESIDE = (
    "it.plan.py", "it.plan.toml", ".git/hooks/pre-commit", ".vscode/settings.json", "table.csv",
)  # fmt: skip


@pytest.fixture(scope="module")
def machine() -> Iterator[World]:
    """One for the module: what it enforces has to be shown but once."""
    made = World.make(os.getuid(), LASTING)
    yield made
    made.remove()


@pytest.fixture
def world(machine: World) -> Iterator[World]:
    (machine.workspace / "out").mkdir()
    yield machine
    shutil.rmtree(machine.workspace / "out")
    (machine.workspace / "pyproject.toml").unlink(missing_ok=True)


def run(world: World, text: str, level: str = "", *options: str) -> Ended:
    """Run a plan in the workspace, as its user."""
    (world.workspace / "it.plan.py").write_text(dedent(text), encoding="utf-8")
    return command(world, Trial(level, options=options), "it.plan.py", "--no-cache")


def left(world: World) -> list[str]:
    """What was written to the folder that is open to be written."""
    return sorted(path.name for path in (world.workspace / "out").iterdir())


def test_a_plan_of_which_nothing_was_said_runs_at_the_strict_level(world: World) -> None:
    ended = run(world, WRITES)
    assert ended.ends == {"writes": ["NodeFailed"]}
    assert left(world) == []


def test_a_workspace_raises_nothing(world: World) -> None:
    (world.workspace / "pyproject.toml").write_text(
        '[tool.codeact.sandbox]\nlevel = "off"\nallow = ["write out/"]\nminimum-tier = "none"\n',
        encoding="utf-8",
    )
    run(world, ASKS, "strict")
    assert left(world) == []


def test_who_asks_gets_nothing_by_that(world: World) -> None:
    assert run(world, ASKS, "strict").ends == {"writes": ["NodeFailed"]}
    assert left(world) == []


def test_who_asks_gets_what_the_user_gives(world: World) -> None:
    assert run(world, ASKS, "strict", "--allow", "write out/").ends == {"writes": ["NodeSucceeded"]}
    assert left(world) == ["harm"]


def test_who_does_not_ask_gets_nothing(world: World) -> None:
    assert run(world, WRITES, "strict", "--allow", "write out/").ends == {"writes": ["NodeFailed"]}
    assert left(world) == []


@pytest.mark.parametrize("taken", ["value", "between"])
@pytest.mark.parametrize("made", ["Evil()", "[{'deep': (Evil(),)}]"])
def test_a_value_that_is_code_does_not_run_with_the_rights_of_who_takes_it(
    world: World, taken: str, made: str
) -> None:
    text = EVIL.replace("{0}", made).replace("{1}", taken)
    ended = run(world, text, "strict", "--allow", "write out/")
    assert ended.ends["value"] == ["NodeSucceeded"]
    assert "NodeSucceeded" not in ended.ends["uses"]
    assert left(world) == []


def test_a_value_that_is_data_is_taken_by_who_may_do_more(world: World) -> None:
    text = EVIL.replace("{0}", "[{'deep': (1, 'text')}]").replace("{1}", "between")
    ended = run(world, text, "strict", "--allow", "write out/")
    assert ended.ends["uses"] == ["NodeSucceeded"]
    assert left(world) == ["used"]


# How memory is taken for what it is not: each is plain data to who reads only names.
LIES = {
    "references": "numpy.ndarray, ((1,), numpy.dtype('O'), b'A' * 8)",
    "references in a field": "numpy.ndarray, ((1,), numpy.dtype([('a', 'O')]), b'A' * 8)",
    "a column far away": "BlockManager, ((_block(slice(10**9, 10**9 + 1)),), _axes(3))",
    "more rows than there are": "BlockManager, ((_block(slice(0, 1)),), _axes(10**9))",
    "places that overlap": "BlockIndex, (20, _places(0, 100), _places(90, -88))",
}
LYING = """
    import numpy
    import pandas
    from pandas._libs.internals import _unpickle_block
    from pandas._libs.sparse import BlockIndex
    from pandas.core.internals.managers import BlockManager


    class _Said:
        def __init__(self, *said):
            self.said = said

        def __reduce__(self):
            return self.said


    def _block(place):
        return _Said(_unpickle_block, (numpy.zeros((1, 3)), place, 2))


    def _axes(rows):
        return [pandas.Index(["a"]), pandas.RangeIndex(rows)]


    def _places(*numbers):
        return numpy.array(numbers, "i4")


    def value():
        return _Said({0})


    def uses(value):
        '''Use it.

        Needs: write out/
        '''
        open("out/used", "w").write(str(type(value)))
        return [str(part) for part in (getattr(value, "blknos", None), value)]
"""


@pytest.mark.parametrize("lie", LIES)
def test_a_value_that_lies_about_its_memory_is_not_taken_by_who_may_do_more(
    world: World, lie: str
) -> None:
    ended = run(world, LYING.replace("{0}", LIES[lie]), "strict", "--allow", "write out/")
    assert ended.ends == {"value": ["NodeSucceeded"], "uses": ["NodeFailed"]}
    (failed,) = (event for event in ended.of("uses") if event["event"] == "NodeFailed")
    assert failed["error"]["category"] == "input"
    assert left(world) == []


@pytest.mark.parametrize("name", RUN_LATER)
def test_a_folder_that_holds_what_will_be_run_is_not_given(world: World, name: str) -> None:
    (world.workspace / name).parent.mkdir(parents=True, exist_ok=True)
    (world.workspace / name).write_text("", encoding="utf-8")
    text = WIDE.replace("{paths}", repr((name, *BESIDE)))
    run(world, text, "strict", "--allow", "write out/")
    assert [path for path in (name, *BESIDE) if is_harmed(world, path)] == []


def test_what_lies_beside_a_folder_that_is_given_is_not(world: World) -> None:
    text = WIDE.replace("{paths}", repr(BESIDE))
    assert run(world, text, "strict", "--allow", "write out/").ends == {"writes": ["NodeSucceeded"]}
    assert left(world) == ["allowed.txt"]
    assert [path for path in BESIDE if is_harmed(world, path)] == []


@pytest.mark.parametrize("folder", [".", "..", "/", "~", ".git", "it.plan.py"])
def test_some_places_are_not_given_at_all(world: World, folder: str) -> None:
    text = WIDE.replace("{paths}", repr(BESIDE)).replace("write out/", f"write {folder}")
    run(world, text, "strict", "--allow", f"write {folder}")
    assert [name for name in BESIDE if is_harmed(world, name)] == []


def is_harmed(world: World, name: str) -> bool:
    """Whether the plan has left its mark in a file."""
    path = world.workspace / name
    return path.exists() and path.read_bytes().endswith(b"# harmed")
