"""A keyword that a library took once, and what it takes now.

Answers TypeError, and ValueError of frequencies, of which pandas says itself what to write. The
table beside this file has the keywords by the functions that took them.

    s.fillna(method="ffill")                 ->  s.ffill()
    pd.read_csv(p, error_bad_lines=False)    ->  pd.read_csv(p, on_bad_lines="skip")
    pd.read_csv(p, squeeze=True)             ->  pd.read_csv(p).squeeze("columns")
    pd.date_range(day, freq="M")             ->  pd.date_range(day, freq="ME")
    table.sum(level="city")                  ->  table.groupby(level="city").sum()
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, operand, quoted

_FREQUENCY = (
    r"Invalid frequency: (?P<old>\w+)\b.*?(?:[Pp]lease use '(?P<use>\w+)' instead|"
    r"Did you mean (?P<mean>\w+)\?)"
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The keyword, call or frequency of today."""
    if scene.error.type == "ValueError":
        yield from _frequencies(scene)
        return
    said = scene.said(r"unexpected keyword argument '(\w+)'")
    for call in scene.calls() if said else ():
        for word in call.keywords:
            if said and word.arg == said[1]:
                yield from _of_today(scene, call, word)


def _of_today(scene: Scene, call: ast.Call, word: ast.keyword) -> Iterator[Candidate]:
    entry = _table().get(called(call), {}).get(str(word.arg))
    if entry is None:
        return
    bare = getattr(word.value, "value", "")
    kept = [scene.text(each) for each in call.keywords if each is not word]
    if "group" in entry and isinstance(call.func, ast.Attribute):
        owner = f"{operand(scene, call.func.value)}.groupby({scene.text(word)})"
        text = f"{owner}.{call.func.attr}({', '.join([*arguments(scene, call), *kept])})"
        yield instead(scene, call, text, SURE)
    elif "call" in entry and isinstance(call.func, ast.Attribute) and str(bare).isidentifier():
        text = operand(scene, call.func.value) + entry["call"].replace("{bare}", str(bare)).replace(
            "{v}", scene.text(word.value)
        )
        yield instead(scene, call, text, SURE)
    elif "keyword" in entry:
        new = entry["keyword"].replace("{v}", scene.text(word.value))
        new = new.replace("=not True", "=False").replace("=not False", "=True")
        words = [*kept, new] if new else kept
        then = entry.get("then", "").replace("{bare}", str(bare))
        text = call_of(scene, call, arguments(scene, call), words) + then
        yield instead(scene, call, text, SURE)


def _frequencies(scene: Scene) -> Iterator[Candidate]:
    said = scene.said(_FREQUENCY)
    for node in scene.nearby(ast.Constant) if said else ():
        if said and isinstance(node.value, str) and node.value.endswith(said["old"]):
            new = node.value.removesuffix(said["old"]) + (said["use"] or said["mean"])
            yield instead(scene, node, quoted(scene, node, new), SURE)


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = resources.files(__package__).joinpath("removed_keywords.toml").read_text("utf-8")
    return tomllib.loads(text)


RULE = rule("removed-keywords", "TypeError ValueError", candidates)
