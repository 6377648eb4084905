"""A machine in small to attack: whatever a node must not reach in it can be told when it is."""

import contextlib
import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.sandbox.attacks.payloads import PLANS

NOBODY = 65_534
TEMPORARY = Path("/tmp")
LASTING = Path("/var/tmp")
_LARGEST = 1 << 20
_GET_VERSION = 0x8008_7601
# Files of the workspace that every plan may want, and none may have.
_SECRETS = (
    ".env", "service/.env.production", ".git/config", ".git/logs/HEAD", "deploy/server.key",
    "deploy/id_ed25519", ".netrc", ".npmrc", "credentials.json", "secrets.toml", ".aws/credentials",
)  # fmt: skip
# The same files, by names that say nothing.
_OTHER_NAMES = {
    ".env": "notes.txt", ".git/config": "data/notes.txt", "deploy/server.key": "deploy/notes.txt",
    ".aws/credentials": "data/table.txt",
}  # fmt: skip
# What is a secret by what lies around it, or by what leads to it.
_BESIDE = (
    "deploy/values.txt", "node_modules/package/.env", "venv/.env", "venv/lib/token.key",
    "__pycache__/credentials.cpython-312.pyc",
)  # fmt: skip
_OUTSIDE = ("outside/secret.txt", "home/.ssh/id_ed25519", "home/notes.txt", "cache/values")
# What a workspace that came from somebody else may try: all of it can only tighten.
_LOOSENED = {
    "codeact.toml": 'level = "off"\n',
    ".codeact/settings.toml": 'level = "off"\n',
    ".vscode/settings.json": '{"codeact.level": "off", "codeact.sandbox.level": "off"}\n',
    "sitecustomize.py": "raise SystemExit('the workspace was imported')\n",
    "json.py": "raise SystemExit('the workspace was imported')\n",
}
_SHARED = (TEMPORARY, LASTING, Path("/dev/shm"), Path("/run"))

Look = Mapping[Path, tuple[object, ...]]


