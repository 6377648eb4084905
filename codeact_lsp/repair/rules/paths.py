"""A file that is not where it is looked for.

Answers FileNotFoundError. What there is like it was seen by the worker, which sees no more than the
node may.

    open("Data/rates.json")       ->  open("data/rates.json")
    folder / "rate.json"          ->  folder / "rates.json"
    for name in files: open(name), of os.walk    ->  open(os.path.join(root, name))
    for name in os.listdir(folder): open(name)   ->  open(os.path.join(folder, name))
"""

import ast
from collections.abc import Iterator
from pathlib import PurePath
from typing import TypeGuard

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, quoted, replaced


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each way to write a path that exists in the place of a part of the one that does not."""
    yield from _in_folder(scene)
    yield from _walked(scene)
    fact = scene.error.fact
    if fact is None or fact.kind != "file":
        return
    for rank, option in enumerate(fact.options):
        for literal in scene.nearby(ast.Constant):
            if isinstance(literal.value, str):
                new = _respelt(literal.value, fact.name, option)
                if new is not None and new != literal.value:
                    edit = replaced(scene, literal, quoted(scene, literal, new))
                    yield Candidate(f"Read '{option}'", edit, SURE - rank / 10)


def _in_folder(scene: Scene) -> Iterator[Candidate]:
    """In the folder that the name was listed of."""
    for loop in scene.loops:
        match loop:
            case (
                ast.For(target=ast.Name(id=name), iter=source)
                | ast.comprehension(target=ast.Name(id=name), iter=source)
            ):
                listed = [node for node in ast.walk(source) if _lists(node)]
            case _:
                listed = []
        for node in scene.inside(ast.Name) if listed else ():
            if node.id == name:
                text = f"os.path.join({scene.text(listed[0].args[0])}, {name})"
                yield instead(scene, node, text, SURE)


def _walked(scene: Scene) -> Iterator[Candidate]:
    """In the folder that its walk is in."""
    for loop in scene.nearby(ast.For):
        match loop:
            case ast.For(
                target=ast.Tuple(elts=[ast.Name(id=folder), _, ast.Name(id=files)]),
                iter=ast.Call(func=ast.Attribute(attr="walk")),
            ):
                for inner in scene.loops:
                    names = (n for n in scene.inside(ast.Name) if n.id == ast.unparse(inner.target))
                    for node in names if ast.unparse(inner.iter) == files else ():
                        text = f"os.path.join({folder}, {node.id})"
                        yield instead(scene, node, text, SURE)
            case _:
                pass


def _lists(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "os.listdir" and bool(node.args)


def _respelt(text: str, missing: str, option: str) -> str | None:
    """What a part of the missing path has to be for the whole to be the option."""
    if text == missing:
        return option
    if text and missing.endswith(text):
        head = missing[: -len(text)]
        return option[len(head) :] if option.startswith(head) else None
    if text == PurePath(missing).name:
        return PurePath(option).name
    return None


RULE = rule("paths", "FileNotFoundError", candidates)
