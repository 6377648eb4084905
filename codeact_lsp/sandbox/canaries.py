"""The canaries of the self-test: who tries to break which promise, and into which trap it goes."""

from dataclasses import dataclass
from pathlib import Path

from codeact_lsp.sandbox import trap_files, trap_programs
from codeact_lsp.sandbox.proof import Promise
from codeact_lsp.sandbox.traps import Setting

PLAN = Path(__file__).with_name("canaries.plan.py")
"""The canaries as nodes. They are run as any node is: what holds them holds every other one."""


@dataclass(frozen=True, slots=True)
class Canary:
    """One of them.

    Attributes:
        promise: What it tries to break.
        node: Its function in the plan.
        setting: What sets its trap.
        calls: How many times it is called, one call after the other.
        stopped: Whether it does not end by itself, and is stopped once it has tried.
        processes: Whether it runs at the level `standard`, at which processes may be started.
    """

    promise: Promise
    node: str
    setting: Setting
    calls: int = 1
    stopped: bool = False
    processes: bool = False


CANARIES = (
    Canary(Promise.RUNS, "runs", trap_files.readable),
    Canary(Promise.READ, "read", trap_files.outside_file),
    Canary(Promise.SECRETS, "read", trap_files.secret_files),
    Canary(Promise.WRITE, "write", trap_files.writable_places),
    Canary(Promise.NETWORK, "connect", trap_programs.listeners),
    Canary(Promise.SOCKETS, "speak", trap_programs.named_sockets),
    Canary(Promise.PROCESSES, "start", trap_programs.backwards),
    Canary(Promise.SIGNALS, "kill", trap_programs.killed_victim),
    Canary(Promise.ENVIRONMENT, "environment", trap_programs.variables),
    Canary(Promise.TREE, "go_on", trap_files.held_file, stopped=True, processes=True),
    Canary(Promise.MEMORY, "grow", trap_programs.most_memory),
    Canary(Promise.SEEN, "see", trap_programs.seen_victim),
    Canary(Promise.LEFT, "leave", trap_files.left_file, calls=2),
    Canary(Promise.NEIGHBOURS, "neighbours", trap_programs.nothing),
    Canary(Promise.DISK, "fill", trap_programs.most_scratch),
    Canary(Promise.SUM, "grow_together", trap_programs.memory_in_sum, processes=True),
)
