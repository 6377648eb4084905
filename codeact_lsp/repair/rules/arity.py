"""A call with more, fewer or other arguments than the function takes.

Answers TypeError, ValueError, AttributeError and their like.

    find(items, sku, 0)       ->  find(items, sku)
    np.zeros(2, 3)            ->  np.zeros((2, 3))
    area(box)                 ->  area(*box)
    make(options)             ->  make(**options)
    find(name, rows)          ->  find(rows, name), of `def find(rows, name)`
    round(2, amount)          ->  round(amount, 2)
    reduce(values, add)       ->  reduce(add, values)
    find(sku, items)          ->  find(items, sku), of a function of the plan that fails then
    put(key, words, args)     ->  put(key, args, words), of `def put(key, args, words)`
    text.replace(a, b, b)     ->  text.replace(a, b)
    rows.append(name, n)      ->  rows.append((name, n))
    rows.append(round(n), 2)  ->  rows.append(round(n, 2))
    heappush(heap, n, item)   ->  heappush(heap, (n, item))
    dict(names, values)       ->  dict(zip(names, values))
    namedtuple("P", "x", "y") ->  namedtuple("P", ["x", "y"])
    queue.pop(0), of a deque  ->  queue.popleft()
    execute(query, *values)   ->  execute(query, values)
"""

import ast
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import FUNCTIONS, Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead

