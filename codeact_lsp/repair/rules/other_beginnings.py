"""Another kind of empty value than the one with which a variable has to begin.

Answers what comes of a wrong value. Looks at what made the values of the place, and of those that
led there; of the kinds those come first that have what the plan does with the variable. Tried only
where nothing else has worked.

    self.marks = []; self.marks[name] = 1     ->  self.marks = {}
    least = None; max(least, row["n"])        ->  least = 0
    seen = {}; seen.append(row)               ->  seen = []
    rows = set(found); rows.insert(0, head)   ->  rows = list(found)
    counts = {}; counts.update(words)         ->  counts = Counter(), which is imported
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.orphans import orphans
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import instead

_EMPTY = ("[]", "{}", "0", '""', "set()", 'b""', "()", "None")
_KINDS = ("list", "dict", "set", "tuple", "str", "bytearray")
_CONTAINERS = frozenset({"Counter", "OrderedDict", "deque", "StringIO", "BytesIO"})
_MOST = 5
_WITHIN = WILD * 0.8
# A kind that is made of something, and of which the message says nothing, is mostly right.
_UNSAID = WILD * 0.6
# Here nothing, a zero or an empty text is what something is compared to, counted or found by.
_NO_VALUE = (ast.Compare, ast.BinOp, ast.Subscript, ast.Slice, ast.UnaryOp)
# What is done with a variable, other than by its methods, which types can be asked for.
_OF_USES = {"keys": ("{}",), "places": ("{}", "[]"), "sum": ("0", "[]", '""', 'b""', "()")}


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each empty value of the places as one of another kind."""
    for there in places(scene):
        for value in there.inside(ast.expr):
            # What is empty within something else may have a place there that nothing fills.
            likely = WILD if value is there.first else _WITHIN
            match value:
                case _ if _is_empty(value) and not isinstance(there.parents.get(value), _NO_VALUE):
                    yield from _others(there, value, value, _EMPTY, likely)
                case ast.Call(func=ast.Name(id=kind) as maker) if kind in _KINDS:
                    is_said = scene.said(rf"\b{kind}\b")
                    yield from _others(there, value, maker, _MADE, likely if is_said else _UNSAID)
                case _:
                    pass


# What is empty can be a text; what is made of something is hardly ever meant to be the text of it.
_MADE = tuple(kind for kind in _KINDS if kind != "str")


def _others(
    scene: Scene, value: ast.expr, part: ast.expr, kinds: tuple[str, ...], likely: float
) -> Iterator[Candidate]:
    """A part of a value as each of some kinds."""
    ranked = [kind for kind in _ranked(scene, value, kinds) if kind != scene.text(part)]
    for name in _imported(scene) if kinds is _EMPTY else ():
        yield instead(scene, part, f"{name}()", likely)
    for number, kind in enumerate(ranked[:_MOST]):
        yield instead(scene, part, kind, likely * (1 - number / 10))


def _imported(scene: Scene) -> list[str]:
    """What may begin something, and is imported: for nothing, or as it is known to begin empty."""
    known = [name for name in scene.imported if name in _CONTAINERS]
    modules = {name for name, home in scene.imported.items() if "." not in home}
    alone = [name for name in orphans(scene)[:1] if name not in modules]
    return list(dict.fromkeys([*alone, *known]))


def _is_empty(value: ast.expr) -> bool:
    match value:
        case ast.List(elts=[]) | ast.Tuple(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Constant(value=None | 0 | "" | b""):
            return True
        case ast.Call(func=ast.Name(id=kind), args=[], keywords=[]):
            return kind in _KINDS
        case _:
            return False


def _ranked(scene: Scene, value: ast.expr, kinds: tuple[str, ...]) -> list[str]:
    """Kinds of values, those first that have what is done with what is set to one."""
    match scene.parents.get(value):
        case ast.Assign(targets=[ast.Name(id=name) | ast.Attribute(attr=name), *_]):
            done = list(dict.fromkeys(_done(scene, name)))
        case _:
            done = []
    return sorted(kinds, key=lambda kind: -sum(_fits(kind, each) for each in done))


def _done(scene: Scene, name: str) -> Iterator[str]:
    """What the top-level statement does with what is called so: methods, and other uses."""
    for node, around in scene.parents.items():
        match node, around:
            case ((ast.Name(id=own) | ast.Attribute(attr=own)), _) if own != name:
                pass
            case ((ast.Name() | ast.Attribute()), ast.Attribute(attr=method)):
                yield method
            case (
                (ast.Name() | ast.Attribute()),
                ast.Subscript(ctx=ast.Store() | ast.Del(), slice=at),
            ):
                yield "keys" if isinstance(at, ast.Constant | ast.Name) else "places"
            case ((ast.Name() | ast.Attribute()), ast.AugAssign() | ast.BinOp()):
                yield "sum"
            case _:
                pass


def _fits(kind: str, done: str) -> bool:
    if done in _OF_USES:
        return kind in _OF_USES[done]
    empty = ast.literal_eval(kind) if kind not in {"set()", *_KINDS} else None
    made = {"list": list, "dict": dict, "tuple": tuple, "str": str, "bytearray": bytearray}
    return hasattr(made.get(kind, set) if empty is None and kind != "None" else type(empty), done)


RULE = rule("other-beginnings", EVERY, candidates)
