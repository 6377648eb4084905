"""A key that is met for the first time where something is kept under it.

Answers KeyError. Reading what is not there is another matter, and another rule's.

    groups[tag].append(x)     ->  groups.setdefault(tag, []).append(x)
    counts[word] += 1         ->  counts[word] = counts.get(word, 0) + 1
    n[word] = n[word] + 1     ->  n[word] = n.get(word, 0) + 1
    for c in word: node = node[c]     ->  if c not in node: return False, before it
    if seen[x] is not None:   ->  if seen.get(x) is not None:
    y = seen[x]; if y is NO:  ->  y = seen.get(x, NO)
    n[word]; n[word] += 1     ->  n.setdefault(word, 0); n[word] += 1
    if x not in groups[tag]:  ->  if x not in groups.setdefault(tag, []):
    node = node.children[c]   ->  node = node.children.setdefault(c, Trie()), in its class
    name = ALIASES[name]      ->  name = ALIASES.get(name, name)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, line_before, operand

_BEGINNINGS = {
    "append": "[]", "extend": "[]", "insert": "[]", "add": "set()", "update": "{}",
    "setdefault": "{}",
}  # fmt: skip


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Something to begin with under the key."""
    for item in scene.inside(ast.Subscript):
        yield from _begun(scene, item)
        yield from _told_apart(scene, item)
        yield from _grown(scene, item)
        yield from _missed(scene, item)
        yield from _as_it_is(scene, item)


def _begun(scene: Scene, item: ast.Subscript) -> Iterator[Candidate]:
    owner, key = operand(scene, item.value), scene.text(item.slice)
    around = scene.parents.get(item)
    match around:
        case ast.Attribute(attr=method) if method in _BEGINNINGS:
            text = f"{owner}.setdefault({key}, {_BEGINNINGS[method]})"
            yield instead(scene, item, text, SURE)
        case ast.BinOp(op=ast.Add()) if _is_set_to(scene, item, around):
            yield instead(scene, item, f"{owner}.get({key}, {_neutral(around)})", SURE)
        case ast.AugAssign(target=target, op=ast.Add() | ast.Sub()) if target is item:
            yield _counted(scene, around, owner, key)
        case ast.Subscript(ctx=ast.Store(), value=value) if value is item:
            yield instead(scene, item, f"{owner}.setdefault({key}, {{}})", SURE)
        case ast.Compare(left=left, comparators=[ast.Constant(value=None)]) if left is item:
            yield instead(scene, item, f"{owner}.get({key})", SURE)
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) if test is item:
            yield instead(scene, item, f"{owner}.get({key})", LIKELY - 0.05)
        case ast.UnaryOp(op=ast.Not()):
            yield instead(scene, item, f"{owner}.get({key})", LIKELY - 0.05)
        case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[held]) if held is item:
            yield from _put_there(scene, item, LIKELY)
        case ast.Expr():
            # Alone in its line, it can only have been meant to put something there.
            yield from _put_there(scene, item, SURE)
        case _:
            return


def _told_apart(scene: Scene, item: ast.Subscript) -> Iterator[Candidate]:
    """What the variable that keeps it is asked for afterwards, where nothing is there."""
    owner, key = operand(scene, item.value), scene.text(item.slice)
    match scene.parents.get(item):
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.NamedExpr(target=ast.Name(id=name)):
            for asked in _asked_of(scene, name, item.lineno)[:1]:
                more = "" if asked == "None" else f", {asked}"
                yield instead(scene, item, f"{owner}.get({key}{more})", LIKELY)
        case _:
            return


def _asked_of(scene: Scene, name: str, line: int) -> list[str]:
    """What a variable is asked to be or not to be from a line on, where there is no value."""
    found = list[tuple[int, str]]()
    for node in scene.nearby(ast.Compare):
        left = node.left.target if isinstance(node.left, ast.NamedExpr) else node.left
        if isinstance(node.ops[0], ast.Is | ast.IsNot) and ast.unparse(left) == name:
            found.append((node.lineno, scene.text(node.comparators[0])))
    return [text for at, text in sorted(found) if at >= line]


