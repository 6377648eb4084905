"""Names on the left that do not fit what comes from the right.

Answers ValueError, TypeError and AttributeError.

    for k, v in table:              ->  for k, v in table.items():
    for i, x in rows:               ->  for i, x in enumerate(rows):
    for i, x in line.split(","):    ->  for i, x in enumerate(line.split(",")):
    key, value = line.split("=")    ->  key, value = line.split("=", 1)
    for k, v in text.split(","):    ->  for k, v in (part.split("=") for part in text.split(",")):
    while queue: x, y = queue       ->  x, y = queue.popleft()
    word, n = words.most_common(1)  ->  word, n = words.most_common(1)[0]
    name, ending = file.split(".")  ->  name, ending = file.rsplit(".", 1)
    source, cost = line.split(";")  ->  source, cost = line.split(",")
    if "#" in url: a, b = url.split("?")   ->  url.split("#")
    a, b, extra = match.groups()    ->  a, b = match.groups()
    x[i], = x[j], x[i]              ->  x[i], x[j] = x[j], x[i]
    name, = pair; ... address       ->  name, address = pair, if nothing else makes it
    i, = 0, len(a); ... i, n = 0, len(b)  ->  i, n = 0, len(a)
    for a, b in pair:               ->  for a, b in [pair]:
    for one, other in ones, others:     ->  for one, other in zip(ones, others):
    for one, other in ones:         ->  for one, other in zip(ones, others)
    for i, (a, b) in enumerate(ones):      ->  for i, (a, b) in enumerate(zip(ones, others)):
    for a, b in ones:               ->  for a, b in zip(ones, others), which nothing else reads
    for a, _min in ones:            ->  for a, _min in zip(ones, minimums)
    rows.extend((a, b)); for a, b in rows:   ->  rows.append((a, b))
    for a, b in old_rows:           ->  for a, b in zip(old_rows, new_rows)
    for k, v in range(len(pairs)):  ->  for k, v in pairs:
    for i, x, y in enumerate(ones): ->  for i, (x, y) in enumerate(ones):
    rows = read(); use(rows)        ->  rows, rest = read(), as elsewhere or as returned
    dict(names)                     ->  dict(zip(names, values)), where nothing reads `values`
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.repair.beginnings import begun_as
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.for_nothing import Kinds
from codeact_lsp.repair.names_to_unpack import (
    COUNTS,
    in_brackets,
    names_of_parts,
    only_one,
    other_names,
)
from codeact_lsp.repair.parts_of_results import in_pairs, kept_whole
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.split_otherwise import split_otherwise
from codeact_lsp.repair.together import beside, is_first_one
from codeact_lsp.repair.wider import answering
from codeact_lsp.repair.writing import instead, operand

# How the place of an item is called, and hardly ever a part of one.
_NUMBER = re.compile(
    r"i+|j+|n|no|nr|num|at|(?:\w+_)?(?:idx|index|number|position|place|lineno|count)"
)
_PAIR = 2
# Surer than that the values are to be gone through.
_MARGIN = 0.02
# What goes through its first argument and gives what it finds there.
_PASS_ON = frozenset(["max", "min", "sorted", "list", "reversed", "iter", "tuple"])


def candidates(scene: Scene) -> Iterator[Candidate]:
    """As many names as values, or the values that were meant."""
    yield from names_of_parts(scene)
    yield from kept_whole(scene)
    yield from in_pairs(scene)
    yield from _taken_out(scene)
    yield from _of_nothing(scene)
    said = scene.said(COUNTS)
    for target, source in _unpacked(scene) if said else ():
        match target, source:
            case ast.Tuple(elts=[_, parts]), ast.Call(func=ast.Name("enumerate"), args=[whole]):
                yield from beside(scene, parts, whole)
            case _:
                pass
        is_short = said and (said["type"] or said["got"])
        together = list(beside(scene, target, source)) if is_short else []
        yield from together
        if not isinstance(target, ast.Tuple | ast.List):
            continue
        yield from _at_places(scene, source)
        yield from in_brackets(scene, target, source)
        if said and said["got"] == "1":
            yield from only_one(scene, target, source)
        yield from _numbered(scene, target, source)
        for candidate in _other_values(scene, source):
            # What is there to be gone through together with it is seldom there for nothing.
            is_number = "enumerate" in candidate.title and (
                together or is_first_one(target, source)
            )
            yield replace(candidate, likely=POSSIBLE) if is_number else candidate
        yield from _filled_whole(scene, target, source)
        if said and isinstance(target, ast.Tuple | ast.List):
            yield from other_names(scene, target, said, _is_split(source))


def _taken_out(scene: Scene) -> Iterator[Candidate]:
    """One of what a loop goes on to take things out of, for all of it."""
    match scene.statement:
        case ast.Assign(targets=[ast.Tuple()], value=ast.Name(id=name) as whole):
            pass
        case _:
            return
    tests = [each.test for each in scene.around(scene.statement, ast.While)]
    asked = {node.id for test in tests for node in ast.walk(test) if isinstance(node, ast.Name)}
    kind = scene.kind(whole)
    if name in asked or begun_as(scene, name) == "deque":
        is_queue = "deque" in {kind, begun_as(scene, name)}
        for number, method in enumerate(("popleft", "pop") if is_queue else ("pop",)):
            yield instead(scene, whole, f"{name}.{method}()", SURE + _MARGIN - number / 10)


def _of_nothing(scene: Scene) -> Iterator[Candidate]:
    """As many zeros as a function gives otherwise, where it gives None for nothing."""
    statement = scene.statement
    if statement is None or not scene.said("cannot unpack non-iterable NoneType"):
        return
    there = Scene(scene.plan, scene.error, scene.span(statement))
    for home, function in answering(there):
        returns = [node for node in ast.walk(function) if isinstance(node, ast.Return)]
        groups = [node.value for node in returns if isinstance(node.value, ast.Tuple)]
        kinds = {Kinds(home, function).of(each) for group in groups for each in group.elts}
        for node in returns if groups and kinds <= {"int", "float", None} else ():
            if node.value is None or ast.unparse(node.value) == "None":
                text = ", ".join(["0"] * len(groups[0].elts))
                title = f"In '{function.name}': return '{text}'"
                yield instead(home, node, f"return {text}", POSSIBLE, title, hides=True)


def _is_split(source: ast.expr) -> bool:
    return isinstance(source, ast.Call) and ast.unparse(source.func).endswith("split")


def _unpacked(scene: Scene) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What is unpacked around the place, and into what."""
    for node in scene.around(scene.first, ast.AST):
        match node:
            case ast.Assign(targets=[target], value=value):
                yield target, value
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                yield target, value
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                yield from ((each.target, each.iter) for each in node.generators)
            case _:
                pass


