"""Runs all payloads of a class by the command, and tells what each was seen to achieve.

Whatever a payload is about, all is watched: what the command says, files, listeners, processes.
None of it is the payload's own word for having failed.
"""

import json
import os
import re
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.sandbox.attacks import watchers
from tests.sandbox.attacks.interpreters import interpreter_of
from tests.sandbox.attacks.listeners import Listeners
from tests.sandbox.attacks.payloads import PayloadPlan
from tests.sandbox.attacks.watchers import Bystanders, Toll, Watcher
from tests.sandbox.attacks.world import TEMPORARY, World, bears, changed

# Without -P the folder that it is started in could replace modules of the command itself.
COMMAND = ("-P", "-m", "codeact_lsp", "run")
_PATIENCE_SECONDS = 90
_GONE_SECONDS = 5.0
STARTED = "started a process"
"""The effect that payloads may have from some level on."""
_NEEDS_BYSTANDER = re.compile(r"""bystanders\[["'](\w+)""")
_WITNESS = "witness_"
_ENDS = frozenset({"NodeSucceeded", "NodeCached", "NodeFailed", "NodeBlocked", "NodeCancelled"})
NOTHING = frozenset({"''", "0", "[]", "False", "None", ""})
"""What a witness says that saw nothing."""


@dataclass(frozen=True)
class Trial:
    """How payloads are tried.

    Attributes:
        level: The level that the user chose; empty if there was no choice.
        user: Who runs them.
        options: Options of the command beside the level.
        withhold: The mechanisms that are done without.
        folder: Where the world is made. In /tmp there is something of the workspace's where scratch
            files are as a rule.
    """

    level: str
    user: int = field(default_factory=os.getuid)
    options: tuple[str, ...] = ()
    withhold: str = ""
    folder: Path = TEMPORARY

    def __str__(self) -> str:
        who = "root" if self.user == 0 else "user"
        place = self.folder.parts[1] if self.folder != TEMPORARY else ""
        return "-".join(filter(None, (self.level, who, self.withhold.replace(",", "-"), place)))


@dataclass
class Ended:
    """How the command ended, and what it said."""

    status: int
    out: str
    err: str

    @cached_property
    def events(self) -> list[dict[str, Any]]:
        """Its events."""
        return [json.loads(line) for line in self.out.splitlines()]

    def of(self, node: str) -> Iterator[dict[str, Any]]:
        """The events of a node."""
        return (event for event in self.events if event.get("node") == node)

    def preview(self, node: str) -> str | None:
        """What a node's value looks like; None if it has none."""
        results = (event["result"] for event in self.of(node) if "result" in event)
        return next((result["preview"] for result in results), None)

    @property
    def ends(self) -> dict[str, list[str]]:
        """All that became of each node."""
        found: dict[str, list[str]] = defaultdict(list)
        for event in self.events:
            if event["event"] in _ENDS:
                found[event["node"]].append(event["event"])
        return found


Run = Callable[..., Ended]
"""What runs a plan of a world, given how and the arguments of the command."""


@dataclass
class Siege:
    """What came of a class of payloads.

    Attributes:
        ended: How the command ended.
        effects: What each payload was seen to achieve; a process that it started is an effect even
            where that is allowed.
        unexplained: Files that changed and that no payload says it has changed.
        left: Processes of the run that were there after it, by their command lines.
        toll: What it took of the machine.
    """

    ended: Ended
    effects: dict[str, set[str]]
    unexplained: set[Path]
    left: Sequence[str]
    toll: Toll


def lay(world: World, plan: PayloadPlan, trial: Trial, run: Run | None = None) -> Siege:
    """Run a class of payloads; where nothing is confined, only those that do no harm there.

    Args:
        world: Where.
        plan: The class.
        trial: How.
        run: What runs it; None is the command.
    """
    nodes = plan.harmless if trial.level == "off" else ()
    chosen = (option for node in nodes for option in ("--node", node))
    began = time.time()
    in_kernel = watchers.left_in_kernel(began)
    with _others(world, plan) as (listeners, bystanders, secret):
        _write_inputs(world, plan, {**world.inputs, **listeners.addresses, **secret})
        before = world.look()
        with Watcher(str(world.workspace)) as watcher:
            options = (f"{plan.name}.plan.py", "--workers", "4", *chosen)
            ended = (run or command)(world, trial, *options)
        left = _left_of(world)
        running = set().union(*watchers.left_running(watcher.before).values())
        different = changed(before, world.look())
        seen = _Seen(
            world, ended, watcher, listeners, bystanders, running, different,
            watchers.left_in_kernel(began) - in_kernel,
        )  # fmt: skip
        effects = {attack.name: set(seen.of(attack.name)) for attack in plan.attacks}
    explained = {path for path in different if any(bears(path, name) for name in effects)}
    return Siege(ended, effects, _of_note(different - explained), left, watcher.most)


