"""A method of the object itself that its class does not have, where its name says what is meant.

Answers AttributeError, and NameError of a function that nothing defines. Of all such calls in the
method at once: where one is meant otherwise, the next one is as well.

    self.max(prices)          ->  max(prices), of Python or of what the plan imports
    self.length(prices)       ->  len(prices), as other languages say it
    self.get_values(stock)    ->  stock.values(), a method of what is given
    self.less_than(a, b)      ->  a < b, an operation in words
    return self.Total         ->  return total, a name of the function in other letters
"""

import ast
import builtins
import re
from collections.abc import Iterator, Mapping

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, in_places, rule
from codeact_lsp.repair.rules.other_languages import said_otherwise
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.standard_library import public
from codeact_lsp.repair.writing import arguments, instead, operand, shown, together

_MISSING = r"'(?:[\w.]+\.)?(\w+)' object has no attribute '(\w+)'|name '(\w+)' is not defined"
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# What a name begins with and does not mean anything by.
_FILLERS = frozenset(
    {"get", "calculate", "calc", "compute", "find", "is", "do", "make", "to", "of"}
)
_SIGNS: Mapping[str, str] = {
    "less": "<", "less than": "<", "smaller": "<", "lt": "<", "less equal": "<=", "le": "<=",
    "greater": ">", "greater than": ">", "larger": ">", "gt": ">", "greater equal": ">=",
    "ge": ">=", "equal": "==", "equals": "==", "eq": "==", "not equal": "!=", "ne": "!=",
    "add": "+", "plus": "+", "sum": "+", "subtract": "-", "minus": "-", "difference": "-",
    "multiply": "*", "times": "*", "product": "*", "divide": "/", "quotient": "//",
    "remainder": "%", "mod": "%", "modulo": "%", "power": "**",
}  # fmt: skip
_OF_ONE: Mapping[str, str] = {
    "length": "len({})", "size": "len({})", "concat": '"".join({})', "concatenate": '"".join({})',
    "absolute": "abs({})", "maximum": "max({})", "minimum": "min({})",
    "reverse": "{}[::-1]", "unique": "set({})", "total": "sum({})",
}  # fmt: skip
_KINDS: Mapping[str, type] = {"dict": dict, "list": list, "str": str, "set": set}
_PAIR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What is meant by the call, and by the others in the method that nothing answers."""
    said = scene.said(_MISSING)
    if said is None:
        return
    missing = said[2] or said[3]
    yield from _in_other_letters(scene, missing)
    edits: dict[ast.expr, TextEdit] = {}
    texts: list[tuple[str, str, bool]] = []
    for call in _lost(scene, said[1], missing):
        node, text = _meant(scene, call)
        if text and not any(call in ast.walk(other) for other in edits):
            edits[node] = instead(scene, node, text, LIKELY).edit
            texts.append((_name(call), text, node is call.func))
    if not any(name == missing for name, *_ in texts):
        return
    is_plain = all(plain for *_, plain in texts)
    title = f"Write '{shown(next(text for name, text, _ in texts if name == missing))}'"
    likely = SURE if is_plain else LIKELY
    yield Candidate(f"{title}{in_places(len(edits))}", together(scene, *edits.values()), likely)


def _in_other_letters(scene: Scene, missing: str) -> Iterator[Candidate]:
    """A name of the function that only differs from the attribute by its capitals."""
    match scene.failed:
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if name == missing:
            for known in sorted(scene.bound):
                if known.casefold() == name.casefold() and known != name:
                    yield instead(scene, scene.failed, known, LIKELY)
        case _:
            return


def _lost(scene: Scene, owner: str | None, missing: str) -> Iterator[ast.Call]:
    """The calls of the method that nothing answers: to its object, or by the missing name."""
    kind = next((each for each in scene.classes() if owner and each.name == owner), None)
    known = _attributes(kind) if kind and not kind.bases else None
    for call in scene.nearby(ast.Call):
        match call.func:
            case ast.Attribute(value=ast.Name(id="self"), attr=name) if owner:
                if name == missing or (known is not None and name not in known):
                    yield call
            case ast.Name(id=name) if name == missing and not owner:
                yield call
            case _:
                pass


def _attributes(kind: ast.ClassDef) -> set[str]:
    """What objects of a class have: its methods, what it binds, and what is set somewhere."""
    nodes = list(ast.walk(kind))
    set_ = {n.attr for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)}
    made = {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
    return set_ | made | {n.id for n in nodes if isinstance(n, ast.Name)} | set(dir(object))


def _meant(scene: Scene, call: ast.Call) -> tuple[ast.expr, str]:
    """What to write, and for which part of the call; nothing if its name says nothing."""
    name = _name(call)
    given, words = arguments(scene, call), _words(name)
    sign = _SIGNS.get(" ".join(words)) or _SIGNS.get(words[-1] if words else "")
    if len(given) == _PAIR and sign and scene.kind(call.args[0]) not in _KINDS:
        return call, f"{operand(scene, call.args[0])} {sign} {operand(scene, call.args[1])}"
    if isinstance(call.func, ast.Attribute) and _is_at_hand(scene, name):
        return call.func, name
    if len(given) == 1 and (template := _OF_ONE.get(" ".join(words))):
        return call, template.format(given[0])
    return call, _of_given(scene, call, name, words)


def _of_given(scene: Scene, call: ast.Call, name: str, words: list[str]) -> str:
    """A method of the first that is given: of its type, if that was seen, or of a usual one."""
    if not call.args or not words or isinstance(call.func, ast.Name):
        return ""
    rest = arguments(scene, call)[1:]
    seen = scene.kind(call.args[0])
    for kind in [seen] if seen else _KINDS:
        for method in ("_".join(words), words[-1]):
            if hasattr(_KINDS.get(kind), method):
                return f"{operand(scene, call.args[0])}.{method}({', '.join(rest)})"
        template = said_otherwise(kind, name)
        if template and ("{a}" in template or "{0}" in template) is bool(rest):
            return template.format(*rest, o=operand(scene, call.args[0]), a=", ".join(rest))
    return ""


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)


def _words(name: str) -> list[str]:
    words = [word.casefold() for word in _WORDS.findall(name)]
    return [word for word in words if word not in _FILLERS] or words


def _is_at_hand(scene: Scene, name: str) -> bool:
    """Whether it is a function of Python's own, or one that the plan imports."""
    if name in scene.imported:
        return True
    is_own = callable(getattr(builtins, name, None)) and name.islower()
    return is_own or any(name in public(home) for home in _starred(scene))


def _starred(scene: Scene) -> Iterator[str]:
    """The modules of which the plan imports all."""
    for piece in scene.plan.document.pieces:
        for node in piece.tree.body:
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*" and node.module:
                yield node.module


RULE = rule("own-methods", "AttributeError NameError", candidates)