def _put_there(scene: Scene, item: ast.Subscript, likely: float) -> Iterator[Candidate]:
    owner, key = operand(scene, item.value), scene.text(item.slice)
    for nothing in list(dict.fromkeys(_kept_there(scene, item)))[:1]:
        yield instead(scene, item, f"{owner}.setdefault({key}, {nothing})", likely)


def _kept_there(scene: Scene, item: ast.Subscript) -> Iterator[str]:
    """What the function takes for granted under the key."""
    for other in scene.nearby(ast.Subscript):
        if ast.unparse(other.value) == ast.unparse(item.value):
            match scene.parents.get(other):
                case ast.Attribute(attr=method) if method in _BEGINNINGS:
                    yield _BEGINNINGS[method]
                case ast.Subscript(value=value) if value is other:
                    yield "{}"
                case ast.AugAssign(target=target, op=ast.Add() | ast.Sub()) if target is other:
                    yield "0"
                case _:
                    pass


def _grown(scene: Scene, item: ast.Subscript) -> Iterator[Candidate]:
    """One more of the objects of the class, on the way down a tree of them."""
    kind = next(scene.around(item, ast.ClassDef), None)
    match scene.parents.get(item), item.value:
        case (
            ast.Assign(targets=[ast.Name(id=name)]),
            ast.Attribute(value=ast.Name(id=owner)),
        ) if name == owner and kind is not None:
            key = scene.text(item.slice)
            text = f"{scene.text(item.value)}.setdefault({key}, {kind.name}())"
            yield instead(scene, item, text, LIKELY)
        case _:
            return


def _missed(scene: Scene, item: ast.Subscript) -> Iterator[Candidate]:
    """No answer, in a search that goes down from key to key and finds one that is not there."""
    function = scene.function(item)
    match scene.parents.get(item), item.value:
        case ast.Assign(targets=[ast.Name(id=name)]) as step, ast.Name(id=owner) if (
            name == owner and function is not None
        ):
            answers = [n.value for n in ast.walk(function) if isinstance(n, ast.Return)]
            inner = " " * (step.col_offset + 4)
            line = f"if {scene.text(item.slice)} not in {name}:\n{inner}return False"
            title = f"Return False where '{scene.text(item.slice)}' is not there"
            if any(_is_answer(each) for each in answers):
                yield Candidate(title, line_before(scene, step, line), LIKELY - 0.05)
        case _:
            return


def _as_it_is(scene: Scene, item: ast.Subscript) -> Iterator[Candidate]:
    """The key itself, where it is put in the place of what it is looked up as."""
    match scene.parents.get(item), item.slice:
        case ast.Assign(targets=[ast.Name(id=name)], value=whole), ast.Name(id=key) if (
            whole is item and name == key
        ):
            text = f"{operand(scene, item.value)}.get({key}, {key})"
            yield instead(scene, item, text, POSSIBLE + 0.1)
        case _:
            return


def _is_answer(value: ast.expr | None) -> bool:
    is_constant = isinstance(value, ast.Constant) and isinstance(value.value, bool)
    return is_constant or isinstance(value, ast.Compare)


def _is_set_to(scene: Scene, item: ast.Subscript, value: ast.expr) -> bool:
    """Whether what is kept under the key is set to a sum with itself."""
    match scene.parents.get(value):
        case ast.Assign(targets=[target], value=whole) if whole is value:
            return ast.unparse(target) == ast.unparse(item)
        case _:
            return False


def _neutral(added: ast.BinOp) -> str:
    """What changes nothing where it is added."""
    sides = (added.left, added.right)
    return "[]" if any(isinstance(side, ast.List | ast.ListComp) for side in sides) else "0"


def _counted(scene: Scene, added: ast.AugAssign, owner: str, key: str) -> Candidate:
    sign = "+" if isinstance(added.op, ast.Add) else "-"
    start = "[]" if isinstance(added.value, ast.List | ast.ListComp) else "0"
    value = operand(scene, added.value)
    text = f"{owner}[{key}] = {owner}.get({key}, {start}) {sign} {value}"
    return instead(scene, added, text, SURE)


RULE = rule("first-values", "KeyError", candidates)
