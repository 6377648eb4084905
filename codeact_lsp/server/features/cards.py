"""What a hover tells of a node, of an input, of a section and of a failure."""

from collections.abc import Iterator

from codeact_lsp.engine.errors import CodeError
from codeact_lsp.plan.docstrings.prose import Entry, prose
from codeact_lsp.plan.docstrings.vocabulary import KINDS
from codeact_lsp.plan.nodes import Node, Parameter
from codeact_lsp.server.features.code_lens import state
from codeact_lsp.server.markup import Block, Entries, Names, Verbatim
from codeact_lsp.server.session import Snapshot


def node_card(snapshot: Snapshot, name: str) -> Iterator[Block]:
    """Signature, description, neighbours, and what became of the node."""
    node = snapshot.plan.nodes[name].node
    yield Verbatim(node.signature, "python")
    yield from _described(node)
    yield from _named("needs", snapshot.plan.graph.dependencies(name))
    yield from _named("inputs", [parameter.name for parameter in snapshot.plan.inputs(name)])
    yield from _named("needed by", snapshot.plan.graph.dependents(name))
    if seen := snapshot.seen.get(name):
        yield Verbatim(state(seen))
        if seen.result:
            yield Verbatim(seen.result.preview.text)


def _described(node: Node) -> Iterator[Block]:
    if not node.doc:
        return
    told = prose(node.doc)
    if told.description:
        yield Verbatim(told.description)
    for title, entries in (
        ("Args", told.parameters),
        ("Returns", told.returns),
        ("Raises", told.raises),
    ):
        if entries:
            yield Entries(title, [(entry.name, entry.text) for entry in entries])


def _named(title: str, names: list[str]) -> Iterator[Block]:
    if names:
        yield Names(title, names)


def input_card(snapshot: Snapshot, name: str, taker: Node | None) -> Iterator[Block]:
    """Its type, what is said of it, where its value comes from, and who takes it.

    Args:
        snapshot: The plan.
        name: The input.
        taker: The node that the caret is in; its parameter is shown if it takes the input.
    """
    nodes = snapshot.plan.nodes
    takers = [node for node in nodes if node in snapshot.plan.graph.mentions.get(name, ())]
    near = [taker] if taker else []
    for node in (*near, *(nodes[each].node for each in takers)):
        if parameter := next((p for p in node.parameters if p.name == name), None):
            yield Verbatim(_parameter(parameter), "python")
            yield from _entries(node, name)
            yield _value(snapshot, parameter)
            break
    yield from _named("taken by", takers)


def _parameter(parameter: Parameter) -> str:
    return f"{parameter.name}: {parameter.annotation}" if parameter.annotation else parameter.name


def _entries(node: Node, name: str) -> Iterator[Block]:
    told: tuple[Entry, ...] = prose(node.doc).parameters if node.doc else ()
    yield from (Verbatim(entry.text) for entry in told if entry.name == name and entry.text)


def _value(snapshot: Snapshot, parameter: Parameter) -> Block:
    if parameter.name in snapshot.inputs:
        return Verbatim(f"{snapshot.inputs[parameter.name]!r}, from the plan's .toml file")
    if parameter.default is not None:
        return Verbatim(f"{parameter.default}, the default")
    return Verbatim("No value: give it a default, or set it in the plan's .toml file.")


def section_card(name: str) -> Iterator[Block]:
    """What a section means, and the forms that it takes."""
    kind = KINDS[name]
    yield Verbatim(f"{name}: {kind.meaning}\nExpects {kind.accepted}.")


def failure_card(error: CodeError) -> Iterator[Block]:
    """What went wrong, with which values, and where a bad one came from."""
    yield Verbatim(error.headline)
    if error.values:
        yield Verbatim("\n".join(f"{v.text} = {v.value}" for v in error.values))
    if error.blame:
        yield Verbatim(error.blame.message)
