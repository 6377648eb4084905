"""A file that is read after the block that held it open.

Answers ValueError.

    with open(path) as file:           ->  with open(path) as file:
        head = file.readline()                 head = file.readline()
    return file.read()                         return file.read()
    text = file.read(); for line in file:   ->  for line in text.splitlines():
    with open(path) as file: return csv.reader(file)   ->  return list(csv.reader(file))
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, together

_STEP = "    "
_LAZY = frozenset(["reader", "DictReader", "map", "filter", "enumerate", "zip", "islice", "chain"])
# A file that was read to its end has nothing more to give.
_CERTAIN = 0.99


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To move what follows, up to the place, into the block."""
    if not scene.said("closed file"):
        return
    yield from _kept_lazy(scene)
    for body in _bodies(scene):
        failing = [at for at, each in enumerate(body) if each in _around(scene)]
        for at, block in enumerate(body):
            if isinstance(block, ast.With) and failing and at < failing[0]:
                yield from _read_already(scene, block)
                yield _moved(scene, block, body[at + 1 : failing[0] + 1])


def _kept_lazy(scene: Scene) -> Iterator[Candidate]:
    """What a block gives back that would read only later: all of it, at once."""
    for there, block in scene.everywhere(ast.With):
        files = {ast.unparse(item.optional_vars) for item in block.items if item.optional_vars}
        inside = [node for each in block.body for node in ast.walk(each)]
        later = {*files, *_lazy_names(inside, files)}
        for value in (node.value for node in inside if isinstance(node, ast.Return)):
            if value and (_is_lazy(value, files) or ast.unparse(value) in later):
                whole = f"list({there.text(value)})"
                yield instead(there, value, whole, SURE)
                # Whoever goes on with `next` wants what can be gone through.
                yield instead(there, value, f"iter({whole})", LIKELY)


def _lazy_names(nodes: list[ast.AST], files: set[str]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_lazy(value, files):
                yield name
            case _:
                pass


def _is_lazy(value: ast.expr, files: set[str]) -> bool:
    """Whether a value reads a file only when it is gone through."""
    match value:
        case ast.Call(func=function, args=args):
            asked = {ast.unparse(each) for each in args}
            return ast.unparse(function).rpartition(".")[2] in _LAZY and bool(asked & files)
        case ast.GeneratorExp(generators=[first, *_]):
            return ast.unparse(first.iter) in files
        case _:
            return False


def _read_already(scene: Scene, block: ast.With) -> Iterator[Candidate]:
    """The text or the lines that the block has read, where the file is read to its end."""
    for node in block.body:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(value=file, attr="read" | "readlines" as how)),
            ):
                yield from _from_text(scene, ast.unparse(file), name, how)
            case _:
                pass


def _from_text(scene: Scene, file: str, name: str, how: str) -> Iterator[Candidate]:
    lines = f"{name}.splitlines()" if how == "read" else name
    for loop in scene.loops:
        if ast.unparse(loop.iter) == file and isinstance(loop, ast.comprehension):
            yield instead(scene, loop.iter, lines, _CERTAIN)
    for part in (scene.first, scene.statement):
        match part:
            case ast.For(iter=source) if ast.unparse(source) == file:
                yield instead(scene, source, lines, _CERTAIN)
            case ast.Name(id=read) if read == file:
                yield instead(scene, part, lines, _CERTAIN)
            case ast.Call(func=ast.Attribute(value=read, attr=again)) if ast.unparse(read) == file:
                text = name if again == how else lines
                yield instead(scene, part, text, _CERTAIN)
            case _:
                pass


def _around(scene: Scene) -> list[ast.stmt]:
    return list(scene.around(scene.first, ast.stmt))


def _bodies(scene: Scene) -> Iterator[list[ast.stmt]]:
    for each in _around(scene):
        yield getattr(each, "body", [])


def _moved(scene: Scene, block: ast.With, after: list[ast.stmt]) -> Candidate:
    text, edits = scene.plan.source.text, []
    start, end = scene.span(after[0]).start, scene.span(after[-1]).end
    line = text.rfind("\n", 0, start) + 1
    while line < end:
        edits.append(TextEdit(Span(line, line), _STEP))
        line = text.find("\n", line) + 1 or end
    match block.body:
        case [ast.Pass() as nothing]:
            span = scene.span(nothing)
            whole = Span(text.rfind("\n", 0, span.start), span.end)
            edits.append(TextEdit(whole, ""))
        case _:
            pass
    return Candidate("Read it while it is open", together(scene, *edits), SURE)


RULE = rule("closed-file", "ValueError", candidates)
