"""What every offer keeps to, whatever has slipped: over the kinds of slips of the benchmark."""

import ast
import random
import re

import pytest

from benchmarks.repair.planned import seeded_plans
from codeact_lsp.plan import Plan
from codeact_lsp.repair import Failure, Fix, Repairer
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Another seed than those by which figures are measured, and of each kind of slip one.
CASES = {case.kind: case for case in seeded_plans(seed=31, most=30)}


@pytest.mark.parametrize("kind", random.Random(31).sample(sorted(CASES), 6))
async def test_no_offer_does_more_than_mend(bench: Bench, kind: str) -> None:
    case = CASES[kind]
    run = await bench.run(case.code, *case.nodes)
    failure = Failure(run.job, next(iter(run.errors.values())), run.results)
    for fix in await Repairer(bench.engine).fixes(failure):
        after = fix.edit.apply(case.code)
        assert signatures(after) == signatures(case.code)
        assert handlers(after) <= handlers(case.code)
        assert touched(failure, fix) <= {failure.error.node} | named(fix)
        assert await says(bench, after, case.nodes, failure) != failure.error.headline


def signatures(text: str) -> list[str]:
    """How each function is called."""
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, FUNCTIONS)]
    return [f"{node.name}({', '.join(arg.arg for arg in node.args.args)})" for node in nodes]


def handlers(text: str) -> int:
    """How many places catch something."""
    return sum(isinstance(node, ast.ExceptHandler) for node in ast.walk(ast.parse(text)))


def touched(failure: Failure, fix: Fix) -> set[str]:
    """The nodes whose code a fix changes."""
    before = failure.job.plan
    after = Plan.from_text(fix.edit.apply(before.source.text))
    return {name for name in before.nodes if code(before, name) != code(after, name)}


def code(plan: Plan, node: str) -> str:
    """A node as it is written."""
    return plan.document.pieces[plan.nodes[node].piece].code


def named(fix: Fix) -> set[str]:
    """The other function that a title says it changes."""
    return set(re.findall(r"^In '(\w+)':", fix.label))


async def says(bench: Bench, text: str, wanted: tuple[str, ...], failure: Failure) -> str:
    """How the node that failed fails when all of the plan is run anew; nothing if it does not."""
    run = await bench.run(text, *wanted)
    error = run.errors.get(failure.error.node)
    return error.headline if error else ""
