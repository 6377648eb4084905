"""A function that is given nothing, or finds nothing, and does not ask whether there is something.

Answers IndexError, ValueError, KeyError, StopIteration and TypeError of something empty, and
UnboundLocalError of what only a loop sets. What it gives then follows from what it gives otherwise;
where it gives nothing, that only stops the crash.

    first = rows[0]; return sorted(rows)        ->  if not rows: return [], before all
    for i in range(len(rows)): ...; return i    ->  if not rows: return 0, before all
    found = find(rows); found[0]; return True   ->  if not found: return True, before that
    rows[0].close()                             ->  if not rows: return, stops the crash
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, POSSIBLE, Candidate, rule
from codeact_lsp.repair.for_nothing import answer_for_nothing, own_parts
from codeact_lsp.repair.names import missing
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import line_before

_EMPTY = frozenset({"[]", "()", "{}", "''", "set()", "b''", "frozenset()", "deque([])"})
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_MOST = 3


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To return before anything is asked of it."""
    function = scene.function(scene.first)
    if function is None:
        return
    for empty in list(dict.fromkeys(_empty(scene, function)))[:_MOST]:
        answer = answer_for_nothing(scene, function, empty)
        if answer is None:
            continue
        statement = _place(scene, function, empty)
        inner = " " * (2 * statement.col_offset - function.col_offset)
        text = f"if not {empty}:\n{inner}return{answer and f' {answer}'}"
        title = f"Return {answer or 'at once'} where '{empty}' is empty"
        edit = line_before(scene, statement, text)
        yield Candidate(title, edit, POSSIBLE if answer else GUESS, hides=not answer)


def _empty(scene: Scene, function: Function) -> Iterator[str]:
    """What is empty; where a loop has set nothing, what it may have gone through."""
    if scene.error.type == "TypeError" and not scene.said("empty"):
        return  # What is asked of it could not be asked of one with something in it either.
    if scene.error.type != "UnboundLocalError":
        yield from (seen.text for seen in scene.error.values if _is_empty(seen.value, seen.text))
        return
    loops = [node for node in own_parts(function) if isinstance(node, _LOOPS)]
    for loop in loops:
        if missing(scene) in _set_by(loop):
            yield from _sources(function, loop)


def _is_empty(value: str, text: str) -> bool:
    return value in _EMPTY and text.replace(".", "").isidentifier()


def _set_by(loop: ast.stmt) -> set[str]:
    names = (node for node in ast.walk(loop) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Store)}


def _sources(function: Function, loop: ast.For | ast.AsyncFor | ast.While) -> Iterator[str]:
    """The parameters that a loop goes through, be that by way of other variables."""
    waiting = [loop.test if isinstance(loop, ast.While) else loop.iter]
    taken, known = {each.arg for each in function.args.args}, set[str]()
    while waiting:
        names = {n.id for n in ast.walk(waiting.pop(0)) if isinstance(n, ast.Name)} - known
        known |= names
        yield from sorted(names & taken)
        waiting += [value for name in sorted(names) for value in _made_of(function, name)]


def _made_of(function: Function, name: str) -> Iterator[ast.expr]:
    """What a variable is made of: what it is set to, and what a loop that fills it goes through."""
    for node in own_parts(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=made)], value=value) if made == name:
                yield value
            case ast.For(iter=source) if name in _filled_by(node):
                yield source
            case _:
                pass


def _filled_by(loop: ast.For) -> set[str]:
    owners = (node.value for node in ast.walk(loop) if isinstance(node, ast.Attribute))
    return _set_by(loop) | {owner.id for owner in owners if isinstance(owner, ast.Name)}


def _place(scene: Scene, function: Function, empty: str) -> ast.stmt:
    """Before all that the function does; before what fails, if it is the function that made it."""
    first, *more = function.body
    is_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    body = more if is_doc and more else function.body
    given = {each.arg for each in function.args.args}
    if empty in given and not any(empty in _set_by(each) for each in body):
        return body[0]
    around = list(scene.around(scene.first, ast.stmt))
    return next((each for each in body if each in around), body[0])


RULE = rule(
    "given-nothing",
    "IndexError ValueError KeyError StopIteration TypeError UnboundLocalError",
    candidates,
)
