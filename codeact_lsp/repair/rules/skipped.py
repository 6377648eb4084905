"""One of the items that a loop goes through is not like the others: a head, or an empty line.

Answers ValueError, IndexError, KeyError, AttributeError, TypeError and what `json` says of no text,
in a loop. That what is left out is of no use, the code does not tell, but for the head of a table
and for blank lines: all others hide the failure.

    for row in csv.reader(file): int(row[1])    ->  next(rows, None) before it, of a head
    for line in lines: key, value = line.split  ->  if not line.strip(): continue, stops the crash
    [json.loads(line) for line in file]         ->  ... for line in file if line.strip()]
    for line in lines: re.match(p, line)[1]     ->  if not found: continue, stops the crash
    for row in rows: total += row["price"]      ->  if "price" not in row: continue, stops the crash
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.repair.candidates import GUESS, LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, line_before, operand

_NO_NUMBER = (
    r"could not convert string to float: '([^\d']*)'|invalid literal for int\(\) .*: '([^\d']*)'"
)
_TOO_FEW = r"not enough values to unpack|list index out of range|string index out of range"
_NO_JSON = r"Expecting value: line \d+ column 1 \(char [01]\)"
_MARGIN = 0.15
# Nothing in the place of an item is still less often meant than one item less.
_RATHER = GUESS + 0.05
# Here it is nothing that is meant more often.
_LACKING = GUESS - 0.02
_QUOTES = "'\""
_Loop = ast.For | ast.comprehension


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To go past it."""
    loops = list(_loops(scene))
    if not loops:
        return
    loop = loops[0]
    if scene.error.type == "KeyError":
        yield from _past_lacking(scene, loop)
        return
    said = scene.said(_NO_NUMBER)
    word = (said[1] or said[2] or "") if said else ""
    if said and word.strip():
        if not _has_names(scene, loop):
            yield from _past_head(scene, loop)
    elif said or scene.said(_TOO_FEW) or scene.said(_NO_JSON):
        yield from _past_blank(scene, loop) or _past_empty(scene, loop)
    elif scene.said("'NoneType'"):
        yield from _past_nothing(scene, loop)


def _loops(scene: Scene) -> Iterator[_Loop]:
    """The loops around the place, innermost first."""
    for node in scene.around(scene.first, ast.AST):
        match node:
            case ast.For(iter=source) if source is not scene.first:
                yield node
            case (
                ast.ListComp(generators=[only])
                | ast.SetComp(generators=[only])
                | ast.GeneratorExp(generators=[only])
                | ast.DictComp(generators=[only])
            ):
                yield only
            case _:
                pass


def _past_head(scene: Scene, loop: _Loop) -> Iterator[Candidate]:
    """The first row of a file, or of lines, has the names of the others."""
    source = loop.iter
    statement = next(scene.around(source, ast.stmt), None)
    match source:
        case ast.Name(id=name) if statement and _is_read(scene, name):
            edit = line_before(scene, statement, f"next({name}, None)")
            yield Candidate("Go past the head", edit, LIKELY)
        case ast.Call() if called(source) == "reader":
            yield instead(
                scene, source, f"list({scene.text(source)})[1:]", LIKELY, "Go past the head"
            )
        case ast.Call() if called(source) in {"splitlines", "readlines", "split"}:
            yield instead(scene, source, f"{scene.text(source)}[1:]", LIKELY, "Go past the head")
        case ast.Name() if scene.kind(source) in {"list", "tuple", None}:
            text = f"{operand(scene, source)}[1:]"
            yield instead(scene, source, text, LIKELY - _MARGIN, "Go past the head")
        case _:
            return


def _has_names(scene: Scene, loop: _Loop) -> bool:
    """Whether values of an item are asked for by name: among such rows there is no head."""
    item = ast.unparse(loop.target)
    for node in ast.walk(scene.body):
        match node:
            case ast.Subscript(value=owner, slice=ast.Constant(value=str())):
                pass
            case ast.Call(func=ast.Attribute(value=owner, attr="get")):
                pass
            case _:
                continue
        if ast.unparse(owner) == item:
            return True
    return False


