"""Who is measured: our engine, the floor, and the peers in environments of their own."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import codeact_lsp
from benchmarks import environments
from benchmarks.environments import UnavailableError

PINS = Path(__file__).parents[1] / "peers"


@dataclass(frozen=True)
class Contender:
    """One way to run nodes.

    Attributes:
        driver: The module that drives it, which knows it as `variant`.
        environment: The pins' name; None for our own environment.
        package: The distribution that its version is asked of; empty for Python's own.
    """

    name: str
    driver: str
    variant: str
    environment: str | None = None
    package: str = ""


@dataclass(frozen=True)
class Ready:
    """A contender whose driver can be started."""

    contender: Contender
    python: str
    version: str


def _ours(name: str, variant: str) -> Contender:
    return Contender(name, "benchmarks.running.drive_codeact", variant, package="codeact-lsp")


def _floor(name: str, variant: str) -> Contender:
    return Contender(name, "benchmarks.peers.drive_floor", variant)


def _peer(name: str, environment: str, variant: str, package: str = "") -> Contender:
    driver = f"benchmarks.peers.drive_{environment}"
    return Contender(name, driver, variant, environment, package or environment)


OURS = _ours("codeact", "cold")
APART = _ours("codeact, isolated", "apart")
KNOWN = _ours("codeact, known plan", "known")
COMMAND = _ours("codeact run", "command")
PROCESS = _ours("codeact, fresh process", "process")
WARM = _ours("codeact, warm engine", "warm")
CALLS = _floor("plain calls", "calls")
FORKS = _floor("fork+exit+wait", "fork")
POOL = _floor("ProcessPoolExecutor", "processpool")
LOKY = _peer("loky", "joblib", "loky", "loky")
MEMMAP = _peer("joblib, memmap", "joblib", "memmap")
MEMORY = _peer("joblib.Memory", "joblib", "memory")
THREADS = _peer("dask, threads", "dask", "threads")
DISTRIBUTED = _peer("dask distributed", "dask", "distributed", "distributed")
HAMILTON = _peer("hamilton", "hamilton", "plain", "apache-hamilton")
CACHED = _peer("hamilton, cache", "hamilton", "cached", "apache-hamilton")
RAY = _peer("ray", "ray", "ray")
PEERS = ("joblib", "dask", "hamilton", "ray")


def install(contenders: Iterable[Contender]) -> tuple[list[Ready], dict[str, str]]:
    """Those that can be started, and why the others cannot, by name."""
    ready: list[Ready] = []
    absent: dict[str, str] = {}
    for contender in contenders:
        try:
            ready.append(_installed(contender))
        except UnavailableError as error:
            absent[contender.name] = str(error)
    return ready, absent


def _installed(contender: Contender) -> Ready:
    if contender.environment is None:
        return Ready(
            contender, sys.executable, codeact_lsp.__version__ if contender.package else ""
        )
    # The servers of the edit half have environments there, too.
    environment = environments.make(
        f"run-{contender.environment}", PINS / f"{contender.environment}.txt"
    )
    version = environments.version(environment, contender.package)
    return Ready(contender, str(environments.python(environment)), version)
