"""A position in what has no positions: a view, a set, or something that is made as it is read.

Answers TypeError, and AttributeError of what only lists have.

    table.keys()[0]                ->  list(table.keys())[0]
    doubled = map(f, xs)           ->  doubled = list(map(f, xs)), where doubled[2] fails
    names = table.keys(); names.sort()   ->  names = list(table.keys())
    len(x for x in xs)             ->  len([x for x in xs])
    reversed(text).upper()         ->  "".join(reversed(text)).upper()
    last = window[-3:], of a deque ->  last = list(window)[-3:]
    return {(a, b)}[0]             ->  return sorted({(a, b)})[0]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.rules.in_place import IN_PLACE
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_UNORDERED = frozenset(
    [
        "dict_keys",
        "dict_values",
        "dict_items",
        "map",
        "filter",
        "zip",
        "generator",
        "enumerate",
        "reversed",
        "list_iterator",
        "islice",
        "chain",
        "product",
        "combinations",
        "permutations",
        "odict_keys",
        "list_reverseiterator",
        "combinations_with_replacement",
        "accumulate",
        "groupby",
        "_grouper",
        "zip_longest",
        "starmap",
        "takewhile",
        "dropwhile",
        "pairwise",
        "reader",
        "DictReader",
        "finditer",
        "callable_iterator",
        "dict_keyiterator",
        "str_iterator",
        "range_iterator",
        "range",
    ]
)
_KINDS = ("type", "sized", "part", "fixed", "once")
_SETS = frozenset({"set", "frozenset"})
_SAID = (
    r"'(?:[\w.]+\.)?(?P<type>\w+)' object is not (?:subscriptable|reversible)|"
    r"type '(?:[\w.]+\.)?(?P<sized>\w+)' has no len|"
    r"sequence index must be integer, not '(?P<part>slice)'|"
    r"'(?P<fixed>\w+)' object does not support item (?:assignment|deletion)|"
    r"'(?P<once>\w+)' object has no attribute '(?P<of_lists>\w+)'"
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """A list of it; of a set, in order."""
    said = scene.said(_SAID)
    kind = said and next(said[each] for each in _KINDS if said[each])
    if said and said["of_lists"] and not hasattr(list, said["of_lists"]):
        yield from _as_text(scene, said["once"], said["of_lists"])
        return
    if said and said["of_lists"] in IN_PLACE and _is_kept(scene):
        return  # There would be nothing to keep.
    if kind == "slice" and isinstance(scene.failed, ast.Subscript):
        yield _listed(scene, scene.failed.value, "list")
    if kind not in _UNORDERED | _SETS:
        return
    for owner in _owners(scene):
        for made in _made(scene, owner):
            yield _listed(scene, made, "sorted" if kind in _SETS else "list")


def _is_kept(scene: Scene) -> bool:
    """Whether something is done with what the method gives back."""
    call = scene.parents.get(scene.first) if scene.first else None
    return call is not None and not isinstance(scene.parents.get(call), ast.Expr)


def _as_text(scene: Scene, kind: str, method: str) -> Iterator[Candidate]:
    """The characters together, where a text is asked for what it can do."""
    match scene.failed:
        case ast.Attribute(value=owner) if kind in _UNORDERED and hasattr(str, method):
            text = scene.text(owner)
            inner = text if not isinstance(owner, ast.GeneratorExp) else text[1:-1]
            yield instead(scene, owner, f'"".join({inner})', SURE)
        case _:
            return


def _owners(scene: Scene) -> Iterator[ast.expr]:
    match scene.failed:
        case ast.Subscript(value=owner) | ast.Attribute(value=owner):
            yield owner
        case ast.Call(args=[owner, *_]):
            yield owner
        case _:
            return


def _made(scene: Scene, owner: ast.expr) -> Iterator[ast.expr]:
    """Where the value was made: it may be read more than once, so that is the place to list it."""
    if not isinstance(owner, ast.Name):
        yield owner
        return
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name(id=owner.id)], value=value):
                yield value
            case _:
                pass
    yield owner


def _listed(scene: Scene, node: ast.expr, how: str) -> Candidate:
    likely = LIKELY if how == "sorted" or isinstance(node, ast.Name) else SURE
    text = scene.text(node)
    if not isinstance(node, ast.GeneratorExp) or how == "sorted":
        return instead(scene, node, f"{how}({text})", likely)
    inner = text[1:-1] if text.startswith("(") else text
    call = scene.parents.get(node)
    if isinstance(call, ast.Call) and scene.span(call).end == scene.span(node).end:
        # The only argument of a call shares its brackets with the call.
        return instead(scene, call, f"{scene.text(call.func)}([{inner}])", SURE)
    return instead(scene, node, f"[{inner}]", SURE)


RULE = rule("unordered", "TypeError AttributeError", candidates)