def _is_read(scene: Scene, name: str) -> bool:
    """Whether the variable goes through a file, row by row or line by line."""
    for node in ast.walk(scene.body):
        match node:
            case ast.Assign(targets=[ast.Name(id=made)], value=ast.Call() as call) if made == name:
                return called(call) in {"reader", "open", "iter"}
            case ast.withitem(optional_vars=ast.Name(id=made)) if made == name:
                return True
            case _:
                pass
    return False


def _past_blank(scene: Scene, loop: _Loop) -> list[Candidate]:
    """A line of nothing but blanks says nothing: what it would have been read as, nobody misses."""
    match loop.target:
        case ast.Name(id=name) if str(scene.literal(loop.target)).isspace():
            made = _unless(scene, loop, f"{name}.strip()", "Go past blank lines")
            return [replace(made, likely=LIKELY, hides=False)]
        case _:
            return []


def _past_empty(scene: Scene, loop: _Loop) -> Iterator[Candidate]:
    match loop.target:
        case ast.Name(id=name):
            is_text = re.search(
                rf"\b{name}\.(?:split|strip|partition|rsplit)\(|\({name}\)", _body(scene)
            )
            asked = f"{name}.strip()" if is_text else name
            yield _unless(scene, loop, asked, f"Leave out what is empty of '{name}'")
        case _:
            return


def _body(scene: Scene) -> str:
    return ast.unparse(scene.body)


def _past_nothing(scene: Scene, loop: _Loop) -> Iterator[Candidate]:
    """Where what was found for an item is None."""
    match scene.failed:
        case ast.Attribute(value=ast.Name(id=name)) | ast.Subscript(value=ast.Name(id=name)):
            pass
        case _:
            return
    statement = scene.statement
    is_loop = isinstance(loop, ast.For) and statement is not loop
    if is_loop and statement is not None:
        title = f"Go past what has no '{name}'"
        yield _continue(scene, statement, f"{name} is None", _RATHER, title)
    elif isinstance(loop, ast.comprehension) and ast.unparse(loop.target) == name:
        yield _unless(scene, loop, f"{name} is not None", f"Leave out where '{name}' is None")


def _past_lacking(scene: Scene, loop: _Loop) -> Iterator[Candidate]:
    """Where an item has no such key, or is not among the keys of what it is looked up in."""
    match scene.failed:
        case ast.Subscript(value=ast.Name(id=owner), slice=key):
            names = {node.id for node in ast.walk(scene.failed) if isinstance(node, ast.Name)}
        case _:
            return
    made = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
    if not names & made:
        return
    asked, title = scene.text(key), f"Leave out what is not in '{owner}'"
    if owner in made:
        title = f"Leave out what has no '{asked.strip(_QUOTES)}'"
    if isinstance(loop, ast.comprehension):
        yield _only(scene, loop, f"{asked} in {owner}", _LACKING, title)
    elif scene.statement is not None and scene.statement is not loop:
        yield _continue(scene, scene.statement, f"{asked} not in {owner}", _LACKING, title)


def _unless(scene: Scene, loop: _Loop, asked: str, title: str) -> Candidate:
    if isinstance(loop, ast.comprehension):
        return _only(scene, loop, asked, _RATHER, title)
    return _continue(scene, loop.body[0], f"not {asked}", _RATHER, title)


def _only(
    scene: Scene, loop: ast.comprehension, asked: str, likely: float, title: str
) -> Candidate:
    last = loop.ifs[-1] if loop.ifs else loop.iter
    text = f"{scene.text(last)} {'and' if loop.ifs else 'if'} {asked}"
    return instead(scene, last, text, likely, title, hides=True)


def _continue(scene: Scene, statement: ast.stmt, when: str, likely: float, title: str) -> Candidate:
    margin = " " * (statement.col_offset + 4)
    edit = line_before(scene, statement, f"if {when}:\n{margin}continue")
    return Candidate(title, edit, likely, hides=True)


RULE = rule(
    "skipped", "ValueError IndexError KeyError AttributeError TypeError JSONDecodeError", candidates
)
