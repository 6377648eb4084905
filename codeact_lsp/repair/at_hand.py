"""Which values may be meant for an argument that is missing: those that are at hand."""

import ast
from collections import Counter
from collections.abc import Iterator

from codeact_lsp.repair.names import unread
from codeact_lsp.repair.orphans import orphans
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import quoted

_MOST_UNREAD = 2
# What is asked of the same thing in two ways is asked with the same.
_PARTNERS = {
    "startswith": "endswith", "endswith": "startswith", "heappush": "heappop",
    "heappop": "heappush", "removeprefix": "startswith", "removesuffix": "endswith",
}  # fmt: skip
# What is given one more value to keep.
_FILLING = frozenset(
    {"append", "appendleft", "add", "insert", "extend", "heappush", "put", "put_nowait"}
)
# What some functions are given most.
_USUAL = {"isinstance": ("str",)}


def at_hand(scene: Scene, call: ast.Call, at: ast.AST | None = None) -> list[str]:
    """What a call may be given yet, as it is written, the likeliest first.

    Args:
        scene: The scene of the call.
        call: The call, which has what it has.
        at: The part in whose place it is to stand, if it is not there yet.
    """
    place = at or call
    function = scene.function(place)
    idle = unread(scene, function)[:_MOST_UNREAD] if function else []
    elsewhere = list(_as_elsewhere(scene, call))
    near = [
        *_of_that_name(scene, call),
        *_asked(scene, place),
        *elsewhere,
        *_made_anew(scene),
        *_made_before(scene),
    ]
    around = [
        *_of_loops(scene, place),
        *parameters(scene, place),
        *_USUAL.get(called(call), ()),
        *_of_object(scene, place),
        *_as_in_others(scene, call),
    ]
    alone = [name for name in orphans(scene) if not _is_no_value(scene, call, name)]
    # A constant is imported to be given to something.
    constants = [name for name in alone if name.isupper()][:_MOST_UNREAD]
    had = {ast.unparse(part) for part in (call.func, *call.args) for part in _owners(part)}
    return [
        each
        for each in dict.fromkeys([*idle, *constants, *near, *alone[:_MOST_UNREAD], *around])
        if each not in had
    ]


def _is_no_value(scene: Scene, call: ast.Call, name: str) -> bool:
    """Whether a name stands for what nobody hands on: a module, or a function among values."""
    modules = {
        alias.asname or alias.name
        for piece in scene.plan.document.pieces
        for node in piece.tree.body if isinstance(node, ast.Import)
        for alias in node.names
    }  # fmt: skip
    return name in modules or (called(call) in _FILLING and not name.isupper())


def _of_that_name(scene: Scene, call: ast.Call) -> Iterator[str]:
    """What is called as the result is: that is kept anew, or of what others beside it are taken."""
    name = next(_kept_as(scene, call), None)
    if isinstance(name, ast.Subscript | ast.Attribute):
        yield scene.text(name)
    match name:
        case ast.Constant(value=str(word)) | ast.Name(id=word):
            yield from _under_key(scene, word)
        case _:
            return


def _under_key(scene: Scene, word: str) -> Iterator[str]:
    """What is there under a key, of the variables that the function asks for others by theirs."""
    for item in scene.nearby(ast.Subscript):
        match item:
            case ast.Subscript(value=ast.Name(id=owner), slice=ast.Constant(value=str()) as key):
                yield f"{owner}[{quoted(scene, key, word)}]"
            case _:
                pass


def _kept_as(scene: Scene, call: ast.Call) -> Iterator[ast.expr]:
    """What the result of a call is kept as: by an assignment, or under a key that is written."""
    for node in scene.around(call, ast.AST):
        match node:
            case ast.Assign(targets=[target]):
                yield target
            case ast.keyword(arg=str(word)):
                yield ast.Name(word)
            case ast.Dict(keys=keys, values=values):
                yield from (
                    key for key, value in zip(keys, values, strict=True)
                    if key and call in ast.walk(value)
                )  # fmt: skip
            case _:
                pass


