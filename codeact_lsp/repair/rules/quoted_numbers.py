"""A number that is written in quotes.

Answers TypeError and AttributeError that name a text or an index. Looks at the place, at what made
its values, at the values that parameters have where nothing is given, and at the calls that led
there.

    row["0"], row["1":]                 ->  row[0], row[1:], of a list or a text
    size = "3"; rows[:size]             ->  size = 3
    def cut(text, most="3"): ...        ->  most=3
    shorten(line, "10")                 ->  shorten(line, 10)
    steps = [0]; steps.append("1")      ->  steps.append(1)
    ages[name] = "1"; ages[name] += 1   ->  ages[name] = 1
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import instead

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_BY_PLACE = r"(?:indices must be integers|index must be an integer)"
_ELSEWHERE = LIKELY - 0.15


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The number itself."""
    if not scene.said(rf"\bstr\b|\bstring\b|{_BY_PLACE}"):
        return
    yield from _put_in(scene)
    for there, likely in _where(scene):
        for text in there.inside(ast.Constant):
            if _is_number(text) and not isinstance(there.parents.get(text), ast.JoinedStr):
                yield instead(there, text, str(text.value), likely)


def _put_in(scene: Scene) -> Iterator[Candidate]:
    """What the function itself has put into what the failing statement counts up."""
    yield from _appended(scene)
    counted = scene.statement
    if not isinstance(counted, ast.AugAssign | ast.Assign):
        return
    read = {ast.unparse(item.value) for item in scene.inside(ast.Subscript)}
    for made in scene.nearby(ast.Assign):
        match made:
            case ast.Assign(targets=[ast.Subscript(value=owner)], value=ast.Constant() as text) if (
                _is_number(text) and ast.unparse(owner) in read
            ):
                yield instead(scene, text, str(text.value), SURE)
            case _:
                pass


def _appended(scene: Scene) -> Iterator[Candidate]:
    """What was put into the list that the place looks into, if that holds numbers otherwise."""
    names = {node.id for node in scene.inside(ast.Name)}
    lists = [node for node in scene.nearby(ast.Assign) if isinstance(node.value, ast.List)]
    counts = {
        ast.unparse(target) for node in lists for target in node.targets
        if isinstance(node.value, ast.List) and any(map(_is_written, node.value.elts))
    }  # fmt: skip
    for call in scene.nearby(ast.Call):
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name)), args=[ast.Constant() as it]):
                if _is_number(it) and name in names & counts:
                    yield instead(scene, it, str(it.value), SURE)
            case _:
                pass


def _is_written(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _where(scene: Scene) -> Iterator[tuple[Scene, float]]:
    """The places, and how likely a number in quotes is the culprit there."""
    for number, there in enumerate(places(scene)):
        is_index = isinstance(scene.failed, ast.Subscript) and scene.said(_BY_PLACE)
        at_place = SURE if is_index else LIKELY
        yield there, _ELSEWHERE if number else at_place
    function = scene.function(scene.first)
    for value in _defaults(function.args) if function else ():
        yield Scene(scene.plan, scene.error, scene.span(value)), _ELSEWHERE


def _defaults(parameters: ast.arguments) -> Iterator[ast.expr]:
    yield from parameters.defaults
    yield from (each for each in parameters.kw_defaults if each)


def _is_number(node: ast.Constant) -> bool:
    return isinstance(node.value, str) and _NUMBER.fullmatch(node.value) is not None


RULE = rule("quoted-numbers", "TypeError AttributeError", candidates)
