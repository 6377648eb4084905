"""A function of `dataclasses` that is asked of the object, as models of other libraries have it.

Answers AttributeError of objects of the plan's dataclasses.

    item.asdict(), item.dict(), item.to_dict()  ->  asdict(item)
    item.replace(price=2), item._replace(...)   ->  replace(item, price=2)
    item.astuple()                              ->  astuple(item)
    Item.fields(), item.fields()                ->  fields(Item), fields(item)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import arguments, importing, replaced, shown, together

_SAME = {
    "asdict": "asdict", "astuple": "astuple", "fields": "fields", "replace": "replace",
    "_asdict": "asdict", "_replace": "replace",
}  # fmt: skip
_OF_MODELS = {
    "dict": "asdict", "to_dict": "asdict", "as_dict": "asdict", "model_dump": "asdict",
    "todict": "asdict", "copy": "replace", "model_copy": "replace", "with_changes": "replace",
    "evolve": "replace", "to_tuple": "astuple", "as_tuple": "astuple", "model_fields": "fields",
}  # fmt: skip
_NONE = r"(?:type object )?'(\w+)'(?: object)? has no attribute"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The function, and the object as what it is given."""
    said = scene.said(_NONE)
    match scene.failed:
        case ast.Attribute(value=owner, attr=name) as method:
            call = scene.parents.get(method)
        case _:
            return
    function = _SAME.get(name) or _OF_MODELS.get(name)
    if not (said and function and isinstance(call, ast.Call) and call.func is method):
        return
    if said[1] in _dataclasses(scene):
        words = map(scene.text, call.keywords)
        given = ", ".join([scene.text(owner), *arguments(scene, call), *words])
        reached, imports = _reached(scene, function)
        edit = together(scene, *imports, replaced(scene, call, f"{reached}({given})"))
        likely = SURE if name in _SAME else LIKELY
        yield Candidate(f"Write '{shown(f'{reached}({given})')}'", edit, likely)


def _reached(scene: Scene, function: str) -> tuple[str, list[TextEdit]]:
    """How the plan can call it, and what it has to import for that."""
    for bound, home in scene.imported.items():
        if home == "dataclasses":
            return f"{bound}.{function}", []
        if home == f"dataclasses.{function}":
            return bound, []
    return function, importing(scene, f"from dataclasses import {function}", function)


def _dataclasses(scene: Scene) -> set[str]:
    """The names of the plan's dataclasses."""
    return {
        kind.name for kind in scene.classes()
        if any("dataclass" in ast.unparse(mark) for mark in kind.decorator_list)
    }  # fmt: skip


RULE = rule("dataclass-functions", "AttributeError", candidates)