@dataclass(frozen=True)
class _Seen:
    """What was seen of a class of payloads."""

    world: World
    ended: Ended
    watcher: Watcher
    listeners: Listeners
    bystanders: Bystanders
    running: set[str]
    different: set[Path]
    in_kernel: set[str]

    def of(self, name: str) -> Iterator[str]:
        """What one payload achieved."""
        short = watchers.short(name)
        yield from (f"changed {path}" for path in self.different if bears(path, name))
        yield from (f"told {secret}" for secret in _told(self.world, self.ended, name))
        yield from _seen_by_witness(self.ended, name)
        yield from (f"has {what}" for what in self.watcher.held.get(short, ()))
        found = {
            "was heard": self.listeners.heard_of(name),
            STARTED: short in self.watcher.started,
            "runs on": short in self.running,
            "harmed another process": self.bystanders.harmed(name),
            "left something in the kernel": name in self.in_kernel,
        }
        yield from (what for what, is_so in found.items() if is_so)


def command(world: World, trial: Trial, *arguments: str) -> Ended:
    """Run a plan of a world by the command, in its workspace."""
    level = ("--level", trial.level) if trial.level else ()
    process = subprocess.Popen(
        [interpreter_of(world), *COMMAND, "--json", *level, *trial.options, *arguments],
        cwd=world.workspace,
        env=environment(world, trial),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        user=trial.user,
        group=trial.user,
        extra_groups=[],
        start_new_session=True,
    )
    with process:
        try:
            out, err = process.communicate(timeout=_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return Ended(process.returncode, out, err)


@contextmanager
def besieged(user: int, folder: Path = TEMPORARY) -> Iterator[World]:
    """A world for payloads, of which nothing is left afterwards, nor of what they started."""
    world = World.make(user, folder)
    with watchers.parent_of_what_is_left():
        yield world
    watchers.remove_from_kernel()
    world.remove()


def environment(world: World, trial: Trial) -> dict[str, str]:
    own = world.base / "own"
    own.mkdir(exist_ok=True)
    os.chown(own, world.user, world.user)
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}}
    return kept | {
        "HOME": str(world.base / "home"),
        "CODEACT_CACHE_DIR": str(own / "cache"),
        "CODEACT_DATA_DIR": str(own / "data"),
        "CODEACT_SANDBOX_WITHHOLD": trial.withhold,
        "CANARY": world.canary("the user's variable"),
    }


@contextmanager
def _others(
    world: World, plan: PayloadPlan
) -> Iterator[tuple[Listeners, Bystanders, dict[str, object]]]:
    """Everybody else on the machine."""
    names = {*_NEEDS_BYSTANDER.findall(plan.text), "bystander"}
    outside = world.base / "outside"
    secret = world.canary("another program's variable")
    others = watchers.bystanders(names, world.user, outside, secret)
    own = others.pids
    try:
        with Listeners(world.workspace, outside, world.user) as listeners:
            yield listeners, others, {"bystander": own["bystander"], "bystanders": own}
    finally:
        others.end()


def _write_inputs(world: World, plan: PayloadPlan, inputs: dict[str, object]) -> None:
    lines = (f"{name} = {_toml(value)}\n" for name, value in inputs.items())
    (world.workspace / f"{plan.name}.plan.toml").write_text("".join(lines), encoding="utf-8")


def _toml(value: object) -> str:
    """As TOML; but for tables that is JSON."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_toml(part)}" for name, part in value.items()) + "}"
    return json.dumps(value)


def _told(world: World, ended: Ended, node: str) -> Iterator[str]:
    """The secrets that the events of a node tell."""
    text = json.dumps(list(ended.of(node)))
    return (name for name, canary in world.canaries.items() if canary in text)


def _seen_by_witness(ended: Ended, node: str) -> Iterator[str]:
    """What another node found that should have found nothing."""
    seen = ended.preview(f"{_WITNESS}{node}")
    if seen is not None and seen not in NOTHING:
        yield f"was seen to leave {seen}"


def _left_of(world: World) -> Sequence[str]:
    """The processes of a run that is over, if they do not end soon."""
    deadline = time.monotonic() + _GONE_SECONDS
    while (there := list(_processes_of(world))) and time.monotonic() < deadline:
        time.sleep(0.01)
    return there


def _processes_of(world: World) -> Iterator[str]:
    """All that was started for a workspace says so in its command line."""
    mark = str(world.workspace).encode()
    for pid in watchers.pids():
        try:
            line = Path("/proc", pid, "cmdline").read_bytes()
        except OSError:
            continue
        if mark in line:
            yield line.replace(b"\0", b" ").decode(errors="replace")


def _of_note(paths: Iterable[Path]) -> set[Path]:
    """Folders change with what is in them, and others use the machine as well."""
    return {path for path in paths if "attacked-" in str(path) and path.suffix != ".toml"}