def _other_values(scene: Scene, source: ast.expr) -> Iterator[Candidate]:
    match source:
        case ast.Call(func=ast.Attribute(attr="split"), args=[_, *_]):
            yield from _split(scene, source)
        case ast.GeneratorExp(elt=item) | ast.ListComp(elt=item):
            yield from _other_values(scene, item)
        case ast.Call(func=ast.Name(id=name), args=[inner, *_]) if name in _PASS_ON:
            yield instead(scene, inner, f"{operand(scene, inner)}.items()", SURE)
            if _wanted(scene, source) == _PAIR and scene.said("cannot unpack non-iterable"):
                yield instead(scene, source, f"enumerate({scene.text(source)})", SURE)
            yield instead(scene, inner, f"enumerate({scene.text(inner)})", POSSIBLE)
        case ast.Call(func=ast.Name("enumerate" | "zip")):
            return
        case ast.Tuple(elts=[_, _, *_]):
            yield instead(scene, source, f"zip({scene.text(source).strip('()')})", SURE)
        case ast.Name() | ast.Attribute() | ast.Subscript() | ast.Call():
            is_call = isinstance(source, ast.Call)
            yield instead(scene, source, f"{operand(scene, source)}.items()", SURE)
            likely = POSSIBLE if is_call or isinstance(source, ast.Subscript) else LIKELY
            match source:
                case ast.Subscript(
                    value=many, slice=ast.Constant(value=int()) | ast.Name() as end
                ) if ast.unparse(end) != "0":
                    first = f"{operand(scene, many)}[:{scene.text(end)}]"
                    yield instead(scene, source, first, LIKELY - 0.05)
                case _:
                    pass
            if _is_only_one(scene, source):
                is_part = isinstance(source, ast.Subscript)
                only = POSSIBLE if is_part else LIKELY
                yield instead(scene, source, f"[{scene.text(source)}]", only)
            yield instead(scene, source, f"enumerate({scene.text(source)})", likely)
        case _:
            pass


