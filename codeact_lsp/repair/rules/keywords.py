"""A keyword that a call does not take: misspelt, or of no use to it.

Answers TypeError. What a function of Python code takes was seen by the worker; functions of the
standard library are asked for their signature, and for those that do not tell it there is a table.

    open(path, enoding=x)   ->  open(path, encoding=x)
    sorted(rows, keys=f)    ->  sorted(rows, key=f)
    zip_longest(a, b, fill=0)   ->  zip_longest(a, b, fillvalue=0)
    f(rows, exclude=True)       ->  f(rows, include=False)
    timedelta(months=n)     ->  timedelta(days=30 * n), stops the crash
    partial(f, chace={})    ->  partial(f, cache={}), where f is called later
    Writer(out, haed=True)  ->  Writer(out, head=True), of a class that hands on other keywords
"""

import ast
import builtins
import inspect
import re
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches

from codeact_lsp.repair.candidates import GUESS, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.opposites import are_opposites, are_turned
from codeact_lsp.repair.scene import FUNCTIONS, Scene, called
from codeact_lsp.repair.standard_library import homes, public
from codeact_lsp.repair.writing import arguments, call_of, instead, operand, quoted, replaced

_UNKNOWN = (
    r"unexpected keyword argument '(\w+)'(?:\. Did you mean '(\w+)'\?)?|"
    r"'(\w+)' is an invalid keyword argument"
)
# These tell nothing of what they take.
_DAY = ("year", "month", "day")
_TIME = ("hour", "minute", "second", "microsecond", "tzinfo", "fold")
_UNTOLD = {
    "max": ("key", "default"), "min": ("key", "default"), "zip": ("strict",), "date": _DAY,
    "time": _TIME, "datetime": (*_DAY, *_TIME), "replace": (*_DAY, *_TIME),
    "timedelta": ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"),
}  # fmt: skip
_MOST = 3
_DAYS_IN = {"month": 30, "months": 30, "year": 365, "years": 365}


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The keyword that was meant; the call without it."""
    yield from _of_classes(scene)
    said = scene.said(_UNKNOWN)
    name = said and (said[1] or said[3])
    is_untold = scene.said(r"\w+\(\) got an unexpected keyword argument$")
    for call in scene.calls() if name or is_untold else ():
        for word in call.keywords:
            if word.arg == name or (is_untold and len(call.keywords) == 1):
                yield from _of_word(scene, call, word, said[2] if said else None)
    yield from _handed_on(scene)
    if name:
        yield from _of_keys(scene, name)


def _of_keys(scene: Scene, name: str) -> Iterator[Candidate]:
    """The same where it is a key of what is handed on as keywords."""
    spread = [call for call in scene.calls() if any(word.arg is None for word in call.keywords)]
    for key in scene.nearby(ast.Constant) if spread else ():
        options = [*_UNTOLD.get(called(spread[0]), ()), *_of_builtin(called(spread[0]))]
        for option in get_close_matches(name, options, _MOST) if key.value == name else ():
            edit = replaced(scene, key, quoted(scene, key, option))
            yield Candidate(f"Write '{option}'", edit, SURE)


def _handed_on(scene: Scene) -> Iterator[Candidate]:
    """The same in a call that is given the function, which takes it later."""
    said = scene.said(r"(?:^|\.)(\w+)\(\) got an unexpected keyword argument '(\w+)'")
    for call in scene.nearby(ast.Call) if said else ():
        given = [node.id for node in call.args if isinstance(node, ast.Name)]
        for word in call.keywords:
            if said and word.arg == said[2] and said[1] in given:
                for option in get_close_matches(said[2], _taken_by(scene, said[1]), _MOST):
                    edit = replaced(scene, word, f"{option}={scene.text(word.value)}")
                    yield Candidate(f"Write '{option}='", edit, SURE)


def _of_classes(scene: Scene) -> Iterator[Candidate]:
    """What the methods of the plan take that have the name, or hand on what they are not for.

    A class may hand on all keywords to another one, and that one to a library: then only the call
    in one of the frames around says what was written.
    """
    said = scene.said(_UNKNOWN)
    name = (said[1] or said[3]) if said else ""
    method = scene.said(r"^(?:[\w.]+\.)?(\w+\.\w+)\(\) got an unexpected keyword")
    frames = [Scene(scene.plan, scene.error, each.span) for each in scene.error.frames]
    for there in [scene, *reversed(frames)] if name else ():
        for call in there.calls():
            owner = f"{called(call)}.__init__"
            taken = [*_taken_of(scene, owner), *(_taken_of(scene, method[1]) if method else ())]
            for word in call.keywords if name not in taken else ():
                given = {each.arg for each in call.keywords}
                free = [each for each in taken if each not in given]
                close = get_close_matches(name, free, 1) if word.arg == name else []
                for option in close:
                    edit = replaced(there, word, f"{option}={there.text(word.value)}")
                    yield Candidate(f"Write '{option}='", edit, SURE)


def _taken_of(scene: Scene, method: str) -> list[str]:
    """The parameters of a method of one of the plan's classes, by the names of both."""
    kind, _, name = method.rpartition(".")
    owned = (node for owner in scene.classes() if owner.name == kind for node in owner.body)
    functions = [node for node in owned if isinstance(node, FUNCTIONS) and node.name == name]
    return [
        each.arg for function in functions
        for each in (*function.args.args, *function.args.kwonlyargs)
    ]  # fmt: skip