_TOO_MANY = (
    r"takes (?:from \d+ to )?(?:at most )?(?:\d+|no|exactly one) (?:positional )?arguments?"
    r"(?: but \d+|,? \(?\d+ given\)?)|takes no arguments|expected (?:at most )?\d+ arguments?, got|"
    r"non-string with explicit base"
)
_MISSING = r"missing \d+ required positional argument"
# Said when an argument stands where another belongs.
_MISPLACED = (
    r"cannot be interpreted as an integer|must support iteration|is not iterable|"
    r"is not callable|unhashable|data type|only integer scalar arrays|"
    r"must be (?:a )?(?:str|string|bytes|an? int|real number)|first argument must be|"
    r"has no attribute|expected string or bytes-like|arg [12] must be|argument 1 must be|"
    r"not supported between|object has no len|TextIOWrapper is not JSON"
)
_PAIR = 2
# What stands where there is nothing, and is no key.
_DEFAULTS = frozenset({'""', "''", "[]", "{}", "()", "0", "0.0", "None", "set()"})
_OF_OBJECT = r"object\.__(?:new|init)__\(\) takes exactly one argument"
_MARGIN = 0.1
_CERTAIN = 0.99
# What puts its second argument into its first.
_INTO = frozenset({"heappush", "heappushpop", "heapreplace"})
# What is seldom given one argument only.
_OF_TWO = frozenset({"round", "pow", "replace", "get", "divmod", "getattr", "isinstance"})
_JOINING = frozenset({"vstack", "hstack", "dstack", "column_stack", "concatenate", "stack"})
# What takes one value, which may well be made of several.
_OF_ONE = frozenset(
    {"append", "appendleft", "add", "vstack", "hstack", "dstack", "column_stack", "concatenate",
     "stack", "list", "set", "tuple", "frozenset", "deque", "any", "all", "array", "Series"}
)  # fmt: skip


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Fewer arguments, all as one, one as all, or in another order."""
    for call in scene.calls():
        if call.args and not any(isinstance(each, ast.Starred) for each in call.args):
            if scene.said(_TOO_MANY):
                yield from _fewer(scene, call)
            if scene.said(_MISSING):
                yield from _spread(scene, call)
            if scene.said(r"\bNoneType\b") and _is_none(call.args[-1]):
                yield instead(scene, call, call_of(scene, call, arguments(scene, call)[:-1]), SURE)
            if scene.said(r"Cannot interpret '\d+' as a data type"):
                yield from _as_one(scene, call, SURE)
            elif scene.said(_MISPLACED) and len(call.args) >= _PAIR:
                yield from _without_last(scene, call)
            if scene.said(_MISPLACED):
                yield from _swapped(scene, call)
            if scene.said(r"interpreted as an integer|data type|scalar arrays"):
                yield from _as_one(scene, call, LIKELY)
            yield from _by_message(scene, call)
    yield from _together(scene)
    yield from _keywords_spread(scene)
    yield from _by_their_names(scene)
    yield from _swapped_by_caller(scene)


def _by_message(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """What some functions say in their own words of what they were given."""
    if scene.said(_OF_OBJECT):
        kept = arguments(scene, call)[: called(call) == "__new__"]
        yield instead(scene, call, call_of(scene, call, kept, []), SURE)
    if scene.said(r"expected \d+ arguments?, got 1|takes exactly \d+ arguments \(1 given"):
        yield from _apart(scene, call)
    if called(call) == "dumps" and scene.said(r"dumps\(\) takes 1 positional argument"):
        text = f"{scene.text(call.func).removesuffix('s')}"
        yield instead(scene, call.func, text, _CERTAIN)


def _together(scene: Scene) -> Iterator[Candidate]:
    """The values of a list as one, which were handed over one by one."""
    for call in scene.calls() if scene.said(r"expected at most \d+ arguments?, got") else ():
        match call.args:
            case [*head, ast.Starred(value=whole)]:
                given = [*map(scene.text, head), scene.text(whole)]
                yield instead(scene, call, call_of(scene, call, given), SURE)
            case [query, *values] if called(call) == "execute" and len(values) > 1:
                row = f"({', '.join(map(scene.text, values))})"
                yield instead(scene, call, call_of(scene, call, [scene.text(query), row]), SURE)
            case _:
                pass


def _apart(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """The values of a tuple one by one."""
    match call.args:
        case [ast.Tuple(elts=[_, _, *_] as values)]:
            # What is given nothing but the pair was rather to be put at the end.
            likely = POSSIBLE if called(call) == "insert" else SURE
            yield instead(scene, call, call_of(scene, call, map(scene.text, values)), likely)
        case [ast.Name() | ast.Attribute() | ast.Call() as whole]:
            yield instead(scene, call, call_of(scene, call, [f"*{scene.text(whole)}"]), LIKELY)
        case _:
            return


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _fewer(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    given = arguments(scene, call)
    if called(call) in _INTO and len(given) > _PAIR:
        text = call_of(scene, call, [given[0], f"({', '.join(given[1:])})"])
        yield instead(scene, call, text, SURE)
    yield from _further_in(scene, call)
    if scene.said(r"deque\.pop\(\)") and given == ["0"] and isinstance(call.func, ast.Attribute):
        text = f"{scene.text(call.func.value)}.popleft()"
        yield instead(scene, call, text, SURE)
        return
    if called(call) == "dict" and len(given) == _PAIR:
        yield instead(scene, call, call_of(scene, call, [f"zip({', '.join(given)})"]), SURE)
    if called(call) == "namedtuple" and len(given) > _PAIR:
        fields = [given[0], f"[{', '.join(given[1:])}]"]
        yield instead(scene, call, call_of(scene, call, fields), SURE)
        return
    if called(call) in _JOINING and len(given) >= _PAIR:
        yield from _as_one(scene, call, SURE)
        return  # Whatever is left out was to be joined, too.
    if len(given) >= _PAIR:
        is_whole = called(call) in _OF_ONE and not _is_extra(call)
        yield from _as_one(scene, call, SURE if is_whole else POSSIBLE)
    yield instead(scene, call, call_of(scene, call, given[:-1]), LIKELY)


def _further_in(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """What belongs into the call before it, whose bracket was closed too early."""
    match call.args:
        case [*_, ast.Call(args=[_, *_]) as inner, last] if called(inner) in _OF_TWO:
            kept = [scene.text(each) for each in call.args[:-2]]
            inside = call_of(scene, inner, [*arguments(scene, inner), scene.text(last)])
            yield instead(scene, call, call_of(scene, call, [*kept, inside]), _CERTAIN)
        case _:
            return


def _is_extra(call: ast.Call) -> bool:
    """Whether the last argument looks like one that nobody needs."""
    *_, before, last = call.args
    is_nothing = isinstance(last, ast.Constant) and last.value in {0, None}
    return is_nothing or ast.unparse(before) == ast.unparse(last)


def _without_last(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Without an argument that is given twice, or that is nothing."""
    *_, before, last = given = arguments(scene, call)
    is_nothing = isinstance(call.args[-1], ast.Constant) and call.args[-1].value in {0, None}
    if before == last or is_nothing:
        likely = SURE if before == last else POSSIBLE
        yield instead(scene, call, call_of(scene, call, given[:-1]), likely)


