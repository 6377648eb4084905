r"""A call that leaves out what the code around it says: of itself, its class, or a library.

Answers TypeError. Of a function that calls itself, what it was given and does not hand on is meant;
variables by the name of a parameter are looked for in `missing_arguments`.

    move(n - 1, spare, end)                 ->  move(n - 1, spare, end, start)
    move(1)                                 ->  move(1, self.speed)
    Shape.__init__(name)                    ->  Shape.__init__(self, name)
    json.dump(rows)                         ->  json.dumps(rows)
    re.sub(r"\s+", text)                    ->  re.sub(r"\s+", " ", text)
    csv.DictWriter(file); w.writerows(rows) ->  csv.DictWriter(file, rows[0].keys())
    random.randint(6)                       ->  random.randint(1, 6)
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead

_MISSING = r"(\w+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.*)"
# What a function of a library is given where nobody thinks of it.
_USUAL = {"deg": "1", "n_components": "2"}
_PAIR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What is missing, from where the call stands."""
    said = scene.said(_MISSING)
    for call in scene.calls() if said else ():
        if said and said[1] in {called(call), "__init__"} and not _is_spread(call):
            missing = re.findall(r"'(\w+)'", said[2])
            yield from _of_object(scene, call, missing)
            yield from _handed_on(scene, call, missing)
            yield from _of_libraries(scene, call, missing)


def _is_spread(call: ast.Call) -> bool:
    return any(isinstance(each, ast.Starred) for each in call.args)


def _of_object(scene: Scene, call: ast.Call, missing: list[str]) -> Iterator[Candidate]:
    """What the object has by the names of the parameters; itself, to a method of its base class."""
    given = arguments(scene, call)
    match call.func:
        case ast.Attribute(value=ast.Name(), attr="__init__"):
            yield instead(scene, call, call_of(scene, call, ["self", *given]), SURE)
        case _:
            pass
    if set(missing) <= _attributes(scene, call):
        yield _added(scene, call, [f"self.{name}" for name in missing], LIKELY)


def _attributes(scene: Scene, call: ast.Call) -> set[str]:
    """What the class around the call keeps of its objects."""
    owner = next(scene.around(call, ast.ClassDef), None)
    parts = ast.walk(owner) if owner else ()
    return {part.attr for part in parts if isinstance(part, ast.Attribute)}


def _added(scene: Scene, call: ast.Call, values: list[str], likely: float) -> Candidate:
    return instead(scene, call, call_of(scene, call, [*arguments(scene, call), *values]), likely)


def _handed_on(scene: Scene, call: ast.Call, missing: list[str]) -> Iterator[Candidate]:
    """Of a function that calls itself: its parameters of which the call says nothing."""
    function = next(
        (each for each in scene.around(call, ast.FunctionDef) if each.name == called(call)), None
    )
    if function is None:
        return
    names = {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
    left = [each.arg for each in function.args.args if each.arg not in {*names, "self", "cls"}]
    if len(left) == len(missing):
        # The class before it has parameters of its own, of which these need be none.
        is_other = ast.unparse(call.func).startswith("super(") and left != missing
        yield _added(scene, call, left, POSSIBLE if is_other else LIKELY)


def _of_libraries(scene: Scene, call: ast.Call, missing: list[str]) -> Iterator[Candidate]:
    given = arguments(scene, call)
    match called(call), missing:
        case "dump", ["fp"]:
            text = call_of(scene, call, given)
            yield instead(scene, call, text.replace(".dump(", ".dumps(", 1), SURE)
        case "sub", ["string"] if len(given) == _PAIR:
            blank = '" "' if r"\s" in given[0] or '" ' in given[0] else '""'
            other = '""' if blank == '" "' else '" "'
            for text, likely in ((blank, LIKELY - 0.15), (other, POSSIBLE)):
                new = call_of(scene, call, [given[0], text, given[1]])
                yield instead(scene, call, new, likely)
        case "randint" | "uniform", ["b"] if given:
            yield instead(scene, call, call_of(scene, call, ["1", *given]), POSSIBLE + 0.05)
            yield instead(scene, call, call_of(scene, call, ["0", *given]), POSSIBLE)
        case "DictWriter", ["fieldnames"]:
            yield from _with_fields(scene, call)
        case _, [name] if name in _USUAL:
            yield _added(scene, call, [_USUAL[name]], LIKELY - 0.11)
        case _:
            return


def _with_fields(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """The keys of what is written."""
    for other in scene.nearby(ast.Call):
        match other:
            case ast.Call(func=ast.Attribute(attr="writerows"), args=[ast.Name(id=rows)]):
                yield _added(scene, call, [f"list({rows}[0])"], LIKELY)
            case ast.Call(func=ast.Attribute(attr="writerow"), args=[ast.Name(id=row)]):
                loops = [loop for loop in scene.nearby(ast.For) if _is_named(loop, row)]
                rows = scene.text(loops[0].iter) if loops else ""
                if rows.isidentifier():
                    yield _added(scene, call, [f"list({rows}[0])"], LIKELY)
            case _:
                pass


def _is_named(loop: ast.For, name: str) -> bool:
    return isinstance(loop.target, ast.Name) and loop.target.id == name


RULE = rule("handed-on", "TypeError", candidates)