def _taken_by(scene: Scene, name: str) -> Iterator[str]:
    """The parameters of a function of the plan."""
    for piece in scene.plan.document.pieces:
        for function in piece.tree.body:
            if isinstance(function, FUNCTIONS) and function.name == name:
                yield from (each.arg for each in (*function.args.args, *function.args.kwonlyargs))


def _of_word(
    scene: Scene, call: ast.Call, word: ast.keyword, told: str | None
) -> Iterator[Candidate]:
    if called(call) == "timedelta" and (days := _DAYS_IN.get(str(word.arg))):
        # What is spelt like it is another span; how long this one is, the calendar tells.
        text = f"days={days} * {operand(scene, word.value)}"
        yield instead(scene, word, text, GUESS, hides=True)
        return
    fact = scene.error.fact
    seen = fact.options if fact and fact.kind == "keyword" else ()
    options = [told] if told else [*seen, *_of_type(call), *_of_builtin(called(call))]
    lower = str(word.arg).lower()
    close = get_close_matches(str(word.arg), options, _MOST)
    for option in close or get_close_matches(lower, options, _MOST):
        if value := _meant(scene, word, option):
            edit = replaced(scene, word, f"{option}={value}")
            turned = "" if value == scene.text(word.value) else value
            yield Candidate(f"Write '{option}={turned}'", edit, SURE)
    kept = [scene.text(each) for each in call.keywords if each is not word]
    text = call_of(scene, call, arguments(scene, call), kept)
    yield instead(scene, call, text, POSSIBLE, f"Leave out '{word.arg}='")


def _of_type(call: ast.Call) -> tuple[str, ...]:
    """The keywords of a method that is called on one of Python's own types by its name."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=kind), attr=name):
            method = getattr(getattr(builtins, kind, None), name, None)
            with suppress(TypeError, ValueError):
                return tuple(inspect.signature(method).parameters) if callable(method) else ()
            return ()
        case _:
            return ()


def _meant(scene: Scene, word: ast.keyword, option: str) -> str:
    """What a keyword of another name is to be given; nothing if it is about something else."""
    if are_turned(str(word.arg), option):
        match word.value:
            case ast.Constant(value=bool(flag)):
                return str(not flag)
            case _:
                return ""
    return "" if are_opposites(str(word.arg), option) else scene.text(word.value)


def _of_builtin(name: str) -> tuple[str, ...]:
    """The keywords of a function or method of Python's own that is called so."""
    if name in _UNTOLD:
        return _UNTOLD[name]
    owners = (builtins, str, bytes, list, dict, int, float, set)
    own = [getattr(owner, name) for owner in owners if hasattr(owner, name)]
    functions = [*own, *(public(home)[name] for home in homes(name))]
    for function in functions:
        with suppress(TypeError, ValueError):
            return tuple(inspect.signature(function).parameters)
    # The first line of what a function written in C says of itself is how it is called.
    heads = [(inspect.getdoc(each) or "").partition("\n")[0] for each in functions]
    found = (each for head in heads for each in re.findall(r"(\w+)=|[,(] *(\w+)\]", head))
    return tuple(one or other for one, other in found)


RULE = rule("keywords", "TypeError", candidates)
