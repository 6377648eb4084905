"""A function that calls itself without an end.

Answers RecursionError. Where a count goes down there has to be an end; at which value, and what is
then right, the code does not tell.

    return self.size, in `size`    ->  return self._size
    def size(self, n): self.size = n   ->  self._size = n, and `return self._size`
    return n + total(n - 1)        ->  if n <= 0: return 0 before it, stops the crash
    if n == 1: return 1            ->  if n <= 1: return 1
    for item in items: flat(items) ->  for item in items: flat(item)
    power(base, exp), in `power`   ->  power(base, exp - 1), which its end asks for
    fib(n - 1) + fib(n + 2)        ->  fib(n - 1) + fib(n - 2)
    if n <= 1: print(n)            ->  if n <= 1: return n
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Function, Scene, called
from codeact_lsp.repair.writing import instead, line_before, replaced, together


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The attribute behind a property; an end of the count."""
    function = scene.function(scene.first)
    if function is None:
        return
    yield from _behind(scene, function)
    yield from _at_most(scene, function)
    yield from _onward(scene, function)
    yield from _backward(scene, function)
    yield from _not_left(scene, function)
    for call in ast.walk(function):
        match call:
            case ast.Call(func=ast.Name(id=function.name)):
                yield from _ended(scene, function, call)
            case _:
                pass


def _behind(scene: Scene, function: Function) -> Iterator[Candidate]:
    """What a property of the class is kept in: its own name behind an underscore."""
    kept = f"_{function.name}"
    owner = next(scene.around(function, ast.ClassDef), None)
    nodes = [node for node in ast.walk(owner) if isinstance(node, ast.Attribute)] if owner else []
    if any(node.attr == kept and isinstance(node.ctx, ast.Store) for node in nodes):
        for node in ast.walk(function):
            match node:
                case ast.Attribute(value=ast.Name("self"), attr=function.name):
                    yield instead(scene, node, f"self.{kept}", SURE)
                case _:
                    pass
    elif owner is not None and function.decorator_list:
        yield from _kept_apart(scene, owner, function.name)


def _kept_apart(scene: Scene, owner: ast.ClassDef, name: str) -> Iterator[Candidate]:
    """In the getter and in the setter of a property: what it is kept in, by another name."""
    edits = [
        replaced(scene, node, f"self._{name}")
        for method in owner.body
        if isinstance(method, ast.FunctionDef) and method.name == name
        for node in ast.walk(method)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == f"self.{name}"
    ]
    if edits:
        yield Candidate(f"Keep it in 'self._{name}'", together(scene, *edits), SURE)


def _at_most(scene: Scene, function: Function) -> Iterator[Candidate]:
    """An end that a count can step over."""
    takes = {each.arg for each in function.args.args}
    for node in ast.walk(function):
        match node:
            case ast.If(
                test=ast.Compare(
                    left=ast.Name(id=name), ops=[ast.Eq()], comparators=[ast.Constant(value=int())]
                ) as test,
                body=[ast.Return(), *_],
            ) if name in takes:
                end = scene.text(test.comparators[0])
                yield instead(scene, test, f"{name} <= {end}", LIKELY)
            case _:
                pass


def _backward(scene: Scene, function: Function) -> Iterator[Candidate]:
    """A step that leads away from the end, the other way."""
    takes = {each.arg for each in function.args.args}
    ends = _ends(function)
    for call in ast.walk(function):
        if not (isinstance(call, ast.Call) and called(call) == function.name):
            continue
        for given in call.args:
            match given:
                case ast.BinOp(
                    left=ast.Name(id=name), op=ast.Add(), right=ast.Constant(value=int()) as step
                ) if name in takes:
                    text = f"{name} - {scene.text(step)}"
                    yield instead(scene, given, text, SURE if name in ends else POSSIBLE)
                case _:
                    pass


def _onward(scene: Scene, function: Function) -> Iterator[Candidate]:
    """A call of itself with what it was given, where one of its items or one less is meant."""
    parameters = [each.arg for each in function.args.args if each.arg not in {"self", "cls"}]
    for call in ast.walk(function):
        if not (isinstance(call, ast.Call) and called(call) == function.name and call.args):
            continue
        given = [ast.unparse(each) for each in call.args]
        for loop in scene.around(call, ast.For):
            if isinstance(loop.target, ast.Name) and loop.target.id not in given:
                at = next(
                    (n for n, each in enumerate(given) if each == scene.text(loop.iter)), None
                )
                if at is not None and given[at] in parameters:
                    yield instead(scene, call.args[at], loop.target.id, SURE)
        if given == parameters[: len(given)]:
            for argument, name in zip(call.args, given, strict=True):
                if name in _ends(function):
                    yield instead(scene, argument, f"{name} - 1", LIKELY - 0.05)


def _ends(function: Function) -> set[str]:
    """The parameters that are compared with a number before the function returns."""
    tests = [node.test for node in ast.walk(function) if isinstance(node, ast.If)]
    return {
        test.left.id
        for test in tests
        if isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Name)
        and isinstance(test.comparators[0], ast.Constant)
    }


def _not_left(scene: Scene, function: Function) -> Iterator[Candidate]:
    """An end that works its value out, and goes on all the same."""
    for statement in function.body:
        match statement:
            case ast.If(body=[*_, ast.Expr(value=value) as last], orelse=[]):
                given = value.args if isinstance(value, ast.Call) else []
                is_shown = isinstance(value, ast.Call) and ast.unparse(value.func) == "print"
                meant = given[0] if is_shown and given else value
                if not _calls(meant, function.name):
                    yield instead(scene, last, f"return {scene.text(meant)}", SURE)
            case _:
                pass


def _calls(part: ast.AST, name: str) -> bool:
    """Whether a function is called in a part."""
    return any(isinstance(node, ast.Call) and called(node) == name for node in ast.walk(part))


def _ended(scene: Scene, function: Function, call: ast.Call) -> Iterator[Candidate]:
    if _ends(function) or any(isinstance(node, ast.IfExp) for node in ast.walk(function)):
        return
    parameters = [each.arg for each in function.args.args]
    for name, given in zip(parameters, call.args, strict=False):
        match given:
            case ast.BinOp(left=ast.Name(id=counted), op=ast.Sub()) if counted == name:
                deepest = _deepest(function, name)
                end, value = (deepest - 1, name) if deepest > 1 else (0, _neutral(scene, call))
                line = f"if {name} <= {end}:\n{' ' * _inner(function)}return {value}"
                edit = line_before(scene, _first(function), line)
                yield Candidate(f"End at '{name} <= {end}'", edit, GUESS, hides=True)
            case _:
                pass


def _deepest(function: Function, name: str) -> int:
    """How far back the function looks at once."""
    steps = [
        node.right.value
        for node in ast.walk(function)
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Sub)
        and ast.unparse(node.left) == name
        and isinstance(node.right, ast.Constant)
    ]
    return max((step for step in steps if isinstance(step, int)), default=1)


def _first(function: Function) -> ast.stmt:
    """The first statement that does something."""
    head = function.body[0]
    is_doc = isinstance(head, ast.Expr) and isinstance(head.value, ast.Constant)
    return function.body[1] if is_doc and function.body[1:] else head


def _inner(function: Function) -> int:
    margin = function.body[0].col_offset
    return 2 * margin - function.col_offset


def _neutral(scene: Scene, call: ast.Call) -> str:
    """What changes nothing of that which is done with the result."""
    around = scene.parents.get(call)
    is_product = isinstance(around, ast.BinOp) and isinstance(around.op, ast.Mult)
    return "1" if is_product else "0"


RULE = rule("recursion", "RecursionError", candidates)
