"""A small function of several parameters where it is given one value that holds them all.

Answers TypeError.

    sorted(d.items(), key=lambda k, v: v)   ->  sorted(d.items(), key=lambda item: item[1])
    sorted(rows, key=rows[1])               ->  sorted(rows, key=lambda item: item[1])
    max(rows, key="age")                    ->  max(rows, key=lambda item: item["age"])
    max(rows, key="age"), of objects        ->  max(rows, key=lambda item: item.age)
    sorted(rows, key=lambda a, b: a.n)      ->  sorted(rows, key=lambda a: a.n)
    sorted(d.items(), key=lambda p, n: p[1])   ->  sorted(d.items(), key=lambda p: p[1])
    sorted(rows, key=lambda: row.n)         ->  sorted(rows, key=lambda row: row.n)
    on_end = lambda: ends.append(tag)       ->  on_end = lambda tag: ends.append(tag)
    on_end = lambda tag, n: ends.append(tag)   ->  on_end = lambda tag: ends.append(tag)
"""

import ast
import builtins
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, replaced, together

_FEWEST = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To take the one, and to look the parts up in it."""
    if scene.said("object is not callable"):
        for call in scene.calls():
            for word in call.keywords:
                if word.arg == "key" and isinstance(word.value, ast.Subscript):
                    text = f"lambda item: item[{scene.text(word.value.slice)}]"
                    yield instead(scene, word.value, text, SURE)
                yield from _by_name(scene, word)
    if scene.said(r"<lambda>\(\) missing \d+ required positional argument"):
        for node in scene.inside(ast.Lambda):
            names = [each.arg for each in node.args.args]
            if len(names) >= _FEWEST:
                yield _with_read(scene, node, names) or _of_one(scene, node, names)
        yield from _made_elsewhere(scene)
    if scene.said(r"<lambda>\(\) takes 0 positional arguments but 1 was given"):
        for node in scene.inside(ast.Lambda):
            yield from _with_unknown(scene, node)
        yield from _made_elsewhere(scene)


def _by_name(scene: Scene, word: ast.keyword) -> Iterator[Candidate]:
    """What the items have under a name, where only the name of it is given."""
    match word:
        case ast.keyword(arg="key", value=ast.Constant(value=str(name)) as written):
            text = f"lambda item: item[{scene.text(written)}]"
            yield instead(scene, written, text, SURE)
            if name.isidentifier():
                yield instead(scene, written, f"lambda item: item.{name}", SURE)
        case _:
            return


def _with_read(scene: Scene, node: ast.Lambda, names: list[str]) -> Candidate | None:
    """Without all parameters but the first, if it reads no other and is given no pairs."""
    read = {each.id for each in ast.walk(node.body) if isinstance(each, ast.Name)}
    call = scene.parents.get(scene.parents[node])
    gives_pairs = call is not None and any(
        isinstance(each, ast.Call) and called(each) in {"items", "enumerate", "zip"}
        for each in ast.walk(call)
    )
    looked_into = {
        each.value.id for each in ast.walk(node.body)
        if isinstance(each, ast.Subscript) and isinstance(each.value, ast.Name)
    }  # fmt: skip
    is_pair = gives_pairs and names[0] not in looked_into
    if names[0] not in read or read & {*names[1:]} or is_pair:
        return None
    text = f"lambda {names[0]}: {scene.text(node.body)}"
    return instead(scene, node, text, SURE)


def _with_unknown(scene: Scene, node: ast.Lambda) -> Iterator[Candidate]:
    """With the one name that it reads and nothing makes."""
    inner = {each.id for each in ast.walk(node.body) if isinstance(each, ast.Name)}
    unknown = [name for name in inner if name in scene.unbound]
    for name in unknown if len(unknown) == 1 else inner - {*scene.imported, *dir(builtins)}:
        text = f"lambda {name}: {scene.text(node.body)}"
        yield instead(scene, node, text, SURE if len(unknown) == 1 else LIKELY)


def _made_elsewhere(scene: Scene) -> Iterator[Candidate]:
    """One that another function of the plan has made, and that takes nothing, or one too many."""
    said = scene.said(r"(\w+)\.<locals>\.<lambda>\(\) (?:takes 0|missing 1 .*'(\w+)'$)")
    for there, node in scene.everywhere(ast.Lambda) if said else ():
        function, names = there.function(node), [each.arg for each in node.args.args]
        if not (said and function and function.name == said[1]):
            continue
        if not (names or said[2]):
            yield from _with_unknown(there, node)
        elif names[1:] == [said[2]] and (found := _with_read(there, node, names)):
            yield found


def _of_one(scene: Scene, node: ast.Lambda, names: list[str]) -> Candidate:
    uses = [each for each in ast.walk(node.body) if isinstance(each, ast.Name)]
    edits = [
        replaced(scene, use, f"item[{names.index(use.id)}]") for use in uses if use.id in names
    ]
    start, end = scene.span(node.args.args[0]).start, scene.span(node.args.args[-1]).end
    edit = together(scene, TextEdit(Span(start, end), "item"), *edits)
    return Candidate("Take one item, and look its parts up", edit, SURE)


RULE = rule("lambdas", "TypeError", candidates)
