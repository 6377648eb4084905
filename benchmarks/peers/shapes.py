"""Graphs of trivial nodes, as lists of who depends on whom and as modules of functions."""

from collections.abc import Sequence

SHAPES = ("chain", "fan", "layered")
# The node comes last: joblib keeps one version of a function, so after an edit of the node itself
# a helper's would seem to be noticed.
EDITS = ("nothing", "a helper", "a constant", "a node")
WIDTH = 40
_MOST_NUMBERS = 1_000

Graph = Sequence[Sequence[int]]


def graph(shape: str, nodes: int) -> Graph:
    """For each node the nodes that it depends on, which all come before it.

    Args:
        shape: A chain; a fan, where all depend on the first; or layers of forty, in which each
            node depends on three of the layer before.
        nodes: How many.
    """
    before = {"chain": _in_chain, "fan": _in_fan, "layered": _in_layers}[shape]
    return [before(number) for number in range(nodes)]


def step(*values: int) -> int:
    """What each node does."""
    return sum(values) + 1


def values(made: Graph) -> list[int]:
    """The values of all nodes, by plain calls in order."""
    results: list[int] = []
    for before in made:
        results.append(step(*[results[each] for each in before]))
    return results


def name(number: int) -> str:
    """The function that a node is in a module."""
    return f"n{number:04}"


def module(made: Graph, imports: str = "") -> str:
    """The text of a module whose functions are the nodes; each is named like what it gives.

    Codeact and Hamilton read that as a graph.
    """
    functions = (_function(number, before) for number, before in enumerate(made))
    return imports + "\n\n".join(functions)


def edited(made: Graph, edit: str, number: int, *, tally: bool = False) -> str:
    """A module whose middle node uses a helper and a constant, one of which is edited.

    Args:
        made: The nodes.
        edit: One of `EDITS`.
        number: Which edit of this kind, up to 999; no two make the same module or value.
        tally: Whether each node that runs adds itself to the module's `_RAN`.
    """
    helper, constant, node = (
        # No two edits give the same value: what follows would then be the same, too.
        place * _MOST_NUMBERS + number if edit == each else 1
        for place, each in enumerate(EDITS[1:], 1)
    )
    middle = edited_node(made)
    line = f"    return _raised(sum({_given(made[middle])})) + OFFSET + {node}\n"
    counted = "    _RAN.append(1)\n" if tally else ""
    functions = (
        _function(each, before, counted, line if each == middle else None)
        for each, before in enumerate(made)
    )
    return (
        ("_RAN = []\n" if tally else "")
        + f"OFFSET = {constant}\n\n\ndef _raised(value: int) -> int:\n"
        + f"    return value + {helper}\n\n\n"
        + "\n\n".join(functions)
    )


def edited_node(made: Graph) -> int:
    """The node that is edited: half way through the layers, and the last one follows from it."""
    return len(made) // 2 // WIDTH * WIDTH + (len(made) - 1) % WIDTH


def downstream(made: Graph, start: int) -> set[int]:
    """A node and all that follows from it."""
    found = {start}
    for number, before in enumerate(made):
        if not found.isdisjoint(before):
            found.add(number)
    return found


def _in_chain(number: int) -> list[int]:
    return [number - 1] if number else []


def _in_fan(number: int) -> list[int]:
    return [0] if number else []


def _in_layers(number: int) -> list[int]:
    layer, place = divmod(number, WIDTH)
    if not layer:
        return []
    return [(layer - 1) * WIDTH + (place + each) % WIDTH for each in (-1, 0, 1)]


def _function(number: int, before: Sequence[int], first: str = "", last: str | None = None) -> str:
    parameters = ", ".join(f"{name(each)}: int" for each in before)
    line = last or f"    return sum({_given(before)}) + 1\n"
    return f"def {name(number)}({parameters}) -> int:\n{first}{line}"


def _given(before: Sequence[int]) -> str:
    return "(" + "".join(f"{name(each)}, " for each in before).rstrip() + ")"
