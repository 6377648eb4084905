r"""A list of keys or places where one is to be looked up, or a place that is a text.

Answers TypeError. NumPy and pandas take several at once; see `arrays`.

    row[["name", "n"]], of a dictionary    ->  [row[each] for each in ["name", "n"]]
    rows[places], of a list                ->  [rows[each] for each in places]
    rows[place], of "1"                    ->  rows[int(place)]
    os.environ["N"] = 3                    ->  os.environ["N"] = str(3)
    sum(vectors), of a class with __add__  ->  sum(vectors[1:], vectors[0])
    re.findall(p, lines), of a list        ->  re.findall(p, "\n".join(lines))
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import importing, instead, replaced, together

_PATTERNS = frozenset({"findall", "search", "match", "split", "finditer", "fullmatch"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """One after another, or all as one."""
    match scene.failed:
        case ast.Subscript(value=owner, slice=key) as item if isinstance(item.ctx, ast.Load):
            yield from _looked_up(scene, item, owner, key)
        case ast.Call(func=ast.Name("sum"), args=[items]) as call:
            said = scene.said(r"\+: 'int' and '(\w+)'")
            if said and _can_be_added(scene, said[1]):
                yield from _added_up(scene, call, items)
        case ast.Call() as call if called(call) in _PATTERNS:
            if scene.said("expected string or bytes-like object, got 'list'"):
                yield from _as_one_text(scene, call)
        case _:
            pass
    if scene.said(r"^str expected, not (?:int|float|bool|PosixPath)"):
        match scene.statement:
            case ast.Assign(value=value):
                yield instead(scene, value, f"str({scene.text(value)})", SURE)
            case _:
                pass


def _looked_up(scene: Scene, item: ast.expr, owner: ast.expr, key: ast.expr) -> Iterator[Candidate]:
    name = next(each for each in ("each", "key", "one") if each not in scene.bound)
    if scene.said(
        r"unhashable type: 'list'|indices must be integers or slices, not (?:list|tuple)"
    ):
        if not isinstance(key, ast.Tuple):
            text = f"[{scene.text(owner)}[{name}] for {name} in {scene.text(key)}]"
            yield instead(scene, item, text, LIKELY - 0.05)
    elif scene.said("(?:list|tuple|string) indices must be integers") and scene.kind(key) == "str":
        seen = scene.literal(key)
        if isinstance(seen, str) and seen.strip().lstrip("-").isdigit():
            yield instead(scene, key, f"int({scene.text(key)})", SURE)


def _can_be_added(scene: Scene, kind: str) -> bool:
    """Whether it is a class of the plan whose objects can be added to one another."""
    return any(
        isinstance(method, ast.FunctionDef) and method.name == "__add__"
        for _, owner in scene.everywhere(ast.ClassDef)
        if owner.name == kind
        for method in owner.body
    )


def _added_up(scene: Scene, call: ast.Call, items: ast.expr) -> Iterator[Candidate]:
    """The first of them and then the others, which begins with no number."""
    if isinstance(items, ast.Name):
        yield instead(scene, call, f"sum({items.id}[1:], {items.id}[0])", LIKELY)
        return
    imports = (
        *importing(scene, "from functools import reduce", "reduce"),
        *importing(scene, "from operator import add", "add"),
    )
    given = scene.text(items)
    if isinstance(items, ast.GeneratorExp) and scene.span(items).end == scene.span(call).end:
        given = f"[{given[1:-1]}]"
    text = f"reduce(add, {given})"
    edit = together(scene, *imports, replaced(scene, call, text))
    yield Candidate(f"Write '{text}'", edit, LIKELY)


def _as_one_text(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    given = call.args[-1]
    likely = LIKELY - 0.05 if called(call) == "findall" else LIKELY - 0.15
    yield instead(scene, given, f'"\\n".join({scene.text(given)})', likely)


RULE = rule("several-at-once", "TypeError", candidates)
