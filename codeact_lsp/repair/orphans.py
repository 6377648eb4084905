"""What a plan imports or defines and nothing of it uses: a slip may have left it without its use.

Whoever drops a statement or an argument, or writes another name, mostly leaves something behind
that was there for just that place.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from codeact_lsp.repair.names import missing, unread
from codeact_lsp.repair.scene import FUNCTIONS, Function, Scene
from codeact_lsp.repair.twins import likened


def orphans(scene: Scene) -> list[str]:
    """The names that the plan binds at its top for itself and reads nowhere, the last one first.

    Args:
        scene: Any scene of the plan.
    """
    read = Counter(_read(scene))
    # What is imported of `__future__` is there for all of the file.
    taken = [name for name, home in scene.imported.items() if not home.startswith("__future__.")]
    bound = [*taken, *_own(scene)]
    return [
        name for name in reversed(dict.fromkeys(bound))
        if not read[name] and "." not in name
    ]  # fmt: skip


def _read(scene: Scene) -> Iterator[str]:
    """The names that the plan reads, and those that it says it is there for."""
    for piece in scene.plan.document.pieces:
        for node in ast.walk(piece.tree):
            match node:
                case ast.Name(id=name, ctx=ast.Load()):
                    yield name
                case ast.Constant(value=str(text)) if text.isidentifier():
                    yield text
                case _:
                    pass


def _own(scene: Scene) -> Iterator[str]:
    """The functions, classes and constants that are no nodes: others may ask for a node."""
    for piece in scene.plan.document.pieces:
        match piece.tree.body:
            case [ast.ClassDef(name=name)]:
                yield name
            case [ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(id=name)])]:
                if name.startswith("_") and not name.endswith("__"):
                    yield name
            case _:
                pass


def lost_values(scene: Scene) -> Iterator[str]:
    """What a name that is missing may have been set to: what is called like it, or for nothing.

    Args:
        scene: The scene where it is missing.
    """
    name, function = missing(scene), scene.function(scene.first)
    if not name or function is None:
        return
    idle = _idle(scene, function)
    plain = name.replace("_", "").casefold()
    alone = orphans(scene)
    known = [*alone, *(each for each in scene.plan.names if each not in alone)]
    for maker in known:
        is_alike = maker != name and maker.replace("_", "").casefold() == plain
        if is_alike and _is_callable(scene, maker):
            yield f"{maker}({', '.join(idle)})"
            yield f"{maker}()"


def as_others_are_made(scene: Scene) -> Iterator[tuple[ast.Assign, str]]:
    """What a missing name may be set to, as another one is by its name, and beside what.

    Args:
        scene: The scene where it is missing.
    """
    name = missing(scene)
    for node in scene.nearby(ast.Assign) if name else ():
        match node.targets:
            case [ast.Name(id=other)] if other not in {name, "_"}:
                text = scene.text(node.value)
                # As a key, a group, a member; not as an argument, which is another value by then.
                asked = re.compile(rf"(?<=['\".]){re.escape(other)}(?=['\"]|\b(?!\())")
                if len(asked.findall(text)) == 1:
                    yield node, asked.sub(name, text)
                elif alike := likened(scene, text, other, name):
                    yield node, alike
            case _:
                pass


def _idle(scene: Scene, function: Function) -> list[str]:
    """The parameters that the function takes for nothing, in their order."""
    taken = [each.arg for each in function.args.args]
    return [name for name in taken if name in unread(scene, function)]


def _is_callable(scene: Scene, name: str) -> bool:
    """Whether the plan has a function or class of that name, or imports one that may be."""
    kinds = (*FUNCTIONS, ast.ClassDef)
    tops = [top for piece in scene.plan.document.pieces for top in piece.tree.body]
    made = {top.name for top in tops if isinstance(top, kinds)}
    return name in made or name in scene.imported
