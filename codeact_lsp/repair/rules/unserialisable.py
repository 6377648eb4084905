"""A result that cannot be kept or handed on: it is not made yet, or it belongs to the process.

Answers TypeError and AttributeError of results that cannot be pickled.

    return (row for row in rows)   ->  return list(row for row in rows)
    return map(parse, lines)       ->  return list(map(parse, lines))
    return open(path)              ->  return open(path).read()
    return csv.reader(file)        ->  return list(csv.reader(file))
    return table.items()           ->  return list(table.items())
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand

_MADE_AS_READ = (
    r"cannot pickle '(?:generator|dict_keys|dict_values|dict_items|_csv\.reader|map|filter|zip|"
    r"[\w.]*iterator|mappingproxy)' object"
)
_FILE = r"cannot pickle '_io\.\w+' object"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What it holds, in the place of it."""
    if scene.error.category != "unserialisable":
        return
    for node in scene.inside(ast.Return):
        for value in _values(node.value):
            if scene.said(_MADE_AS_READ):
                yield instead(scene, value, _listed(scene, value), SURE)
            elif scene.said(_FILE):
                yield instead(scene, value, f"{operand(scene, value)}.read()", LIKELY)


def _listed(scene: Scene, value: ast.expr) -> str:
    text = scene.text(value)
    if isinstance(value, ast.GeneratorExp):
        return f"[{text[1:-1]}]"
    return f"dict({text})" if scene.said("mappingproxy") else f"list({text})"


def _values(value: ast.expr | None) -> Iterator[ast.expr]:
    """What is returned, or what of it is made in the place where that is written."""
    match value:
        case ast.Dict(values=items):
            yield from (item for item in items if isinstance(item, ast.GeneratorExp | ast.Call))
        case ast.Tuple(elts=items) | ast.List(elts=items):
            yield from (item for item in items if isinstance(item, ast.GeneratorExp | ast.Call))
        case ast.expr():
            yield value
        case _:
            return


RULE = rule("unserialisable", "TypeError AttributeError PicklingError", candidates)
