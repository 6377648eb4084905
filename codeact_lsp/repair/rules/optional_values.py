"""A value that some have and others do not: what is asked for holds None, or a line nothing.

Answers AttributeError, TypeError and JSONDecodeError. What stands there as None is there: what is
to be taken in its place by `get` is not.

    user.get("address").get("city")            ->  user.get("address", {}).get("city")
    row.get("tags", []), where that is None    ->  row.get("tags") or []
    row["name"].strip()                        ->  (row["name"] or "").strip(), stops the crash
    tags = row.get("tags", []); len(tags)      ->  tags = row.get("tags") or []
    max(rows, key=lambda row: row["score"])    ->  max(rows, key=lambda row: row["score"] or 0)
    [json.loads(line) for line in lines]       ->  [... for line in lines if line.strip()]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, line_before, operand

_ORDERING = frozenset({"sorted", "min", "max", "sort", "nsmallest", "nlargest"})
_NOTHING = r"'NoneType' object (?:has no attribute 'get'|is not subscriptable)"
_UNORDERED = r"'[<>]=?' not supported between instances of (?:'NoneType' and|'\w+' and 'NoneType')"
_MARGIN = 0.05


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What can be done without it."""
    if scene.said("NoneType"):
        yield from _for_none(scene)
    if scene.said(r"'NoneType' object has no attribute"):
        yield from _as_text(scene)
    if scene.said(_NOTHING):
        yield from _from_nothing(scene)
    elif scene.said(_UNORDERED):
        yield from _last(scene)
    elif scene.said(r"Expecting value: line 1 column 1 \(char 0\)"):
        yield from _past_blank(scene)


def _for_none(scene: Scene) -> Iterator[Candidate]:
    """What the code itself takes where there is nothing, also where there is None."""
    names = {node.id for node in scene.inside(ast.Name) if scene.kind(node) in {"NoneType", None}}
    set_before = [
        node.value for node in scene.nearby(ast.Assign)
        if isinstance(node.targets[0], ast.Name) and node.targets[0].id in names
    ]  # fmt: skip
    for call in (*scene.inside(ast.Call), *set_before):
        match call:
            case ast.Call(func=ast.Attribute(attr="get"), args=[key, default], keywords=[]):
                if not (isinstance(default, ast.Constant) and default.value is None):
                    text = f"{call_of(scene, call, [scene.text(key)])} or {scene.text(default)}"
                    yield instead(scene, call, text, LIKELY)
            case _:
                pass


def _as_text(scene: Scene) -> Iterator[Candidate]:
    """An empty text, where something is done that only texts have."""
    match scene.failed:
        case ast.Attribute(
            value=ast.Subscript() | ast.Attribute() | ast.Name() as owner, attr=name
        ):
            if hasattr(str, name) and not hasattr(dict, name):
                yield instead(scene, owner, f'{scene.text(owner)} or ""', GUESS, hides=True)
        case _:
            return


def _from_nothing(scene: Scene) -> Iterator[Candidate]:
    """Nothing in an empty dictionary, where the code itself allows for there being none."""
    match scene.failed:
        case ast.Attribute(value=ast.Call(func=ast.Attribute(attr="get"), args=[_]) as asked):
            text = call_of(scene, asked, [*arguments(scene, asked), "{}"])
            yield instead(scene, asked, text, LIKELY - 0.15)
        case (
            ast.Subscript(
                value=ast.Call(func=ast.Attribute(attr="get"), args=[_]) as asked, slice=key
            ) as whole
        ) if isinstance(key, ast.Constant) and isinstance(key.value, str):
            text = call_of(scene, asked, [*arguments(scene, asked), "{}"])
            yield instead(scene, whole, f"{text}.get({scene.text(key)})", POSSIBLE)
        case _:
            return


def _last(scene: Scene) -> Iterator[Candidate]:
    """What has none as the least."""
    for call in scene.calls():
        for word in call.keywords:
            match word:
                case ast.keyword(arg="key", value=ast.Lambda(body=body)) if called(
                    call
                ) in _ORDERING and not isinstance(body, ast.Tuple):
                    text = operand(scene, body)
                    yield instead(scene, body, f"{text} or 0", POSSIBLE)
                    whole = f"({text} is None, {text} or 0)"
                    if called(call) in {"sorted", "sort"}:
                        yield instead(scene, body, whole, POSSIBLE + _MARGIN)
                case _:
                    pass


def _past_blank(scene: Scene) -> Iterator[Candidate]:
    """Only lines in which there is something."""
    match scene.failed:
        case ast.Call(args=[ast.Name(id=line)]):
            seen = scene.literal(scene.failed.args[0])
        case _:
            return
    if not (isinstance(seen, str) and not seen.strip()):
        return
    for loop in scene.loops:
        if not (isinstance(loop.target, ast.Name) and loop.target.id == line):
            continue
        if isinstance(loop, ast.comprehension):
            last = loop.ifs[-1] if loop.ifs else loop.iter
            text = f"{scene.text(last)} {'and' if loop.ifs else 'if'} {line}.strip()"
            yield instead(scene, last, text, LIKELY, "Go past empty lines")
        else:
            margin = " " * (loop.body[0].col_offset + 4)
            test = f"if not {line}.strip():\n{margin}continue"
            edit = line_before(scene, loop.body[0], test)
            yield Candidate("Go past empty lines", edit, LIKELY)


RULE = rule("optional-values", "AttributeError TypeError JSONDecodeError", candidates)
