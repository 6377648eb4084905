"""The plan core: open and edit a plan of some size, against full parses of the same text."""

import ast
import os
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from benchmarks.corpus import plan_text
from benchmarks.edits import Edit, Typist
from benchmarks.processes import memory_mb
from benchmarks.samples import Samples, collector_off, merged
from codeact_lsp.plan import Plan, Span, check


@dataclass(frozen=True)
class Effort:
    """How much to measure of one size: whichever bound is met first ends it.

    Attributes:
        rounds: Each has one edit of every kind.
        seconds: For all rounds.
        parses: Rounds, spread over all of them, after which the text is opened anew and parsed in
            full beside the edits.
    """

    rounds: int
    seconds: float
    parses: int


@dataclass
class Core:
    """What was measured at one size.

    Attributes:
        kinds: Edits by kind.
        memory_mb: Resident memory of the process with the plan open.
    """

    nodes: int
    lines: int
    open: Samples = field(default_factory=Samples)
    kinds: dict[str, Samples] = field(default_factory=lambda: defaultdict(Samples))
    ast_parse: Samples = field(default_factory=Samples)
    libcst_parse: Samples = field(default_factory=Samples)
    memory_mb: float = 0.0

    @property
    def edits(self) -> Samples:
        """The edits of all kinds."""
        return merged(list(self.kinds.values()))


def measure_apart(nodes: int, effort: Effort) -> Core:
    """Measure in a process of its own, so that the plan of one size does not slow another."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, nodes, effort).result()


def measure(nodes: int, effort: Effort) -> Core:
    """Rounds of one edit of each kind, with full parses among them, so that all share the noise.

    The garbage collector is on for our side, as in the server, and off for the full parses, which
    are fastest so.
    """
    text = plan_text(nodes)
    core = Core(nodes, text.count("\n"))
    plan = core.open.time(_opened, text)
    core.memory_mb = memory_mb(os.getpid())
    typist = Typist(text)
    end = time.monotonic() + effort.seconds
    for number in range(effort.rounds):
        plan = _round(core, plan, typist)
        # The first round of each of `parses` equal parts.
        if number * effort.parses % effort.rounds < effort.parses:
            core.open.time(_opened, text)
            _parse_in_full(core, text)
        if time.monotonic() > end:
            break
    return core


def _round(core: Core, plan: Plan, typist: Typist) -> Plan:
    """Make one edit of each kind and take it back; only what opened something is timed closing."""
    for kind, edit in typist.round():
        changed = core.kinds[kind.name].time(_edited, plan, edit)
        closing = core.kinds[kind.closing] if kind.closing else Samples()
        plan = closing.time(_edited, changed, edit.undone)
    return plan


def _parse_in_full(core: Core, text: str) -> None:
    import libcst  # noqa: PLC0415 - the plan's own memory is measured before.

    with collector_off():
        core.ast_parse.time(ast.parse, text)
        core.libcst_parse.time(libcst.parse_module, text)


def _opened(text: str) -> Plan:
    return _read(Plan.from_text(text))


def _edited(plan: Plan, edit: Edit) -> Plan:
    return _read(plan.edited(Span(edit.start, edit.end), edit.new))


def _read(plan: Plan) -> Plan:
    """Ask for all that an editor shows after an edit: the graph and the problems."""
    _ = plan.graph.edges
    check(plan)
    return plan
