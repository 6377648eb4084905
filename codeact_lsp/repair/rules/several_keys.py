"""Several keys or columns at once that are written otherwise than what there is.

Answers KeyError, ValueError, TypeError and AttributeError. What there is was seen when the code
failed; one of them alone would only have the next one fail.

    user["firstName"] + user["lastName"]     ->  user["first_name"] + user["last_name"]
    df[["Regoin", "shop_id"]]                ->  df[["region", "Shop ID"]]
    df.groupby(["Regoin", "Shpo"])           ->  df.groupby(["Region", "Shop"])
    settings.database.host, of dictionaries  ->  settings["database"]["host"]
"""

import ast
import re
from collections.abc import Iterator
from difflib import SequenceMatcher, get_close_matches

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand, quoted, replaced, together

_KEY = re.compile(r"(?:^|[{,] ?)(['\"])([^'\"]+)\1: ")
_LEAST_ALIKE = 0.6
_MOST_SURE = 0.9
_SEVERAL = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """All of them as they are written."""
    if isinstance(scene.failed, ast.Attribute):
        yield from _looked_up(scene, scene.failed)
    elif scene.error.type != "AttributeError":
        for owner in _owners(scene):
            yield from _renamed(scene, owner)


def _owners(scene: Scene) -> Iterator[ast.expr]:
    """What is asked at the place, and has names that were seen."""
    match scene.failed:
        case ast.Subscript(value=owner) | ast.Call(func=ast.Attribute(value=owner)):
            pass
        case _:
            return
    while isinstance(owner, ast.Attribute | ast.Call | ast.Subscript):
        if _there(scene, owner):
            break
        owner = owner.func if isinstance(owner, ast.Call) else owner.value
    yield owner


def _there(scene: Scene, owner: ast.expr) -> list[str]:
    """The keys of a dictionary, or the columns of a table, as far as they were shown."""
    seen = scene.value(owner)
    if seen is None:
        return []
    if seen.value.startswith("DataFrame "):
        return seen.value.partition(": ")[2].split(", ")
    return [found[2] for found in _KEY.finditer(seen.value)] if seen.type == "dict" else []


def _renamed(scene: Scene, owner: ast.expr) -> Iterator[Candidate]:
    there = _there(scene, owner)
    written = [node for node in _asked(scene, owner) if node.value not in there]
    names = list(dict.fromkeys(str(node.value) for node in written))
    new = _matched(names, there) if there and len(names) >= _SEVERAL else {}
    if new:
        edits = (replaced(scene, node, quoted(scene, node, new[node.value])) for node in written)
        likely = min(SURE, *(_likeness(old, new[old]) for old in names))
        title = f"Rename {len(names)} keys to {', '.join(map(repr, new.values()))}"
        yield Candidate(title, together(scene, *edits), min(likely, _MOST_SURE))


def _asked(scene: Scene, owner: ast.expr) -> Iterator[ast.Constant]:
    """The texts by which the function asks for something in the same object."""
    name = ast.unparse(owner)
    set_here = set()
    found = []
    for node in ast.walk(scene.body):
        match node:
            case ast.Subscript(value=value, slice=key) if ast.unparse(value) == name:
                texts = list(_texts(key))
                set_here |= {t.value for t in texts if isinstance(node.ctx, ast.Store)}
                found += texts
            case ast.Call(func=ast.Attribute(value=value)) if node is scene.failed:
                is_of_table = (scene.kind(owner) or "") == "DataFrame"
                given = [*node.args, *(word.value for word in node.keywords)]
                if is_of_table and ast.unparse(value) == name:
                    found += [text for part in given for text in _texts(part)]
            case _:
                pass
    yield from (text for text in found if text.value not in set_here)


def _texts(key: ast.expr) -> Iterator[ast.Constant]:
    parts = key.elts if isinstance(key, ast.List | ast.Tuple) else [key]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part


def _matched(names: list[str], there: list[str]) -> dict[object, str]:
    """For each what it is called; nothing if that is not certain of all of them."""
    free = [each for each in there if each not in names]
    new: dict[object, str] = {}
    for name in names:
        same = [each for each in free if _letters(each) == _letters(name)]
        like = same or get_close_matches(name, free, 1, _LEAST_ALIKE)
        if len(like) != 1 or like[0] in new.values():
            return {}
        new[name] = like[0]
    return new


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold() or name


def _likeness(name: str, option: str) -> float:
    if _letters(name) == _letters(option):
        return 1.0
    return SequenceMatcher(None, name.casefold(), option.casefold()).ratio()


def _looked_up(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    """A chain of names, as keys of dictionaries within dictionaries."""
    value, whole = scene.literal(node.value), node
    text, steps = operand(scene, node.value), 0
    while isinstance(value, dict) and whole.attr in value:
        text, value, steps = f'{text}["{whole.attr}"]', value[whole.attr], steps + 1
        around = scene.parents.get(whole)
        if not (isinstance(around, ast.Attribute) and isinstance(value, dict)):
            break
        if around.attr not in value:
            return
        whole = around
    if steps >= _SEVERAL:
        yield instead(scene, whole, text, SURE)


RULE = rule("several-keys", "KeyError ValueError TypeError AttributeError", candidates)
