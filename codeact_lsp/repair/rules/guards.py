"""A condition that looks at something before it has made sure that there is such a thing.

Answers IndexError and KeyError, and AttributeError and TypeError of nothing, in what is asked by
`while`, `if` and their like.

    while s[i] == " " and i < len(s):   ->  while i < len(s) and s[i] == " ":
    if g[r][c] or r >= len(g):          ->  if r >= len(g) or g[r][c]:
    while text[i].isdigit():            ->  while i < len(text) and text[i].isdigit():
    while stack[-1] > item:             ->  while stack and stack[-1] > item:
    while node.next.value < item:       ->  while node.next and node.next.value < item:
    if prices[name] > most:             ->  if name in prices and prices[name] > most:
"""

import ast
from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand

# Something else may be meant than to go on without looking.
_DOUBT = 0.13
_MARGIN = 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To ask first."""
    test = next(_tests(scene), None)
    if test is None:
        return
    if isinstance(test, ast.BoolOp) and not _is_and(test):
        yield from _first_of_either(scene, test)
    parts = test.values if isinstance(test, ast.BoolOp) and _is_and(test) else [test]
    asked = next((part for part in parts if _holds_place(scene, part)), None)
    for guarded, guard in _guards(scene) if asked is not None else ():
        yield from _sooner(scene, test, parts, asked, guarded)
        yield replace(_guarded(scene, test, parts, asked, guard), likely=_likely(scene, test))


def _first_of_either(scene: Scene, test: ast.BoolOp) -> Iterator[Candidate]:
    """What excludes a place that is not there, before what looks at it."""
    looks = [part for part in test.values if _holds_place(scene, part)]
    rest = [part for part in test.values if part not in looks]
    bounds = [part for part in rest if isinstance(part, ast.UnaryOp | ast.Compare | ast.BoolOp)]
    match scene.failed:
        case ast.Subscript(slice=ast.Name(id=place)) if scene.error.type == "IndexError" and looks:
            late = rest[test.values.index(looks[0]) :]
            if any(place in _plain_names(part) or _is_within(part, place) for part in bounds):
                text = " or ".join(scene.text(part) for part in (*rest, *looks))
                title = f"Ask '{scene.text(late[0])}' first" if late else "Ask in another order"
                yield instead(scene, test, text, LIKELY + _MARGIN, title)
        case _:
            return


def _is_within(part: ast.expr, place: str) -> bool:
    """Whether a condition says how far a place may go."""
    return any(
        isinstance(node, ast.Compare) and place in ast.unparse(node) for node in ast.walk(part)
    )


def _tests(scene: Scene) -> Iterator[ast.expr]:
    """The conditions around the place, innermost first."""
    within = list(scene.around(scene.first, ast.AST))
    for node in within:
        match node:
            case ast.While(test=test) | ast.If(test=test) | ast.IfExp(test=test) if test in within:
                yield test
            case ast.comprehension(ifs=tests):
                yield from (test for test in tests if test in within)
            case _:
                pass


def _likely(scene: Scene, test: ast.expr) -> float:
    """Surer where the last item is needed beside the one that is looked at too far."""
    match scene.failed:
        case ast.Subscript(value=owner, slice=ast.BinOp(left=ast.Name(id=name), op=ast.Add())):
            item = f"{ast.unparse(owner)}[{name}]"
        case _:
            return LIKELY - _DOUBT
    asked = set(ast.walk(test))
    branch = next((n for n in scene.around(test, ast.If) if n.test is test), None)
    kept = [part for each in (branch.orelse if branch else ()) for part in ast.walk(each)]
    is_kept = any(ast.unparse(part) == item for part in kept if part not in asked)
    return LIKELY + _MARGIN if is_kept else LIKELY - _DOUBT


def _is_and(test: ast.BoolOp) -> bool:
    return isinstance(test.op, ast.And)


def _holds_place(scene: Scene, part: ast.expr) -> bool:
    span = scene.span(part)
    return span.start <= scene.place.start and scene.place.end <= span.end


def _guards(scene: Scene) -> Iterator[tuple[ast.expr, str]]:
    """What is not there, and what has to be so that it is."""
    match scene.failed:
        case ast.Subscript(value=owner, slice=index) if scene.error.type == "IndexError":
            text, place = operand(scene, owner), scene.text(index)
            is_at_end = isinstance(index, ast.UnaryOp | ast.Constant)
            yield (owner if is_at_end else index), text if is_at_end else f"{place} < len({text})"
        case ast.Subscript(value=owner, slice=key) if scene.error.type == "KeyError":
            if isinstance(owner, ast.Name | ast.Attribute) and isinstance(key, ast.Name):
                yield key, f"{key.id} in {scene.text(owner)}"
        case ast.Attribute(value=owner) | ast.Subscript(value=owner) if scene.said("'NoneType'"):
            yield owner, scene.text(owner)
        case _:
            return


def _sooner(
    scene: Scene, test: ast.expr, parts: list[ast.expr], asked: ast.expr | None, about: ast.expr
) -> Iterator[Candidate]:
    """What the condition asks itself, but too late."""
    at = parts.index(asked) if asked in parts else len(parts)
    wanted = {node.id for node in ast.walk(about) if isinstance(node, ast.Name)}
    late = [part for part in parts[at + 1 :] if wanted & _plain_names(part)]
    if late and wanted:
        order = [*parts[:at], *late, *(part for part in parts[at:] if part not in late)]
        text = " and ".join(_joined(scene, part) for part in order)
        yield instead(scene, test, text, LIKELY + _MARGIN, f"Ask '{scene.text(late[0])}' first")


def _plain_names(part: ast.expr) -> set[str]:
    """The names that a condition compares or asks for, without looking anything up by them."""
    if any(isinstance(node, ast.Subscript) for node in ast.walk(part)):
        return set()
    return {node.id for node in ast.walk(part) if isinstance(node, ast.Name)}


def _guarded(
    scene: Scene, test: ast.expr, parts: list[ast.expr], asked: ast.expr | None, guard: str
) -> Candidate:
    texts = [
        f"{guard} and {_joined(scene, part)}" if part is asked else _joined(scene, part)
        for part in parts
    ]
    title = f"Ask '{guard}' first"
    return instead(scene, test, " and ".join(texts), LIKELY - _DOUBT, title)


def _joined(scene: Scene, part: ast.expr) -> str:
    """A condition as it can stand beside an `and`."""
    is_looser = isinstance(part, ast.IfExp | ast.Lambda | ast.NamedExpr) or (
        isinstance(part, ast.BoolOp) and not _is_and(part)
    )
    return f"({scene.text(part)})" if is_looser else scene.text(part)


RULE = rule("guards", "IndexError KeyError AttributeError TypeError", candidates)
