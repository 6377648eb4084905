"""A run after an edit: how much ran, and whether the value was that of the text as it is."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.peers.driving import Measured, Settings, timed
from benchmarks.peers.modules import load
from benchmarks.peers.shapes import Graph, edited, graph, name

Rerun = Callable[[Path, Graph, Path], tuple[int, int]]


def again(settings: Settings, rerun: Rerun) -> Measured:
    """Write the edited module and run it in a process that knows nothing but what was kept.

    Args:
        settings: `folder`, `nodes`, and the `edit`, which has a `number`.
        rerun: Runs a module given by its file and its graph, with a folder of what it keeps;
            gives the value of the last node and how many nodes ran.
    """
    folder, made = Path(settings["folder"]), graph("layered", settings["nodes"])
    file = folder / "nodes.py"
    text = edited(made, settings["edit"], settings["number"], tally=True)
    file.write_text(text, encoding="utf-8")
    found: list[tuple[int, int]] = []
    seconds = timed(lambda: found.append(rerun(file, made, folder / "kept")))
    value, ran = found[0]
    return Measured([seconds], {"ran": ran, "stale": value != plain(file, made)})


def plain(file: Path, made: Graph) -> int:
    """The value of a module's last node, by plain calls."""
    module, results = load(file), list[int]()
    for number, before in enumerate(made):
        results.append(getattr(module, name(number))(*[results[each] for each in before]))
    return results[-1]
