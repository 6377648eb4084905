"""A class whose members are used otherwise than they are defined.

Answers TypeError, AttributeError, UnboundLocalError and NotImplementedError.

    self.size = n, of a property          ->  self._size = n, which the property returns
    self.add(self, item)                  ->  self.add(item)
    @staticmethod over `def n(self)`      ->  without it
    super.__init__(name)                  ->  super().__init__(name)
    def of(cls, text):                    ->  @classmethod before it
    count += 1, of `count = 0` in a class ->  Counter.count += 1
    def raed(self):, where `read` is due  ->  def read(self):
"""

import ast
from collections.abc import Iterator
from difflib import get_close_matches

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import arguments, call_of, instead, line_before

_READ_ONLY = r"property '(\w+)' of '(\w+)' object has no setter|can't set attribute '(\w+)'"
_ABSTRACT = r"abstract class (\w+) with(?:out an implementation for)? abstract methods? (.*)"
_ALIKE = 0.6


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The member as it is meant."""
    if said := scene.said(_READ_ONLY):
        yield from _behind(scene, said[1] or said[3], said[2] or "")
    elif scene.error.type == "NotImplementedError" or scene.said(_ABSTRACT):
        yield from _due(scene)
    elif scene.error.type == "UnboundLocalError":
        yield from _of_class(scene)
    elif scene.said("descriptor '__init__' requires a 'super'|type object 'super' has no"):
        names = (node for node in scene.inside(ast.Name) if node.id == "super")
        yield from (instead(scene, node, "super()", SURE) for node in names)
    elif scene.said(r"positional argument"):
        yield from _without_self(scene)
        yield from _of_object(scene)
        yield from _of_the_class(scene)


def _due(scene: Scene) -> Iterator[Candidate]:
    """What a class says that the classes built on it have to have."""
    if said := scene.said(_ABSTRACT):
        for name in said[2].replace("'", "").split(", "):
            yield from _implemented(scene, name, said[1])
    elif function := scene.function(scene.first):
        yield from _implemented(scene, function.name, "")


def _behind(scene: Scene, name: str, kind: str) -> Iterator[Candidate]:
    """What the property returns; from elsewhere, a way to set that."""
    for there, owner in scene.everywhere(ast.ClassDef):
        for method in owner.body if kind in {"", owner.name} else ():
            match method:
                case ast.FunctionDef(
                    name=getter, body=[*_, ast.Return(value=ast.Attribute(attr=kept) as value)]
                ) if getter == name and ast.unparse(value) == f"self.{kept}":
                    yield from _of_setter(scene, there, method, kept)
                case _:
                    pass


def _of_setter(scene: Scene, there: Scene, method: Function, kept: str) -> Iterator[Candidate]:
    match scene.failed if isinstance(scene.failed, ast.Attribute) else scene.statement:
        case ast.Attribute(value=ast.Name("self")) as target:
            yield instead(scene, target, f"self.{kept}", SURE)
        case ast.Assign(targets=[ast.Attribute(value=ast.Name("self")) as target]):
            yield instead(scene, target, f"self.{kept}", SURE)
        case ast.AugAssign(target=ast.Attribute(value=ast.Name("self")) as target):
            yield instead(scene, target, f"self.{kept}", SURE)
        case _:
            end, margin = there.piece.span(method).shifted(there.start).end, " " * method.col_offset
            lines = (
                f"@{method.name}.setter",
                f"def {method.name}(self, value):",
                f"    self.{kept} = value",
            )
            text = "\n\n" + "\n".join(f"{margin}{line}" for line in lines)
            title = f"Let '{method.name}' be set"
            yield Candidate(title, TextEdit(Span(end, end), text), LIKELY)


def _implemented(scene: Scene, name: str, kind: str) -> Iterator[Candidate]:
    """A method of a class built on it that is spelt much like the one that is due."""
    for there, owner in scene.everywhere(ast.ClassDef):
        methods = [each for each in owner.body if isinstance(each, ast.FunctionDef)]
        names = [each.name for each in methods if not each.name.startswith("__")]
        if not owner.bases or name in names or kind not in {"", owner.name}:
            continue
        longer = [each for each in names if name.lower() in each.lower()]
        for like in (get_close_matches(name, names, 1, _ALIKE) or longer)[:1]:
            method = next(each for each in methods if each.name == like)
            span = there.piece.span(method).shifted(there.start)
            at = span.start + there.plan.source.text[span.start : span.end].index(f"def {like}") + 4
            edit = TextEdit(Span(at, at + len(like)), name)
            yield Candidate(f"Rename '{like}' to '{name}'", edit, LIKELY + 0.05)


def _of_class(scene: Scene) -> Iterator[Candidate]:
    """A variable of the class that a method counts with."""
    said = scene.said(r"'(\w+)'")
    owner = next(scene.around(scene.first, ast.ClassDef), None)
    if said is None or owner is None:
        return
    targets = [each.targets[0] for each in owner.body if isinstance(each, ast.Assign)]
    names = {each.id for each in targets if isinstance(each, ast.Name)}
    match scene.statement:
        case ast.AugAssign(target=ast.Name(id=name) as target) if name in names:
            yield instead(scene, target, f"{owner.name}.{name}", SURE)
        case _:
            return


def _without_self(scene: Scene) -> Iterator[Candidate]:
    """The object once: a call on it hands it over already."""
    for call in scene.calls():
        given = arguments(scene, call)
        owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        if owner in {"self", "super()"} and given[:1] == ["self"]:
            yield instead(scene, call, call_of(scene, call, given[1:]), SURE)


def _of_object(scene: Scene) -> Iterator[Candidate]:
    """A method that takes the object, and is said to take none."""
    for there, method in scene.everywhere(ast.FunctionDef):
        names = [ast.unparse(each) for each in method.decorator_list]
        takes = [each.arg for each in method.args.args[:1]]
        if names == ["staticmethod"] and takes == ["self"] and scene.said(rf"\b{method.name}\("):
            text, at = there.plan.source.text, there.span(method.decorator_list[0]).start - 1
            start = there.span(method).start if there.text(method).startswith("@") else at
            end = text.index("def ", there.span(method.decorator_list[0]).end)
            yield Candidate("Leave out '@staticmethod'", TextEdit(Span(start, end), ""), SURE)


def _of_the_class(scene: Scene) -> Iterator[Candidate]:
    """A method that takes the class, and was called on that."""
    said = scene.said(r"(\w+)\.(\w+)\(\) missing \d+ required positional")
    for there, owner in scene.everywhere(ast.ClassDef) if said else ():
        for method in owner.body:
            match method:
                case ast.FunctionDef(
                    name=name, decorator_list=[], args=ast.arguments(args=[ast.arg("cls"), *_])
                ) if said and (owner.name, name) == (said[1], said[2]):
                    line = line_before(there, method, "@classmethod")
                    yield Candidate("Add '@classmethod'", line, SURE)
                case _:
                    pass


RULE = rule(
    "class-members",
    "TypeError AttributeError UnboundLocalError NotImplementedError",
    candidates,
)
