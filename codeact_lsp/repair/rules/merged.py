"""Tables that are joined by a column which one of them does not have, or calls otherwise.

Answers KeyError of pandas.

    a.merge(b, on="customer_id")   ->  a.merge(b, left_on="customer_id", right_on="id")
    pd.merge(a, b, on="Id")        ->  pd.merge(a, b, on="id"), what both have
    merged["v"], which both had    ->  merged["v_x"]
"""

import ast
from collections.abc import Iterator
from difflib import SequenceMatcher

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, quoted

_LEAST_ALIKE = 0.5
_MARGIN = 0.02
_MOST = 3


def candidates(scene: Scene) -> Iterator[Candidate]:
    """By what each of them calls it; and what both had, as it is called then."""
    yield from _parted(scene)
    for call in scene.calls():
        match call:
            case ast.Call(func=ast.Attribute(value=left), args=[right]) if _is_merge(call):
                yield from _of_tables(scene, call, _columns(scene, left), _columns(scene, right))
            case ast.Call(args=[left, right]) if _is_merge(call):
                yield from _of_tables(scene, call, _columns(scene, left), _columns(scene, right))
            case _:
                pass


def _parted(scene: Scene) -> Iterator[Candidate]:
    for node in scene.inside(ast.Subscript):
        match node:
            case ast.Subscript(value=table, slice=ast.Constant(value=str(name)) as key):
                columns = _columns(scene, table)
                for number, end in enumerate(("_x", "_y")):
                    if f"{name}{end}" in columns and name not in columns:
                        text = quoted(scene, key, f"{name}{end}")
                        yield instead(scene, key, text, POSSIBLE + _MARGIN - number * _MARGIN)
            case _:
                pass


def _is_merge(call: ast.Call) -> bool:
    return called(call) == "merge" and any(word.arg == "on" for word in call.keywords)


def _columns(scene: Scene, table: ast.expr) -> list[str]:
    """The columns of a table, as far as they were shown."""
    seen = scene.value(table)
    is_table = seen is not None and seen.value.startswith("DataFrame ")
    return seen.value.partition(": ")[2].split(", ") if seen and is_table else []


def _of_tables(
    scene: Scene, call: ast.Call, left: list[str], right: list[str]
) -> Iterator[Candidate]:
    word = next(each for each in call.keywords if each.arg == "on")
    if not (left and right and isinstance(word.value, ast.Constant)):
        return
    key = str(word.value.value)
    if key in left and key not in right:
        for option, likely in _like(key, right, left):
            yield _by(scene, call, word, (key, option), likely)
    elif key in right and key not in left:
        for option, likely in _like(key, left, right):
            yield _by(scene, call, word, (option, key), likely)
    else:
        for option in [each for each in left if each in right][:_MOST]:
            new = quoted(scene, word.value, option)
            yield instead(scene, word.value, new, POSSIBLE, f"Join by '{option}'")


def _like(key: str, columns: list[str], others: list[str]) -> Iterator[tuple[str, float]]:
    """The columns that may be the same: part of the name, or spelt like it; else any own one."""
    low = key.lower()
    part = [each for each in columns if each.lower() in low or low in each.lower()]
    alike = sorted(columns, key=lambda each: -SequenceMatcher(None, low, each.lower()).ratio())
    close = [
        each for each in alike if SequenceMatcher(None, low, each.lower()).ratio() > _LEAST_ALIKE
    ]
    own = [each for each in columns if each not in others]
    for option in list(dict.fromkeys([*part, *close]))[:_MOST]:
        yield option, SURE if [option] == part or option in close[:1] else LIKELY
    for option in own[:1] if not part and not close else ():
        yield option, POSSIBLE


def _by(
    scene: Scene, call: ast.Call, word: ast.keyword, keys: tuple[str, str], likely: float
) -> Candidate:
    left, right = (quoted(scene, word.value, key) for key in keys)
    kept = [scene.text(each) for each in call.keywords if each is not word]
    words = [f"left_on={left}", f"right_on={right}", *kept]
    text = call_of(scene, call, arguments(scene, call), words)
    return instead(scene, call, text, likely, f"Join by '{keys[0]}' and '{keys[1]}'")


RULE = rule("merged", "KeyError", candidates)
