"""A method that does not take the object that it is called on, or does not say whose a name is.

Answers TypeError, AttributeError, NameError and UnboundLocalError.

    def value():              ->  def value(self):
    speed += more             ->  self.speed += more
    return quantity * price   ->  return self.quantity * price
    value = self.total()      ->  value = total(), of a function of the module
    self.visit(node)          ->  visit(node), of a function in the method
    def grow(by): self.n += by     ->  def grow(self, by):
    self.rows = rows or load(); rows.first   ->  self.rows.first, of a parameter that is None
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import FUNCTIONS, Function, Scene
from codeact_lsp.repair.writing import instead, replaced, together

_PAIR = 2
_SEVERAL = r"^(?:\w+\.)*?(\w+)\.(\w+)\(\) got multiple values for argument"
_ONE_MORE = r"^(?:\w+\.)*?(\w+)\.(\w+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were)"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To take it, to say so, or to leave it out."""
    if scene.error.type == "NameError":
        yield from _of_self(scene)
        yield from _reading_self(scene)
    elif scene.error.type == "UnboundLocalError":
        yield from _changed(scene)
    elif scene.error.type == "TypeError":
        yield from _taking_self(scene)
    else:
        yield from _of_module(scene)
    yield from _of_parameter(scene)


def _of_self(scene: Scene) -> Iterator[Candidate]:
    """An attribute that the class, or another of its methods, gives the object."""
    fact = scene.error.fact
    for name in scene.inside(ast.Name):
        owner, function = next(scene.around(name, ast.ClassDef), None), scene.function(name)
        if not (fact and name.id == fact.name and owner and function and function.args.args):
            continue
        if name.id in _attributes(owner):
            method = next((each for each in owner.body if _holds(each, name)), function)
            own = method.args.args[0].arg if isinstance(method, FUNCTIONS) else "self"
            yield instead(scene, name, f"{own}.{name.id}", SURE)


def _reading_self(scene: Scene) -> Iterator[Candidate]:
    """A method that has another first parameter, and reads itself."""
    fact, function = scene.error.fact, scene.function(scene.first)
    is_missing = fact is not None and fact.kind == "name" and fact.name == "self"
    if function is None or not is_missing or function.decorator_list:
        return
    if isinstance(scene.parents.get(function), ast.ClassDef):
        yield _with_self(Scene(scene.plan, scene.error, scene.span(function)), function)


def _of_parameter(scene: Scene) -> Iterator[Candidate]:
    """What the object keeps, where a parameter is called so and is nothing."""
    for name in scene.inside(ast.Name) if scene.said("NoneType") else ():
        owner = next(scene.around(name, ast.ClassDef), None)
        method = scene.function(name)
        taken = [each.arg for each in method.args.args] if method else []
        if owner and name.id in taken[1:] and name.id in _attributes(owner):
            yield instead(scene, name, f"{taken[0]}.{name.id}", LIKELY)


def _changed(scene: Scene) -> Iterator[Candidate]:
    """An attribute of the object that a method counts with."""
    owner, function = (
        next(scene.around(scene.first, ast.ClassDef), None),
        scene.function(scene.first),
    )
    match scene.statement:
        case ast.AugAssign(target=ast.Name(id=name)) if owner and function and function.args.args:
            own = function.args.args[0].arg
            parts = [node for node in ast.walk(owner) if isinstance(node, ast.Attribute)]
            stored = {node.attr for node in parts if isinstance(node.ctx, ast.Store)}
            uses = [node for node in scene.nearby(ast.Name) if node.id == name]
            if own == "self" and name in stored:
                edits = (replaced(scene, use, f"{own}.{name}") for use in uses)
                title = f"Write '{own}.{name}'"
                yield Candidate(title, together(scene, *edits), SURE)
        case _:
            return


def _holds(method: ast.stmt, name: ast.Name) -> bool:
    """Whether a name stands in the method, be it in a function within that."""
    takes = isinstance(method, FUNCTIONS) and bool(method.args.args)
    return takes and any(node is name for node in ast.walk(method))


def _attributes(owner: ast.ClassDef) -> set[str]:
    names = set()
    for node in ast.walk(owner):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name)) if node in owner.body:
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) if node in owner.body:
                names.add(name)
            case ast.FunctionDef(name=name) if node in owner.body:
                names.add(name)
            case ast.Attribute(attr=name, ctx=ast.Store()):
                names.add(name)
            case _:
                pass
    return names


def _taking_self(scene: Scene) -> Iterator[Candidate]:
    """A method of the plan that is given one argument more than it takes."""
    said = scene.said(_ONE_MORE) or scene.said(_SEVERAL)
    if said is None or (len(said.groups()) > _PAIR and int(said[4]) != int(said[3]) + 1):
        return
    document = scene.plan.document
    for piece, start in zip(document.pieces, document.starts, strict=True):
        for kind in (each for each in piece.tree.body if isinstance(each, ast.ClassDef)):
            for method in kind.body if kind.name == said[1] else ():
                if isinstance(method, FUNCTIONS) and method.name == said[2] != "__new__":
                    span = piece.span(method).shifted(start)
                    yield _with_self(Scene(scene.plan, scene.error, span), method)


def _with_self(scene: Scene, method: Function) -> Candidate:
    text = scene.text(method)
    head = text.index("(", text.index(f"def {method.name}")) + 1
    at = scene.span(method).start + head
    new = "self, " if method.args.args else "self"
    return Candidate(f"Have '{method.name}' take 'self'", TextEdit(Span(at, at), new), SURE)


def _of_module(scene: Scene) -> Iterator[Candidate]:
    """What is asked of the object, but is of the plan, or of the function itself."""
    match scene.failed:
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if name in scene.plan.names:
            yield instead(scene, scene.failed, name, SURE)
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if name in _around(scene):
            yield instead(scene, scene.failed, name, LIKELY)
        case _:
            return


def _around(scene: Scene) -> set[str]:
    """The names that the functions around the place bind, and the functions in them."""
    functions = [
        each for each in scene.around(scene.first, ast.stmt) if isinstance(each, FUNCTIONS)
    ]
    nodes = [node for function in functions for node in ast.walk(function)]
    inner = {node.name for node in nodes if isinstance(node, FUNCTIONS)}
    stored = (node for node in nodes if isinstance(node, ast.Name))
    bound = {node.id for node in stored if isinstance(node.ctx, ast.Store)}
    return inner | bound | {node.arg for node in nodes if isinstance(node, ast.arg)}


RULE = rule("selfless", "NameError UnboundLocalError TypeError AttributeError", candidates)
