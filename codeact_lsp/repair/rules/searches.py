r"""A pattern that is looked for at the beginning only, or an element only among the first ones.

Answers AttributeError and TypeError of a match or an element of XML that is none.

    re.match(r"\d+", text).group()    ->  re.search(r"\d+", text).group()
    found = re.fullmatch(p, text)     ->  found = re.search(p, text)
    re.search("b", "ABC").group()     ->  re.search("b", "ABC", re.IGNORECASE).group()
    found.group(1), of none           ->  found.group(1) if found else "", stops the crash
    root.find("title").text           ->  root.find(".//title").text
    root.find("title").text           ->  root.find(".//{*}title").text, in a namespace
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.stand_ins import stand_in
from codeact_lsp.repair.writing import arguments, call_of, instead, quoted, replaced

_NARROW = frozenset({"match", "fullmatch"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The search that finds it anywhere."""
    if not scene.said("'NoneType'"):
        return
    for call in scene.nearby(ast.Call):
        match call.func:
            case ast.Attribute() if called(call) in _NARROW:
                text = f"{scene.text(call.func.value)}.search"
                edit = replaced(scene, call.func, text)
                yield Candidate("Search the whole text", edit, LIKELY - 0.15)
                yield from _in_any_case(scene, call)
            case ast.Attribute(attr="search"):
                yield from _in_any_case(scene, call)
            case ast.Attribute(attr="find") if "xml" in " ".join(scene.imported.values()):
                yield from _deeper(scene, call)
            case _:
                pass
    yield from _unless_none(scene)


def _unless_none(scene: Scene) -> Iterator[Candidate]:
    """Nothing, where nothing was found."""
    match scene.failed:
        case ast.Attribute(value=ast.Name(id=name), attr="group") as method:
            call = scene.parents.get(method)
        case ast.Subscript(value=ast.Name(id=name)) as item if _is_match(scene, name):
            call = item
        case _:
            return
    if isinstance(call, ast.expr):
        nothing = stand_in(scene, call)
        nothing = '""' if nothing == "None" else nothing
        text = f"{scene.text(call)} if {name} else {nothing}"
        yield instead(scene, call, text, GUESS, hides=True)


def _is_match(scene: Scene, name: str) -> bool:
    """Whether a variable is what a search has given."""
    return any(
        isinstance(node.value, ast.Call)
        and called(node.value) in {*_NARROW, "search"}
        and [ast.unparse(target) for target in node.targets] == [name]
        for node in scene.nearby(ast.Assign)
    )


def _in_any_case(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Letters however they are written."""
    match call:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name)), args=[_, _], keywords=[]):
            if scene.imported.get(name) == "re":
                text = call_of(scene, call, [*arguments(scene, call), f"{name}.IGNORECASE"])
                yield instead(scene, call, text, LIKELY - 0.2)
        case _:
            return


def _deeper(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """The element wherever it stands, in whatever namespace."""
    match call.args:
        case [ast.Constant(value=str(path)) as written] if not path.startswith("."):
            for rank, new in enumerate((f".//{path}", f".//{{*}}{path}")):
                text = quoted(scene, written, new)
                yield instead(scene, written, text, LIKELY - 0.05 - rank * 0.02)
        case _:
            return


RULE = rule("searches", "AttributeError TypeError", candidates)
