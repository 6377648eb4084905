"""What this machine was shown to enforce, remembered until it is started anew."""

import asyncio
import contextlib
import fcntl
import hashlib
import json
import os
import stat
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

import codeact_lsp
from codeact_lsp.engine.workspace.files import read_regular
from codeact_lsp.engine.workspace.folders import store_folder
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.mechanisms import Mechanisms, are_known, mechanisms
from codeact_lsp.sandbox.proof import Evidence, Promise, Proof
from codeact_lsp.sandbox.remedies import Lack
from codeact_lsp.sandbox.tiers import Tier

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_NAMESPACES = Path("/proc/self/ns")
# A change of these would make another sandbox.
_CODE = ("sandbox", "worker", "engine/executors")
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_MOST_KEPT = 8
_known: dict[str, Proof] = {}


async def proven(interpreter: Interpreter, *, afresh: bool = False) -> Proof:
    """What was shown for a Python; the self-test runs only if it has not since the machine started.

    Args:
        interpreter: The Python that nodes run in.
        afresh: Whether it is to run in any case.

    Raises:
        WithholdError: A mechanism is to be withheld that nobody knows.
    """
    found = mechanisms() if are_known() else await asyncio.to_thread(mechanisms)
    key = _key(interpreter, found)
    if afresh or not _known.get(key):
        _known[key] = await _found_out(interpreter, found, key, afresh=afresh)
    return _known[key]


async def _found_out(
    interpreter: Interpreter, found: Mechanisms, key: str, *, afresh: bool
) -> Proof:
    if not afresh and (kept := _kept().get(key)):
        return kept
    async with _alone():
        # Whoever was first has left what it found.
        if not afresh and (kept := _kept().get(key)):
            return kept
        # Nothing of it is needed once it is known.
        from codeact_lsp.engine.permissions.self_test import prove  # noqa: PLC0415 - as said.

        proof = await prove(interpreter, found)
        if proof.sound:  # What failed may have failed for want of time: the next process tries.
            _keep(key, proof)
        return proof


def _key(interpreter: Interpreter, found: Mechanisms) -> str:
    """All that a proof rests on."""
    parts = (
        codeact_lsp.__version__,
        _newest_code(),
        interpreter.path,
        _stamp(interpreter.path),
        _boot(),
        _namespaces(),
        os.geteuid(),
        # Where a group lies is another place in each login; what it does is the same.
        replace(found, cgroup=None),
        found.cgroup and (found.cgroup.version, found.cgroup.scopes),
    )
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


@cache
def _newest_code() -> int:
    package = Path(codeact_lsp.__file__).parent
    files = (file for room in _CODE for file in (package / room).rglob("*.py"))
    return max(file.stat().st_mtime_ns for file in files)


@cache
def _boot() -> str:
    """What names the time since the machine started; empty where the system does not tell."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""


@cache
def _namespaces() -> tuple[str, ...]:
    """Those of this process: in another container the same kernel may allow something else."""
    files = _NAMESPACES.iterdir() if _NAMESPACES.is_dir() else ()
    return tuple(sorted(str(file.readlink()) for file in files))


def _stamp(interpreter: Path) -> tuple[Path, int]:
    """What changes when a Python is exchanged; packages do not count, the canaries use none."""
    try:
        return interpreter.resolve(), interpreter.stat().st_mtime_ns
    except OSError:
        return interpreter, 0


def _file() -> Path:
    return store_folder() / "proofs" / "proofs.json"


def _kept() -> dict[str, Proof]:
    """The proofs that this user has written, and nobody else could have."""
    file = _file()
    try:
        if not all(_is_private(path) for path in (file.parent, file)):
            return {}
        kept = json.loads(read_regular(file))
        return {key: _from_data(data) for key, data in kept.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _is_private(path: Path) -> bool:
    status = path.lstat()
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS


def _keep(key: str, proof: Proof) -> None:
    """Keep a proof; where that is not possible it is found out again."""
    if not _boot():
        return
    file = _file()
    others = [(other, kept) for other, kept in _kept().items() if other != key]
    proofs = dict([*others[1 - _MOST_KEPT :], (key, proof)])
    data = {each: asdict(kept) for each, kept in proofs.items()}
    with contextlib.suppress(OSError):
        new = file.with_suffix(f".{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(json.dumps(data), encoding="utf-8")
        new.replace(file)


def _from_data(data: dict[str, Any]) -> Proof:
    return Proof(
        tier=Tier(data["tier"]),
        expected=Tier(data["expected"]),
        evidence=tuple(
            Evidence(**{**each, "promise": Promise(each["promise"]), "tier": Tier(each["tier"])})
            for each in data["evidence"]
        ),
        lacking=tuple(Lack(**{**each, "tier": Tier(each["tier"])}) for each in data["lacking"]),
    )


@contextlib.asynccontextmanager
async def _alone() -> AsyncIterator[None]:
    """One at a time of all processes of this user, where the folder of results can be used."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            descriptor = stack.enter_context(_lock_file())
            await asyncio.to_thread(fcntl.flock, descriptor, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _lock_file() -> Iterator[int]:
    folder = _file().parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