@dataclass
class World:
    """A folder with a home, a workspace, and other things of the user's.

    Attributes:
        base: The folder.
        user: Who owns it, and runs what is tried in it.
        canaries: What each secret says, by its name; no two say the same.
    """

    base: Path
    user: int
    canaries: dict[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, user: int, folder: Path = TEMPORARY) -> "World":
        """A new one, in a folder that everybody may look into."""
        base = Path(tempfile.mkdtemp(prefix="attacked-", dir=folder))
        world = cls(base.resolve(), user)
        world._fill()
        for path in (base, *base.rglob("*")):
            os.chown(path, user, user, follow_symlinks=False)
        return world

    def canary(self, name: str) -> str:
        """What the secret of a name says."""
        return self.canaries.setdefault(name, f"canary-{secrets.token_hex(8)}")

    @property
    def workspace(self) -> Path:
        """The workspace that the plans lie in."""
        return self.base / "workspace"

    @property
    def inputs(self) -> dict[str, object]:
        """Where things are, by the names of the payloads' parameters."""
        return {
            "outside": str(self.base / "outside/secret.txt"),
            "home": str(self.base / "home"),
            "workspace": str(self.workspace),
            "secrets": [str(self.workspace / name) for name in _SECRETS],
            "other_names": [str(self.workspace / name) for name in _OTHER_NAMES.values()],
            "beside": [str(self.workspace / name) for name in _BESIDE],
            "victims": str(self.base / "outside/victims"),
            "victims_here": str(self.workspace / "victims"),
            "store": str(self.base / "cache"),
        }

    def look(self) -> Look:
        """All files, and what can change of each; of the machine's own, only which there are."""
        mine = {path: _state(path) for path in self.base.rglob("*") if not self._is_ours(path)}
        others = (path for folder in _SHARED for path in _listed(folder))
        return mine | dict.fromkeys(others, ())

    def remove(self) -> None:
        """Remove it, and what payloads left beside it, whatever was made of it."""
        shutil.rmtree(self.base)
        names = {attack.name for plan in PLANS for attack in plan.attacks}
        for path in (path for folder in _SHARED for path in _listed(folder)):
            if path.name in names and not path.is_dir():
                path.unlink(missing_ok=True)

    def _is_ours(self, path: Path) -> bool:
        """Whether the command that is tried keeps its own things there."""
        return path.is_relative_to(self.base / "own")

    def _fill(self) -> None:
        self.base.chmod(0o755)
        self.canaries |= dict(_of_the_machine())
        for name in (*(f"workspace/{name}" for name in _SECRETS), *_OUTSIDE):
            self._write(name, f"{self.canary(name)}\n")
        self._write("workspace/credentials.py", "")
        for name in _BESIDE:
            self._write(f"workspace/{name}", f"{self.canary(name)}\n")
        (self.workspace / "data").mkdir()
        self._write(f"outside/listed/{self.canary('a name')}", "")
        for name, text in _LOOSENED.items():
            self._write(f"workspace/{name}", text)
        self._write("workspace/.git/hooks/pre-commit", "#!/bin/sh\n")
        self._write("workspace/table.csv", "name,number\na,1\nb,2\n")
        for plan in PLANS:
            self._write(f"workspace/{plan.name}.plan.py", plan.text)
            for attack in plan.attacks:
                for folder in ("outside/victims", "workspace/victims"):
                    self._write(f"{folder}/{attack.name}", "unharmed\n")
        self._link()

    def _link(self) -> None:
        """Links that a repository may bring along, with harmless names."""
        (self.workspace / "readme.txt").symlink_to(self.base / "outside/secret.txt")
        (self.workspace / "sample.txt").symlink_to(".env")
        (self.workspace / "docs").symlink_to(self.base / "outside")
        (self.workspace / "settings").symlink_to(".git")
        (self.workspace / ".env.shared").symlink_to("deploy/values.txt")
        for secret, name in _OTHER_NAMES.items():
            (self.workspace / name).hardlink_to(self.workspace / secret)

    def _write(self, name: str, text: str) -> None:
        path = self.base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def changed(before: Look, after: Look) -> set[Path]:
    """Which files are not what they were."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def bears(path: Path, name: str) -> bool:
    """Whether a file says who left it: by its name, that of its folder, or its content."""
    if any(part.split(".")[0] == name for part in path.parts):
        return True
    try:
        content = path.read_bytes()[:_LARGEST] if path.is_file() else b""
    except OSError:
        return False
    # In folders that all share, others leave files too, and names of payloads are words of theirs.
    is_shared = path.parent in _SHARED
    return content.strip() == name.encode() if is_shared else name.encode() in content


def _of_the_machine() -> Iterator[tuple[str, str]]:
    """What the machine's own files say, as far as it can be told from anything else."""
    names = ("passwd", "machine-id", "resolv.conf")
    for path in (*(Path("/etc", name) for name in names), *_listed(Path("/usr/local/etc"))):
        if path.is_file() and len(line := _first_line(path)) > 20:
            yield str(path), line


def _first_line(path: Path) -> str:
    """A machine's own files are in whatever encoding it has."""
    return path.read_bytes().partition(b"\n")[0].decode("utf-8", "replace")


def _state(path: Path) -> tuple[object, ...]:
    status = path.lstat()
    state: tuple[object, ...] = (status.st_mode, status.st_uid, status.st_nlink)
    if path.is_symlink():
        return (*state, path.readlink())
    if path.is_file():
        content = sha256(path.read_bytes()).digest()
        return (*state, content, status.st_mtime_ns, *os.listxattr(path), _generation(path))
    return state


def _generation(path: Path) -> bytes:
    """A number that some file systems give a file each time that its inode is used anew."""
    with path.open("rb") as file, contextlib.suppress(OSError):
        return fcntl.ioctl(file, _GET_VERSION, bytes(8))
    return b""


def _listed(folder: Path) -> Iterator[Path]:
    try:
        yield from folder.iterdir()
    except OSError:
        return
