"""Give an input a value in the plan's `.toml` file."""

import re

from codeact_lsp.plan.corrections.correction import Correction
from codeact_lsp.plan.nodes import Parameter
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
# The least value of what an annotation asks for, as TOML writes it.
_LEAST = {
    "int": "0",
    "bool": "false",
    **dict.fromkeys(("float", "Decimal"), "0.0"),
    **dict.fromkeys(("list", "List", "Sequence", "tuple", "set"), "[]"),
    **dict.fromkeys(("dict", "Dict", "Mapping"), "{}"),
    **dict.fromkeys(("str", "Path", "UUID", "date", "datetime", "time", "Any", "object"), '""'),
}
_ANY = '""'


def correction(plan: Plan, problem: Problem) -> Correction | None:
    """Add a line for the input, with a value of its type for the user to replace.

    None where the annotation asks for what no file can hold, such as a table or a function.
    """
    definition = plan.node_at(problem.span.start)
    if definition is None:
        return None
    for parameter in definition.node.parameters:
        if definition.span(parameter.span) == problem.span and (value := _value(parameter)):
            title = f"Set '{parameter.name}' in the plan's .toml file"
            return Correction(title, setting=f"{_key(parameter.name)} = {value}")
    return None


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else f'"{name}"'


def _value(parameter: Parameter) -> str | None:
    if parameter.annotation is None:
        return _ANY
    kind = re.match(r"[\"']?(?:\w+\.)*(\w+)", parameter.annotation)
    return _LEAST.get(kind[1]) if kind else None
