"""An import that the settings do not allow, or that is of no use at the level of the plan."""

from collections.abc import Iterator

from codeact_lsp.plan.docstrings.needs import read_need
from codeact_lsp.plan.imports import IMPORTER, Import, calls
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.import_rules import NO_RULES, ImportRules
from codeact_lsp.plan.problems.problem import Problem, Severity
from codeact_lsp.plan.source import Span

# Importing it is no effect, and needs no leave: it changes how the plan is compiled.
_COMPILED = "__future__"
_USES = {"network": "uses the network", "processes": "starts processes"}
_WAYS_OUT = {
    "network": "'Needs: network HOST' in a node's docstring asks for it.",
    "processes": "'Needs: processes' in a node's docstring asks for it.",
}


def problems(plan: Plan, rules: ImportRules) -> Iterator[Problem]:
    """One problem for each such module, where its name is written."""
    if rules == NO_RULES:
        return
    found = [
        problem.placed(start, lambda _: 0)
        for start, imported in _imports(plan, rules)
        for problem in _problems(imported, rules)
    ]
    asked = asked_for(plan) if found else frozenset[str]()
    yield from (problem for problem in found if problem.data["right"] not in asked)


def withheld(name: str, right: str, level: str, place: Span) -> Problem:
    """That `name` is of no use at a level, which withholds the right that it needs."""
    message = (
        f"'{name}' {_USES[right]}, which a node may not do at the level '{level}'. "
        f"{_WAYS_OUT[right]}"
    )
    data = {"name": name, "right": right}
    return Problem("withheld-right", message, place, Severity.WARNING, data=data)


def asked_for(plan: Plan) -> frozenset[str]:
    """The kinds of rights that nodes ask for in their docstrings: whether they get them, runs say.

    An import is not among them: one that is banned stays so until the user's settings allow it.
    """
    asked = {need for node in plan.table.nodes.values() for need in node.directives.needs}
    return frozenset(need.right for text in asked if (need := read_need(text))) - {"import"}


def _problems(found: Import, rules: ImportRules) -> Iterator[Problem]:
    """Of what is imported from a module, only that is told of which is not allowed."""
    if found.module == _COMPILED:
        return
    whole = found.module, found.span
    parts = [(f"{found.module}.{member.name}", member.span) for member in found.members]
    banned = [(*part, why) for part in parts or [whole] if (why := rules.ban(part[0]))]
    if len(banned) == len(parts) and (why := rules.ban(found.module)):
        banned = [(*whole, why)]
    yield from (_banned(*each) for each in banned)
    for name, place in () if banned else [whole] if rules.right(found.module) else parts:
        if right := rules.right(name):
            yield withheld(name, right, rules.level, place)


def _banned(name: str, place: Span, why: str) -> Problem:
    message = (
        f"'{name}' {why}. Do without it, or change the lists: codeact.safety in the editor's "
        "settings, tool.codeact.safety in pyproject.toml."
    )
    return Problem("banned-import", message, place, data={"name": name, "right": "import"})


def _imports(plan: Plan, rules: ImportRules) -> Iterator[tuple[int, Import]]:
    """What the plan imports, by statements and by calls, with the start of its piece."""
    document = plan.document
    names: dict[str, str] = {}
    for index in document.pieces_with("import"):
        found = document.pieces[index].imports
        names.update(found.names)
        if rules.concern(found.packages):
            yield from ((document.starts[index], each) for each in found.statements)
    words = {IMPORTER, *names}
    for index in sorted({at for word in words for at in document.pieces_with(word)}):
        for each in calls(document.pieces[index], names):
            yield document.starts[index], each
