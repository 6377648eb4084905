"""Functions of the plan that may have given None to the place that failed, read from the text.

Which value came from where, is only known of nodes and of what a failing function kept. A function
that another one calls, and that ends without giving back what it made, is found by its calls.
"""

import ast
from collections.abc import Iterator

from codeact_lsp.engine.failures.endings import leaves
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.wider import answering

_MOST_STEPS = 4


def empty_handed(scene: Scene) -> Iterator[tuple[str, Scene]]:
    """The functions that end without a value: called at the place, or by what hands it on.

    Args:
        scene: The scene of a failure that is about None.
    """
    known = set[str]()
    asked = [scene, *_before(scene)]
    for _ in range(_MOST_STEPS):
        answers = [each for there in asked for each in answering(there)]
        fresh = [(home, made) for home, made in answers if made.name not in known]
        known |= {made.name for _, made in fresh}
        yield from ((made.name, home) for home, made in fresh if gives_nothing(made))
        asked = [there for home, made in fresh for there in _handed_on(home, made)]


def _before(scene: Scene) -> Iterator[Scene]:
    """What the variables at the place were set to by calls, and what a loop goes through."""
    names = {node.id for node in scene.inside(ast.Name)}
    for node in scene.nearby(ast.Assign):
        if isinstance(node.value, ast.Call) and names & set(map(ast.unparse, node.targets)):
            yield _at(scene, node.value)


def _handed_on(home: Scene, function: Function) -> Iterator[Scene]:
    """The calls whose result a function gives back as it is."""
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Call):
            yield _at(home, node.value)


def _at(scene: Scene, part: ast.expr) -> Scene:
    return Scene(scene.plan, scene.error, scene.span(part))


def gives_nothing(function: Function) -> bool:
    """Whether a function may end without a value.

    Args:
        function: The function, of which only what stands in the text counts.
    """
    given = (node.value for node in ast.walk(function) if isinstance(node, ast.Return))
    return not leaves(function.body) or any(
        value is None or (isinstance(value, ast.Constant) and value.value is None)
        for value in given
    )
