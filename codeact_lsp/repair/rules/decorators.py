"""A function that makes another one of a function, and forgot to give it or to take its arguments.

Answers TypeError.

    def timed(f):                             ->  def timed(f):
        def wrapper(*args): ...                       def wrapper(*args): ...
                                                      return wrapper
    def wrapper(): f()                        ->  def wrapper(*args, **kwargs): f(*args, **kwargs)
    reduce(lambda x: x * x, values)           ->  reduce(lambda x, y: x * y, values)
    button.bind(lambda: go())                 ->  button.bind(lambda *_: go())
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import instead, replaced, together

_ANY = "*args, **kwargs"
_PAIR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To return it, and to have it take what the other takes."""
    if scene.said("'NoneType' object is not callable"):
        for there, function in scene.everywhere(ast.FunctionDef):
            yield from _returning(there, function)
    if said := scene.said(
        r"<locals>\.(\w+)\(\) (?:takes \d+ positional|got an unexpected keyword)"
    ):
        for there, function in scene.everywhere(ast.FunctionDef):
            if function.name == said[1] and not function.args.args:
                yield from _taking_any(there, function)
    if said := scene.said(r"<lambda>\(\) takes (\d) positional arguments? but (\d) "):
        for node in scene.nearby(ast.Lambda):
            yield from _of_as_many(scene, node, int(said[1]), int(said[2]))


def _returning(there: Scene, function: Function) -> Iterator[Candidate]:
    """The function that is defined last in another, which returns nothing and takes a function."""
    match function.body:
        case [*_, ast.FunctionDef(name=name) as inner] if _calls_one_of(inner, function):
            margin = " " * inner.col_offset
            end = there.span(inner).end
            edit = TextEdit(Span(end, end), f"\n\n{margin}return {name}")
            yield Candidate(f"Return '{name}'", edit, SURE)
        case _:
            return


def _calls_one_of(inner: Function, outer: Function) -> bool:
    """Whether it calls what the outer one was given."""
    given = {each.arg for each in outer.args.args}
    calls = (node.func for node in ast.walk(inner) if isinstance(node, ast.Call))
    is_decorator = any(isinstance(each, ast.Name) and each.id in given for each in calls)
    holds = any(isinstance(node, ast.FunctionDef) for node in inner.body)
    return is_decorator or holds


def _taking_any(there: Scene, function: Function) -> Iterator[Candidate]:
    """All arguments, which it hands on to the function that it stands for."""
    outer = there.function(there.parents.get(function))
    given = {each.arg for each in outer.args.args} if outer else set()
    edits = [
        replaced(there, call, f"{there.text(call.func)}({_ANY})")
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in given
        and not (call.args or call.keywords)
    ]
    text = there.text(function)
    at = text.index("(", text.index(f"def {function.name}")) + 1
    if edits and text[at] == ")":
        place = there.span(function).start + at
        edit = together(there, TextEdit(Span(place, place), _ANY), *edits)
        yield Candidate(f"Have '{function.name}' take and hand on all arguments", edit, SURE)


def _of_as_many(scene: Scene, node: ast.Lambda, taken: int, given: int) -> Iterator[Candidate]:
    """A small function of as many values as it is given."""
    names = [each.arg for each in node.args.args]
    if len(names) != taken or given <= taken:
        return
    body = scene.text(node.body)
    if not names:
        yield instead(scene, node, f"lambda *_: {body}", SURE)
        return
    match node.body:
        case ast.BinOp(left=left, right=ast.Name(id=again) as right) if (
            given == _PAIR and taken == 1 and again == names[0] and again in scene.text(left)
        ):
            other = "y" if again != "y" else "z"
            at = scene.span(right).start - scene.span(node.body).start
            new = f"lambda {again}, {other}: {body[:at]}{other}{body[at + len(again) :]}"
            yield instead(scene, node, new, LIKELY)
        case _:
            more = ["_", *(f"_{n}" for n in range(2, given))][: given - taken]
            yield instead(
                scene, node, f"lambda {', '.join([*names, *more])}: {body}", LIKELY - 0.15
            )


RULE = rule("decorators", "TypeError", candidates)
