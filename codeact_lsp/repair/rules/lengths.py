"""A list of equal items that is made one too short for what is put into it or read from it.

Answers IndexError.

    best = [0] * n; ... best[n]           ->  best = [0] * (n + 1)
    [[0] * n for _ in range(m)]           ->  [[0] * (n + 1) for _ in range(m + 1)]
    [0 for _ in range(n)]                 ->  [0 for _ in range(n + 1)]
    return best[m][n], once all are filled  ->  return best[m - 1][n - 1]
"""

import ast
from collections.abc import Iterator
from itertools import chain, combinations

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import operand, replaced, together

_MARGIN = 0.02
_MOST_LENGTHS = 2
_FILL = frozenset({"append", "extend", "insert", "pop", "popleft", "appendleft"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """One item more, in the dimension that was too short, or in both."""
    for name in dict.fromkeys(_owners(scene)):
        lengths = list(_lengths(scene, name))[:_MOST_LENGTHS]
        yield from _last(scene, lengths)
        sizes = range(1, len(lengths) + 1)
        for some in chain.from_iterable(combinations(lengths, size) for size in sizes):
            edits = (_longer(scene, each) for each in some)
            yield Candidate(
                f"Make '{name}' longer by one" + (" in both directions" if len(some) > 1 else ""),
                together(scene, *edits),
                _likely(scene, name, some) - _MARGIN * len(some),
            )


def _last(scene: Scene, lengths: list[ast.expr]) -> Iterator[Candidate]:
    """The last of them, where loops have filled no more than there are."""
    texts = {ast.unparse(each) for each in lengths}
    edits = [
        replaced(scene, item.slice, f"{scene.text(item.slice)} - 1")
        for item in ast.walk(scene.statement or scene.body)
        if isinstance(item, ast.Subscript) and ast.unparse(item.slice) in texts
    ]
    if edits and isinstance(scene.statement, ast.Return) and _is_filled(scene, texts):
        yield Candidate("Return the last of them", together(scene, *edits), LIKELY)


def _is_filled(scene: Scene, texts: set[str]) -> bool:
    """Whether loops go up to just these lengths."""
    ends = {ast.unparse(call.args[-1]) for call in scene.nearby(ast.Call) if _is_range(call)}
    return texts <= ends and not {f"{text} + 1" for text in texts} & ends


def _is_range(call: ast.Call) -> bool:
    return ast.unparse(call.func) == "range" and bool(call.args)


def _longer(scene: Scene, length: ast.expr) -> TextEdit:
    text = f"{operand(scene, length)} + 1"
    is_factor = isinstance(scene.parents.get(length), ast.BinOp)
    return replaced(scene, length, f"({text})" if is_factor else text)


def _owners(scene: Scene) -> Iterator[str]:
    """The names of what was looked into."""
    for item in scene.inside(ast.Subscript):
        owner = item.value
        while isinstance(owner, ast.Subscript):
            owner = owner.value
        if isinstance(owner, ast.Name):
            yield owner.id


def _lengths(scene: Scene, name: str) -> Iterator[ast.expr]:
    """What the lengths of a list, and of the lists in it, were made of."""
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name(id=made)], value=value) if made == name:
                yield from _of_list(value)
            case _:
                pass


def _of_list(value: ast.expr) -> Iterator[ast.expr]:
    match value:
        case ast.BinOp(left=ast.List(), op=ast.Mult(), right=length):
            yield length
        case ast.ListComp(
            elt=inner,
            generators=[ast.comprehension(iter=ast.Call(func=ast.Name("range"), args=[length]))],
        ):
            yield length
            yield from _of_list(inner)
        case _:
            return


def _likely(scene: Scene, name: str, lengths: tuple[ast.expr, ...]) -> float:
    """A place that the function names by the length itself is meant to be there.

    What is filled or emptied later is not meant to be as long as it begins.
    """
    texts = {ast.unparse(each) for each in lengths}
    is_moving = any(
        each.attr in _FILL and ast.unparse(each.value) == name
        for each in scene.nearby(ast.Attribute)
    )
    if is_moving or (isinstance(scene.statement, ast.Return) and _is_filled(scene, texts)):
        return POSSIBLE
    named = set()
    for node in ast.walk(scene.body):
        match node:
            case ast.Subscript(slice=index):
                named.add(ast.unparse(index))
            case ast.Call(func=ast.Name("range"), args=[*_, ast.BinOp(left=end, op=ast.Add())]):
                named.add(ast.unparse(end))
            case _:
                pass
    return LIKELY if texts <= named else POSSIBLE


RULE = rule("lengths", "IndexError", candidates)
