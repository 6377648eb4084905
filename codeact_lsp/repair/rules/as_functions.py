"""A method that is called as if it were a function of the object that has it.

Answers NameError and UnboundLocalError, and TypeError where the plan has a function called so that
takes another number of arguments, or where the first that it is given is its own module. Which
types have such a method is asked of Python's own, of the modules that are imported, and of the
plan's classes.

    append(found, word)      ->  found.append(word)
    upper(name)              ->  name.upper()
    date(datetime, 2024, 5)  ->  datetime.date(2024, 5), of a module
    split(line, ";"), of `def split(path)`  ->  line.split(";")
    format(style, record), of a class with that method  ->  style.format(record)
    count = 0; count(word, "a")     ->  word.count("a"), as the variable is no function
    total = total(account)   ->  total = account.total(), of a class of the plan
"""

import ast
import builtins
import datetime as dt
import fractions
import pathlib
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import FUNCTIONS, Scene
from codeact_lsp.repair.standard_library import is_module, public
from codeact_lsp.repair.writing import arguments, instead, operand

_TYPES: tuple[type, ...] = (
    str, list, dict, set, bytes, deque, Counter, re.Match, re.Pattern, dt.date,
    dt.datetime, dt.timedelta, fractions.Fraction, pathlib.Path,
)  # fmt: skip
_CERTAIN = 0.98


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The call of the method."""
    said = scene.said(r"name '(\w+)' is not defined|local variable '(\w+)'")
    missing = said and (said[1] or said[2])
    if scene.error.type == "TypeError":
        yield from _of_another(scene)
    for call in scene.nearby(ast.Call) if missing else ():
        match call:
            case ast.Call(func=ast.Name(id=name), args=[owner, *_]) if name == missing:
                if _is_method(scene, name) or _is_imported_module(scene, owner):
                    made = _of_object(scene, call, owner)
                    # The class around has it: what was forgotten is `self`.
                    yield replace(made, likely=POSSIBLE) if _is_own(scene, call, name) else made
            case _:
                pass


def _is_own(scene: Scene, call: ast.Call, name: str) -> bool:
    """Whether the class that a call stands in has a method of that name."""
    kind = next(scene.around(call, ast.ClassDef), None)
    methods = (each for each in kind.body if isinstance(each, FUNCTIONS)) if kind else ()
    return any(each.name == name for each in methods)


def _of_another(scene: Scene) -> Iterator[Candidate]:
    """The method, where a function of the same name is called with what it does not take."""
    match scene.failed:
        case ast.Call(func=ast.Name(id=name), args=[owner, *_]) as call:
            kinds = [each for each in _TYPES if each.__name__ == scene.kind(owner)]
            is_own = name in scene.plan.names and scene.said(rf"^{name}\(\) (?:takes|missing)")
            is_of_module = _is_imported_module(scene, owner) and _is_member(scene, owner, name)
            is_of_python = hasattr(builtins, name) and _has_method(scene, owner, name)
            is_value = name in scene.bound and scene.said("object is not callable")
            is_method = any(hasattr(kind, name) for kind in kinds)
            if is_of_module or is_of_python or ((is_own or is_value) and is_method):
                yield _of_object(scene, call, owner)
        case _:
            return


def _has_method(scene: Scene, owner: ast.expr, name: str) -> bool:
    """Whether it is an object of a class of the plan that has the method."""
    kinds = [each for each in scene.classes() if each.name == scene.kind(owner)]
    methods = [each for kind in kinds for each in kind.body if isinstance(each, FUNCTIONS)]
    return any(each.name == name for each in methods)


def _is_method(scene: Scene, name: str) -> bool:
    tops = [top for piece in scene.plan.document.pieces for top in piece.tree.body]
    own = (
        each.name for top in tops if isinstance(top, ast.ClassDef)
        for each in top.body if isinstance(each, FUNCTIONS)
    )  # fmt: skip
    asked = (
        func.attr for _, call in scene.everywhere(ast.Call)
        if isinstance(func := call.func, ast.Attribute)
    )  # fmt: skip
    return any(hasattr(kind, name) for kind in _TYPES) or name in own or name in asked


def _is_imported_module(scene: Scene, owner: ast.expr) -> bool:
    """Whether it is the name of a module, which nobody hands on as a value."""
    home = scene.imported.get(owner.id, "") if isinstance(owner, ast.Name) else ""
    return bool(home) and is_module(home)


def _is_member(scene: Scene, owner: ast.expr, name: str) -> bool:
    """Whether a module has something of that name for others."""
    return name in (public(scene.imported[ast.unparse(owner)]) or ())


def _of_object(scene: Scene, call: ast.Call, owner: ast.expr) -> Candidate:
    name = scene.text(call.func)
    kind = next((each for each in _TYPES if each.__name__ == scene.kind(owner)), None)
    likely = SURE if kind is None or hasattr(kind, name) else LIKELY
    if hasattr(str, name) and len(call.args) > 1 and isinstance(owner, ast.Name):
        # A function of a module that is called so, as that of `re`, would rather begin with a text.
        likely = _CERTAIN
    given = [*arguments(scene, call)[1:], *map(scene.text, call.keywords)]
    text = f"{operand(scene, owner)}.{name}({', '.join(given)})"
    return instead(scene, call, text, likely)


RULE = rule("as-functions", "NameError UnboundLocalError TypeError", candidates)
