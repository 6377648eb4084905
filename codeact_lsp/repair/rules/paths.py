"""A file that is not where it is looked for.

Answers FileNotFoundError. What there is like it was seen by the worker, which sees no more than the
node may.

    open("Data/rates.json")       ->  open("data/rates.json")
    folder / "rate.json"          ->  folder / "rates.json"
    for name in files: open(name), of os.walk    ->  open(os.path.join(root, name))
    for name in os.listdir(folder): open(name)   ->  open(os.path.join(folder, name))
    for name in names(folder): size(name), that opens it   ->  size(os.path.join(folder, name))
"""

import ast
from collections.abc import Iterator
from pathlib import PurePath
from typing import TypeGuard

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, instead, quoted, replaced, together


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
    callers = (Scene(scene.plan, scene.error, each.span) for each in scene.error.frames[:-1])
    for there in (scene, *callers):
        for name, folder in _listed(there):
            for node in there.inside(ast.Name):
                if node.id == name:
                    text = f"os.path.join({folder}, {name})"
                    join = together(there, replaced(there, node, text), *_with_os(there))
                    yield Candidate(f"Write '{text}'", join, SURE)


def _with_os(scene: Scene) -> list[TextEdit]:
    return importing(scene, "import os", "os")


def _listed(scene: Scene) -> Iterator[tuple[str, str]]:
    """The names that loops around the place take out of folders, and the folders."""
    for loop in scene.loops:
        match loop.target:
            case ast.Name(id=name):
                for folder in _folders(scene, loop.iter):
                    yield name, folder
            case _:
                pass


def _folders(scene: Scene, source: ast.expr) -> Iterator[str]:
    """What is listed there: by Python, by a function of the plan, or before in a variable."""
    for node in ast.walk(source):
        match node:
            case ast.Call(args=[folder, *_]) if _lists(node):
                yield scene.text(folder)
            case ast.Call(func=ast.Name(id=name), args=args):
                for function in _defined(scene, name):
                    taken = [each.arg for each in function.args.args]
                    asked = [ast.unparse(e.args[0]) for e in ast.walk(function) if _lists(e)]
                    given = dict(zip(taken, args, strict=False))
                    yield from (scene.text(given[each]) for each in asked if each in given)
            case _:
                pass
    if isinstance(source, ast.Name):
        for made in scene.nearby(ast.Assign):
            if ast.unparse(made.targets[0]) == source.id:
                yield from _folders(scene, made.value)


def _defined(scene: Scene, name: str) -> Iterator[ast.FunctionDef]:
    return (each for _, each in scene.everywhere(ast.FunctionDef) if each.name == name)


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
