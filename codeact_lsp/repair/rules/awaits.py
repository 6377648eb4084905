"""A coroutine that nobody waited for, or a wait for what is none.

Answers TypeError and AttributeError.

    await load(3), of a plain function   ->  load(3)
    rows = fetch(url)                    ->  rows = await fetch(url), in a coroutine
    item = queue.get(); item * 2         ->  item = await queue.get()
    rows = asyncio.gather(*many)         ->  rows = await asyncio.gather(*many)
    rows = fetch(url)                    ->  rows = asyncio.run(fetch(url)), elsewhere
    with semaphore:                      ->  async with semaphore:, and the other way round
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import importing, instead, replaced, together

_FUTURES = frozenset({"asyncio.gather", "asyncio.create_task", "asyncio.wait_for"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To wait, or not to."""
    if scene.said("can't be used in 'await' expression"):
        for wait in scene.inside(ast.Await):
            yield instead(scene, wait, scene.text(wait.value), SURE)
    elif scene.said("context manager protocol"):
        yield from _entered(scene)
    elif scene.said("coroutine|_GatheringFuture|'Future'|'Task'|_asyncio"):
        for call in _unawaited(scene):
            yield _awaited(scene, call)


def _entered(scene: Scene) -> Iterator[Candidate]:
    """What is entered in time, or at once."""
    for node in scene.around(scene.first, ast.stmt):
        start = scene.span(node).start
        match node:
            case ast.With() if isinstance(scene.body, ast.AsyncFunctionDef):
                edit = TextEdit(Span(start, start), "async ")
                yield Candidate("Write 'async with'", edit, SURE)
            case ast.AsyncWith():
                edit = TextEdit(Span(start, start + len("async ")), "")
                yield Candidate("Write 'with' alone", edit, SURE)
            case _:
                pass


def _unawaited(scene: Scene) -> Iterator[ast.Call]:
    """Calls of the plan's own coroutines."""
    coroutines = {
        node.name
        for piece in scene.plan.document.pieces
        for node in ast.walk(piece.tree)
        if isinstance(node, ast.AsyncFunctionDef)
    }
    for call in scene.nearby(ast.Call):
        is_waited_for = isinstance(scene.parents.get(call), ast.Await)
        is_own = called(call) in coroutines or _is_made(scene, call)
        is_group = ast.unparse(call.func) in _FUTURES and bool(scene.said("Future|Task"))
        if not is_waited_for and (is_group or (is_own and not scene.said("Future"))):
            yield call


def _is_made(scene: Scene, call: ast.Call) -> bool:
    """Whether a variable at the place was made by the call, in a coroutine."""
    made = scene.parents.get(call)
    names = {ast.unparse(each) for each in made.targets} if isinstance(made, ast.Assign) else set()
    is_read = any(name.id in names for name in scene.inside(ast.Name))
    return is_read and isinstance(scene.function(call), ast.AsyncFunctionDef)


def _awaited(scene: Scene, call: ast.Call) -> Candidate:
    if isinstance(scene.function(call), ast.AsyncFunctionDef):
        return instead(scene, call, f"await {scene.text(call)}", SURE)
    text = f"asyncio.run({scene.text(call)})"
    imports = importing(scene, "import asyncio", "asyncio")
    edit = together(scene, *imports, replaced(scene, call, text))
    return Candidate(f"Write '{text}'", edit, SURE)


RULE = rule("awaits", "TypeError AttributeError", candidates)
