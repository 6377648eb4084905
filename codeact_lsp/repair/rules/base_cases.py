"""A function that goes down a tree or list, and does not stop where that ends.

Answers AttributeError and TypeError of nothing, in a function that calls itself.

    def depth(node):                     ->  if node is None: return 0, before it
        return 1 + max(depth(node.left), depth(node.right))
    def listed(node):                    ->  if node is None: return [], before it
        return listed(node.left) + [node.value]
    def walk(node): walk(node.left)      ->  if node is None: return, before it
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import line_before

# That nothing is to be met at all may be what was meant.
_DOUBT = 0.12


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To give what is neutral for nothing."""
    function = scene.function(scene.first)
    match scene.failed:
        case ast.Attribute(value=ast.Name(id=name)) if scene.said("'NoneType'"):
            pass
        case _:
            return
    takes = {each.arg for each in function.args.args} if function else set()
    if function is None or name not in takes or not _calls_itself(function):
        return
    inner = " " * (2 * function.body[0].col_offset - function.col_offset)
    values, likely = _neutral(function)
    for rank, value in enumerate(values):
        line = f"if {name} is None:\n{inner}return{value and f' {value}'}"
        edit = line_before(scene, _first(function), line)
        title = f"Return {value or 'at once'} where '{name}' is None"
        yield Candidate(title, edit, likely - _DOUBT - rank / 50)


def _calls_itself(function: Function) -> bool:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    names = {getattr(func, "id", None) or getattr(func, "attr", None) for func in calls}
    return function.name in names


def _first(function: Function) -> ast.stmt:
    head = function.body[0]
    is_doc = isinstance(head, ast.Expr) and isinstance(head.value, ast.Constant)
    return function.body[1] if is_doc and function.body[1:] else head


def _neutral(function: Function) -> tuple[list[str], float]:
    """What changes nothing of what the function makes of its own results."""
    returned = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
    values = [value for value in returned if value is not None]
    if not values:
        return [""], LIKELY
    parts = [part for value in values for part in (value, *ast.walk(value))]
    if any(isinstance(part, ast.List | ast.ListComp) for part in parts):
        return ["[]"], LIKELY
    if any(isinstance(part, ast.Constant) and isinstance(part.value, bool) for part in parts):
        return ["False", "True"], POSSIBLE
    if any(isinstance(value, ast.BoolOp | ast.Compare) for value in values):
        is_all = any(isinstance(p, ast.BoolOp) and isinstance(p.op, ast.And) for p in parts)
        return (["True", "False"] if is_all else ["False", "True"]), POSSIBLE
    if any(isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add) for part in parts):
        return ["0"], LIKELY
    return ["None"], POSSIBLE


RULE = rule("base-cases", "AttributeError TypeError", candidates)