def _asked(scene: Scene, call: ast.AST) -> Iterator[str]:
    """What the condition compares under which something is done: mostly that is what it is for."""
    test = next((each.test for each in scene.around(call, ast.If) if call in _within(each)), None)
    match test:
        case ast.Compare(left=left, comparators=[right]):
            yield from (part.id for part in (left, right) if isinstance(part, ast.Name))
        case ast.Name(id=name):
            yield name
        case _:
            return


def _within(branch: ast.If) -> Iterator[ast.AST]:
    """What is done where a condition holds, or where it does not."""
    for statement in (*branch.body, *branch.orelse):
        yield from ast.walk(statement)


def parameters(scene: Scene, call: ast.AST) -> list[str]:
    """The names that the function around a call takes."""
    function = scene.function(call)
    taken = [each.arg for each in function.args.args] if function else []
    return [name for name in taken if name not in {"self", "cls"}]


def _of_object(scene: Scene, call: ast.AST) -> Iterator[str]:
    """What the object of a method keeps and goes on filling."""
    owner, method = next(scene.around(call, ast.ClassDef), None), scene.function(call)
    own = method.args.args[0].arg if method and method.args.args else ""
    for node in ast.walk(owner) if owner and own else ():
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(value=ast.Name(), attr=name))):
                yield f"{own}.{name}"
            case _:
                pass


def _owners(part: ast.expr) -> Iterator[ast.expr]:
    """A part, and what it is a member of: nobody adds a list to itself."""
    yield part
    while isinstance(part, ast.Attribute):
        part = part.value
        yield part


def _as_elsewhere(scene: Scene, call: ast.Call) -> Iterator[str]:
    """What the function gives last to the same one, or to its partner, in other places."""
    alike = {called(call), _PARTNERS.get(called(call))}
    for other in scene.nearby(ast.Call):
        if other is not call and called(other) in alike and len(other.args) > len(call.args):
            given = other.args[len(call.args)]
            if isinstance(given, ast.Name | ast.Attribute | ast.Constant | ast.Tuple):
                yield scene.text(given)


def _as_in_others(scene: Scene, call: ast.Call) -> list[str]:
    """What the other functions of the plan give last to the same one, most of them first."""
    given = Counter[str]()
    for there, other in scene.everywhere(ast.Call):
        is_fuller = called(other) == called(call) and len(other.args) == len(call.args) + 1
        if is_fuller and isinstance(other.args[-1], ast.Constant | ast.Tuple | ast.Name):
            given[there.text(other.args[-1])] += 1
    return [text for text, _ in given.most_common(_MOST_UNREAD)]


def _made_anew(scene: Scene) -> Iterator[str]:
    """The variable that the statement sets, where that may have had a value before."""
    match scene.statement:
        case ast.Assign(targets=[ast.Name(id=name)]) as statement:
            before = [each.id for each in scene.nearby(ast.Name) if each.lineno < statement.lineno]
            taken = [each.arg for each in scene.nearby(ast.arg)]
            if name in {*before, *taken}:
                yield name
        case _:
            return


def _made_before(scene: Scene) -> Iterator[str]:
    """The variables that the statements above set or fill, the last ones first."""
    statement = scene.statement
    around = scene.parents.get(statement) if statement else None
    blocks = [block for _, block in ast.iter_fields(around)] if around else []
    for block in blocks:
        if isinstance(block, list) and statement in block:
            for before in reversed(block[: block.index(statement)]):
                yield from _made_by(before)


def _made_by(statement: ast.stmt) -> Iterator[str]:
    """What a statement fills or sets; what a loop goes through with is used up after it."""
    used_up = [
        part
        for loop in ast.walk(statement)
        if isinstance(loop, ast.For | ast.comprehension)
        for part in ast.walk(loop.target)
    ]
    for node in ast.walk(statement):
        match node:
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) if node not in used_up:
                yield name
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                yield name
            case _:
                pass


def _of_loops(scene: Scene, call: ast.AST) -> Iterator[str]:
    """The items of the loops around, and what those ask for."""
    for around in scene.around(call, ast.stmt):
        match around:
            case ast.For(target=part) | ast.While(test=part):
                yield from (node.id for node in ast.walk(part) if isinstance(node, ast.Name))
            case _:
                pass
