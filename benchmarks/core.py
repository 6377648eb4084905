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
from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.problems import Review
from codeact_lsp.server.memory import for_long


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

    The garbage collector is on for our edits and off while a plan is opened, as in the server, and
    off for the full parses, which are fastest so.
    """
    text = plan_text(nodes)
    core = Core(nodes, text.count("\n"))
    review = _compiled(core.open.time(_opened, text))
    core.memory_mb = memory_mb(os.getpid())
    typist = Typist(text)
    end = time.monotonic() + effort.seconds
    for number in range(effort.rounds):
        review = _round(core, review, typist)
        # The first round of each of `parses` equal parts.
        if number * effort.parses % effort.rounds < effort.parses:
            core.open.time(_opened, text)
            _parse_in_full(core, text)
        if time.monotonic() > end:
            break
    return core


def _round(core: Core, review: Review, typist: Typist) -> Review:
    """Make one edit of each kind and take it back; only what opened something is timed closing."""
    for kind, edit in typist.round():
        changed = core.kinds[kind.name].time(_edited, review, edit)
        closing = core.kinds[kind.closing] if kind.closing else Samples()
        review = closing.time(_edited, changed, edit.undone)
    return review


def _parse_in_full(core: Core, text: str) -> None:
    import libcst  # noqa: PLC0415 - the plan's own memory is measured before.

    with collector_off():
        core.ast_parse.time(ast.parse, text)
        core.libcst_parse.time(libcst.parse_module, text)


def _opened(text: str) -> Review:
    """What an editor waits for: as in the server, Python compiles the plan after that."""
    with for_long():
        return _read(Review.of(Plan.draft(text)))


def _compiled(review: Review) -> Review:
    """The same once Python has compiled the plan, as it has when the user begins to type."""
    return _read(review.edited(review.plan.compiled()))


def _edited(review: Review, edit: Edit) -> Review:
    plan = review.plan.edited(Span(edit.start, edit.end), edit.new)
    return _read(review.edited(plan))


def _read(review: Review) -> Review:
    """Ask for all that an editor shows after an edit: the graph and the problems."""
    _ = review.plan.graph.cycles, review.problems
    return review
