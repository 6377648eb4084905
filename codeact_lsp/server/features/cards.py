"""What a hover tells of a node, of an input, of a section and of a failure."""

from collections.abc import Iterator

from codeact_lsp.engine import costs
from codeact_lsp.engine.reuse.effects import told
from codeact_lsp.engine.sizes import said_size
from codeact_lsp.engine.values import Result
from codeact_lsp.plan.docstrings.prose import Entry, prose
from codeact_lsp.plan.docstrings.vocabulary import KINDS
from codeact_lsp.plan.nodes import Node, Parameter
from codeact_lsp.server.board import Seen
from codeact_lsp.server.features.code_lens import state
from codeact_lsp.server.markup import Block, Entries, Names, Picture, Verbatim
from codeact_lsp.server.snapshot import Snapshot

# Editors cut a hover of more than 100,000 characters, and a picture that is cut is none.
_MOST_PICTURE = 80_000


def node_card(snapshot: Snapshot, name: str) -> Iterator[Block]:
    """Signature, description, neighbours, and what became of the node."""
    node = snapshot.plan.nodes[name].node
    yield Verbatim(node.signature, "python")
    yield from _described(node)
    yield from _named("needs", snapshot.plan.graph.dependencies(name))
    yield from _named("inputs", [parameter.name for parameter in snapshot.plan.inputs(name)])
    yield from _named("needed by", snapshot.plan.graph.dependents(name))
    if seen := snapshot.seen.get(name):
        yield Verbatim(state(seen, cache=node.directives.cache))
        if seen.result:
            yield from result_card(seen, pictures=snapshot.client.shows_images)
        elif took := costs.told(seen.usage):
            yield Verbatim(took)


def result_card(seen: Seen, *, pictures: bool) -> Iterator[Block]:
    """A node's value, what it took to make it, and why it could be reused."""
    result = seen.result
    if result is None:
        return
    if pictures and 0 < len(result.preview.png) <= _MOST_PICTURE:
        yield Picture(result.preview.png)
    yield Verbatim(result.preview.text)
    yield Verbatim(_took(result))
    if result.effects:
        yield Verbatim(told(result.effects))
    if seen.why:
        yield Verbatim(f"Reused: {seen.why}.")


def _took(result: Result) -> str:
    of_value = f"The value takes {said_size(result.blob.size)}."
    return " ".join(part for part in (costs.told(result.usage), of_value) if part)


def _described(node: Node) -> Iterator[Block]:
    if not node.doc:
        return
    said = prose(node.doc)
    if said.description:
        yield Verbatim(said.description)
    for title, entries in (
        ("Args", said.parameters),
        ("Returns", said.returns),
        ("Raises", said.raises),
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
    said: tuple[Entry, ...] = prose(node.doc).parameters if node.doc else ()
    yield from (Verbatim(entry.text) for entry in said if entry.name == name and entry.text)


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


def failure_card(seen: Seen, *, is_told: bool) -> Iterator[Block]:
    """What went wrong, with which values, where a bad one came from, and what mends it.

    Args:
        seen: What was seen of the node that failed.
        is_told: Whether what its diagnostic says stands right above, and need not be said again.
    """
    error = seen.error
    if error is None:
        return
    if not is_told:
        yield Verbatim("\n".join((error.headline, *error.notes)))
    if error.values:
        yield Verbatim("\n".join(f"{v.text} = {v.value}" for v in error.values))
    if not is_told:
        yield from (Verbatim(blame.message) for blame in error.origins)
    if seen.fixes:
        yield Entries("fixes that were run", [("", fix.title) for fix in seen.fixes])
