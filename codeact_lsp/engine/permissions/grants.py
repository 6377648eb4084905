"""The rights that the user granted to plans: a file of the user's own, apart from all workspaces.

Who can write to it can give rights, as with the keys that open an account. So it counts only if it
is the user's, and nobody else can write to it. A mark with the user's secret would prove no more:
the secret lies in the same folder, under the same protection.
"""

import contextlib
import fcntl
import json
import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from codeact_lsp.engine.permissions.rights import covers
from codeact_lsp.engine.workspace.files import read_regular
from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.plan.docstrings.needs import Need, read_need

_VERSION = 1
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class GrantsError(Exception):
    """What was granted cannot be read or written; the message names the file and the way out."""


class Grants:
    """What was granted; several processes may read and change it at once."""

    def __init__(self, folder: Path | None = None) -> None:
        """Look into a folder; None is that of the user's data."""
        self.path = (folder or data_folder()) / "grants.json"

    def of(self, plan: Path) -> tuple[Need, ...]:
        """The rights that were granted to a plan.

        Raises:
            GrantsError: They cannot be read, so that there are none.
        """
        return self.all().get(plan.resolve(), ())

    def all(self) -> Mapping[Path, tuple[Need, ...]]:
        """All rights, by the file of the plan.

        Raises:
            GrantsError: They cannot be read.
        """
        return {Path(plan): tuple(rights) for plan, rights in self._read().items()}

    def add(self, plan: Path, right: Need) -> bool:
        """Grant a right to a plan; tell whether it did not have that already.

        Raises:
            GrantsError: It cannot be kept.
        """
        file = plan.resolve()
        with self._changing() as plans:
            kept = plans.get(str(file), [])
            if any(covers(other, right, file.parent) for other in kept):
                return False
            narrower = [other for other in kept if covers(right, other, file.parent)]
            plans[str(file)] = [*(other for other in kept if other not in narrower), right]
            return True

    def revoke(self, plan: Path, rights: Iterable[Need] = ()) -> tuple[Need, ...]:
        """Take rights back from a plan, or all that it has; tell which it had.

        Raises:
            GrantsError: That cannot be kept.
        """
        unwanted = set(rights)
        with self._changing() as plans:
            kept = plans.pop(str(plan.resolve()), [])
            gone = tuple(right for right in kept if not unwanted or right in unwanted)
            if left := [right for right in kept if right not in gone]:
                plans[str(plan.resolve())] = left
            return gone

    def _read(self) -> dict[str, list[Need]]:
        try:
            self._require_ours()
            return _plans(json.loads(read_regular(self.path)))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            raise GrantsError(
                f"{self.path} cannot be used, so nothing is granted: {error}. Mend the file, or "
                "remove it and grant anew."
            ) from error

    def _require_ours(self) -> None:
        for path in (self.path, self.path.parent):
            status = path.stat()
            if status.st_uid != os.geteuid():
                raise PermissionError(f"{path} belongs to another user")
            if status.st_mode & _OTHERS_WRITE:
                raise PermissionError(f"others can write to {path}")

    @contextlib.contextmanager
    def _changing(self) -> Iterator[dict[str, list[Need]]]:
        """What is granted, to be changed; what it is then is kept, all at once."""
        with self._locked():
            plans = self._read()
            before = {plan: list(rights) for plan, rights in plans.items()}
            yield plans
            if plans != before:
                self._write(plans)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = os.open(
                self.path.with_name("grants.lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600
            )
        except OSError as error:
            raise self._unkept(error) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _write(self, plans: Mapping[str, Iterable[Need]]) -> None:
        data = {
            "version": _VERSION,
            "plans": {plan: [str(right) for right in rights] for plan, rights in plans.items()},
        }
        temporary = self.path.with_name(f"grants-{secrets.token_hex(8)}")
        try:
            temporary.touch(mode=0o600)
            temporary.write_text(json.dumps(data, indent=1), encoding="utf-8")
            temporary.replace(self.path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise self._unkept(error) from error

    def _unkept(self, error: OSError) -> GrantsError:
        return GrantsError(
            f"{self.path} cannot be written: {error.strerror or error}. Make the folder writable, "
            "or name another one in CODEACT_DATA_DIR."
        )


def _plans(data: object) -> dict[str, list[Need]]:
    """The rights of each plan.

    Raises:
        ValueError: The data are not what `Grants` writes.
    """
    plans = data.get("plans") if isinstance(data, dict) and data.get("version") == _VERSION else 0
    if not isinstance(plans, dict) or not all(isinstance(each, list) for each in plans.values()):
        raise ValueError(f"it is no list of rights of version {_VERSION}")
    return {plan: [_need(right) for right in rights] for plan, rights in plans.items()}


def _need(text: object) -> Need:
    need = read_need(text) if isinstance(text, str) else None
    if need is None:
        raise ValueError(f"{text!r:.60} is no right")
    return need
