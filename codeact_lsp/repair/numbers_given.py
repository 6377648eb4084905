"""An argument that is to be a number, or is one where none is wanted; for the rule `given`."""

import ast
from collections.abc import Callable, Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, in_places
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, operand, replaced, together

Convert = Callable[[Scene, ast.Call], Iterator[Candidate]]
"""Proposes other arguments for a call."""


_NO_LENGTH = (
    r"object of type '(?:int|(?:numpy\.)?float(?:64)?)' has no len|"
    r"'(?:int|float)' object is not iterable"
)


def _whole(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    is_range = called(call) == "range"
    for argument in call.args:
        match argument:
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                text = f"{scene.text(left)} // {scene.text(right)}"
                yield instead(scene, argument, text, SURE)
            case ast.Constant(value=str(digits)) if digits.isdecimal():
                yield instead(scene, argument, digits, SURE)
            case ast.Constant():
                pass
            case _ if scene.kind(argument) == "int":
                pass
            case _:
                text, is_count = scene.text(argument), is_range or _is_number(scene, argument)
                yield instead(scene, argument, f"int({text})", LIKELY if is_count else POSSIBLE)
                if scene.kind(argument) in {"str", None} and not is_count:
                    yield instead(scene, argument, f"float({text})", LIKELY)


def _is_number(scene: Scene, argument: ast.expr) -> bool:
    """Whether it was seen to be a text of digits."""
    seen = scene.literal(argument)
    return isinstance(seen, str) and seen.isdecimal()


def _digits(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Of a number, only its digits can be counted or gone through; or it is the count already."""
    for argument in call.args[:1]:
        if called(call) == "len" and isinstance(argument, ast.Call):
            text = scene.text(argument)
            yield instead(scene, call, text, POSSIBLE + 0.05, f"Leave out 'len' of '{text[:40]}'")
        yield instead(scene, argument, f"str({scene.text(argument)})", POSSIBLE)


def _summed(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """The sum of many values, where one number is wanted."""
    for argument in call.args[:1]:
        inner = scene.text(argument)
        if isinstance(argument, ast.GeneratorExp) and not inner.startswith("("):
            inner = f"({inner})"
        head = f"{scene.text(call.func)}(sum"
        if isinstance(argument, ast.GeneratorExp) and inner.startswith("("):
            yield instead(scene, call, f"{head}{inner})", LIKELY - 0.12)


def _counted(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """What is counted with, as numbers; in all calls of the function that take the same."""
    if not call.args:
        return
    module, first = scene.text(call.func).rpartition(".")[0], scene.text(call.args[0])
    alike = [
        each for each in scene.nearby(ast.Call)
        if each.args and scene.text(each.args[0]) == first
        and scene.text(each.func).rpartition(".")[0] == module
    ]  # fmt: skip
    edits = (replaced(scene, each.args[0], f"list(map(float, {first}))") for each in alike)
    title = f"Count with numbers of '{first}'{in_places(len(alike))}"
    yield Candidate(title, together(scene, *edits), SURE)


def _number(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """A text that is counted with, as the number that it looks like."""
    for argument in call.args[:1]:
        seen = scene.value(argument)
        text = seen.value.strip("'\" +-") if seen else ""
        for name in ("int", "float") if text.isdigit() else ("float",):
            likely = SURE if name == "float" or called(call) == "abs" else LIKELY
            yield instead(scene, argument, f"{name}({scene.text(argument)})", likely)


def _found(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """The text that was found, of which a number is to be made."""
    for argument in call.args[:1]:
        yield instead(scene, argument, f"{operand(scene, argument)}.group()", SURE)


def _rounded(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    names = [name for name, home in scene.imported.items() if home == "numpy"]
    for name in names[:1]:
        yield instead(scene, call.func, f"{name}.round", SURE)


BY_MESSAGE: tuple[tuple[str, Convert], ...] = (
    (r"cannot be interpreted as an integer|integer argument expected", _whole),
    (_NO_LENGTH, _digits),
    (r"must be real number, not (?:generator|list|map)", _summed),
    (r"can't convert type 'str' to numerator", _counted),
    (r"real number, not 're\.Match'", _found),
    (r"ndarray doesn't define __round__", _rounded),
    (r"str doesn't define __round__|bad operand type for abs\(\): 'str'", _number),
)
"""What is proposed for which message."""