def _split(scene: Scene, source: ast.Call) -> Iterator[Candidate]:
    """A text taken apart otherwise; nobody does it to get one part."""
    wanted = _wanted(scene, source)
    for candidate in split_otherwise(scene, source, wanted):
        yield candidate if wanted > 1 else replace(candidate, likely=POSSIBLE)


def _numbered(scene: Scene, target: ast.Tuple | ast.List, source: ast.expr) -> Iterator[Candidate]:
    """Numbers and items, where the parts of a text are gone through by such names."""
    is_loop = any(source is each.iter for each in scene.loops)
    is_call = isinstance(source, ast.Call) and ast.unparse(source.func) != "enumerate"
    match target.elts:
        case [ast.Name(id=name), _] if is_loop and is_call and _NUMBER.fullmatch(name):
            text = f"enumerate({scene.text(source)})"
            yield instead(scene, source, text, SURE + _MARGIN)
        case _:
            return


def _at_places(scene: Scene, source: ast.expr) -> Iterator[Candidate]:
    """What is at the places that are gone through."""
    match source:
        case ast.Call(func=ast.Name("range"), args=[ast.Call(func=ast.Name("len"), args=[of])]):
            yield instead(scene, source, scene.text(of), SURE)
            yield instead(scene, source, f"{operand(scene, of)}.items()", LIKELY)
            yield instead(scene, source, f"enumerate({scene.text(of)})", POSSIBLE)
        case _:
            return


def _is_only_one(scene: Scene, source: ast.expr) -> bool:
    """Whether it is one of those that are to be taken apart, and no list of them."""
    items = scene.literal(source)
    return isinstance(items, tuple) and len(items) == _wanted(scene, source)


def _wanted(scene: Scene, source: ast.expr) -> int:
    """Into how many names a value is unpacked; two where that is not written there."""
    targets = [target for target, value in _unpacked(scene) if source in ast.walk(value)]
    names = [each.elts for each in targets if isinstance(each, ast.Tuple | ast.List)]
    return len(names[0]) if names else _PAIR


def _filled_whole(
    scene: Scene, target: ast.Tuple | ast.List, source: ast.expr
) -> Iterator[Candidate]:
    """A list of such groups, to which one was added part by part."""
    for call in scene.nearby(ast.Call):
        match call:
            case ast.Call(
                func=ast.Attribute(value=owner, attr="extend"), args=[ast.Tuple(elts=parts)]
            ) if len(parts) == len(target.elts) and ast.unparse(owner) == ast.unparse(source):
                text = f"{scene.text(owner)}.append({scene.text(call.args[0])})"
                yield instead(scene, call, text, SURE + _MARGIN)
            case _:
                pass
    for there, call in scene.everywhere(ast.Call):
        match call:
            case ast.Call(
                func=ast.Attribute(value=owner, attr="extend"), args=[ast.Tuple(elts=parts)]
            ) if len(parts) == len(target.elts):
                text = f"{there.text(owner)}.append({there.text(call.args[0])})"
                yield instead(there, call, text, LIKELY)
            case _:
                pass


RULE = rule("unpacking", "ValueError TypeError AttributeError", candidates)