def _as_one(scene: Scene, call: ast.Call, likely: float) -> Iterator[Candidate]:
    given = arguments(scene, call)
    if len(given) >= _PAIR:
        yield instead(scene, call, call_of(scene, call, [f"({', '.join(given)})"]), likely)


def _spread(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    given = arguments(scene, call)
    if len(given) == 1:
        kind = scene.kind(call.args[0])
        star, other = ("**", "*") if kind == "dict" else ("*", "**")
        yield instead(scene, call, call_of(scene, call, [f"{star}{given[0]}"]), SURE)
        yield instead(scene, call, call_of(scene, call, [f"{other}{given[0]}"]), POSSIBLE)


def _swapped(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Two arguments in the other order; that both then fit is seldom chance."""
    given = arguments(scene, call)
    for at, (one, other) in enumerate(pairwise(given)):
        is_default = called(call) == "get" and other in _DEFAULTS
        alike = is_default or _are_alike(scene, call.args[at], call.args[at + 1])
        if one != other and not alike:
            text = call_of(scene, call, [*given[:at], other, one, *given[at + _PAIR :]])
            # Nobody rounds a number that is written out.
            is_plain = called(call) == "round" and isinstance(call.args[at], ast.Constant)
            yield instead(scene, call, text, _CERTAIN if is_plain else SURE if at == 0 else LIKELY)


def _are_alike(scene: Scene, one: ast.expr, other: ast.expr) -> bool:
    """Whether both are of the same type: then none of them is of one that the other is to be.

    What complains of None is not served by having it in another place.
    """
    kinds = {scene.kind(one), scene.kind(other)}
    if "NoneType" in kinds and scene.said("NoneType"):
        return True
    return scene.error.type == "TypeError" and len(kinds) == 1 and None not in kinds


def _swapped_by_caller(scene: Scene) -> Iterator[Candidate]:
    """The same where a function of the plan, which failed, was called."""
    if len(scene.error.frames) < _PAIR or not scene.said(_MISPLACED):
        return
    for frame in reversed(scene.error.frames[:-1]):
        caller = Scene(scene.plan, scene.error, frame.span)
        match caller.failed:
            case ast.Call(args=[_, _, *_] as given) as call:
                # Of variables it is easily forgotten which is which; of values hardly.
                if any(isinstance(each, ast.Name) for each in given):
                    for swapped in _swapped(caller, call):
                        yield replace(swapped, likely=POSSIBLE + _MARGIN)
                return
            case _:
                pass


def _by_their_names(scene: Scene) -> Iterator[Candidate]:
    """Variables that are called as parameters, but stand in the places of others."""
    frames = [Scene(scene.plan, scene.error, frame.span) for frame in scene.error.frames]
    for caller, there in pairwise(frames):
        function = there.body
        names = [each.arg for each in function.args.args] if isinstance(function, FUNCTIONS) else []
        known = [name for name in names if name not in {"self", "cls"}]
        for call in caller.inside(ast.Call):
            given = arguments(caller, call)
            meant = [
                known[at] if each in known else each
                for at, each in enumerate(given)
                if at < len(known)
            ]
            if (
                isinstance(function, FUNCTIONS)
                and called(call) == function.name
                and given != meant
                and sorted(given) == sorted(meant)
            ):
                yield instead(caller, call, call_of(caller, call, meant), _CERTAIN)


def _keywords_spread(scene: Scene) -> Iterator[Candidate]:
    """A dictionary that was given for the first parameter, where it holds all of them."""
    if not scene.said("'dict'") or len(scene.error.frames) < _PAIR:
        return
    caller = Scene(scene.plan, scene.error, scene.error.frames[-2].span)
    match caller.failed:
        case ast.Call(args=[given], keywords=[]) as call:
            text = call_of(caller, call, [f"**{caller.text(given)}"])
            yield instead(caller, call, text, LIKELY)
        case _:
            return


RULE = rule("arity", "TypeError ValueError AttributeError KeyError IndexError", candidates)
