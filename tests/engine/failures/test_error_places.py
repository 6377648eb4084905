"""A failure is marked at exactly the range that Python itself was executing: both columns."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Encoding, Plan
from tests.engine.running import Ran, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

FAULTS = Path(__file__).with_name("faults.plan.py").read_text(encoding="utf-8")
NODES = tuple(Plan.from_text(FAULTS).nodes)
# Forms of the same text, and which of its nodes are run in each.
FORMS: dict[str, tuple[Callable[[str], str], tuple[str, ...]]] = {
    "lf": (lambda text: text, NODES),
    "crlf": (lambda text: text.replace("\n", "\r\n"), NODES[::9]),
    "byte order mark": (lambda text: "\ufeff" + text[text.index("import") :], NODES[::9]),
}
# Imports a plan as any program would, calls its functions, and tells where each of them failed.
ORACLE = """
import asyncio, importlib.util, inspect, json, sys

def place(path, error):
    found, step = None, error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename == path:
            found = list(code.co_positions())[step.tb_lasti // 2]
        step = step.tb_next
    return found

def characters(lines, line, column):
    return [line - 1, len(lines[line - 1].encode()[:column].decode())]

path, names = sys.argv[1], json.load(sys.stdin)
with open(path, encoding="utf-8-sig") as file:
    lines = file.read().split("\\n")
spec = importlib.util.spec_from_file_location("faults", path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
for name in names:
    try:
        value = getattr(module, name)()
        if inspect.isawaitable(value):
            async def awaited():
                return await value
            asyncio.run(awaited())
    except BaseException as error:
        line, end_line, column, end_column = place(path, error)
        start, end = characters(lines, line, column), characters(lines, end_line, end_column)
        print(json.dumps([name, type(error).__name__, [*start, *end]]))
"""


def ours(ran: Ran) -> dict[str, tuple[str, list[int]]]:
    def point(offset: int) -> tuple[int, int]:
        return ran.plan.source.position(offset, Encoding.CODE_POINTS)

    return {
        name: (error.type, [*point(error.span.start), *point(error.span.end)])
        for name, error in ran.errors.items()
    }


def pythons(file: Path) -> dict[str, tuple[str, list[int]]]:
    run = subprocess.run(
        [sys.executable, "-c", ORACLE, str(file)],
        input=json.dumps(NODES),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=file.parent,
    )
    told = [json.loads(line) for line in run.stdout.splitlines()]
    return {name: (kind, place) for name, kind, place in told}


@pytest.mark.parametrize("form", FORMS)
async def test_a_fault_is_marked_where_python_puts_it(
    engine: Engine, tmp_path: Path, form: str
) -> None:
    change, nodes = FORMS[form]
    ran = await run_plan(engine, tmp_path, change(FAULTS), nodes)
    here, there = ours(ran), pythons(tmp_path / "it.plan.py")
    assert len(there) == len(NODES) > 130, "each node fails in plain Python"
    wrong = {name: (here.get(name), there[name]) for name in nodes if here.get(name) != there[name]}
    assert wrong == {}


async def test_a_fault_on_the_first_line_is_marked_right_of_a_byte_order_mark(
    engine: Engine, tmp_path: Path
) -> None:
    ran = await run_plan(engine, tmp_path, "\ufeffdef a(): return 'ü' + 1 / 0\n")
    assert ran.text(ran.errors["a"].span) == "1 / 0"
