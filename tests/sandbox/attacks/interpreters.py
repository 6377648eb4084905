"""An interpreter with the product for a user: ours can be one that only we may run."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.sandbox.attacks.world import World

_PRODUCT = Path(__file__).parents[3]
_SAME = f"python{sys.version_info.major}.{sys.version_info.minor}"
_PLACES = (Path(sys.executable).resolve(), Path("/usr/local/bin", _SAME), Path("/usr/bin", _SAME))


def interpreter_of(world: World) -> str:
    """The Python that a world's user runs the command with."""
    if world.user == os.getuid():
        return sys.executable
    environment = world.base / "own/python"
    if not environment.exists():
        _make(environment, _accessible(world.user))
    return str(environment / "bin/python")


def _accessible(user: int) -> Path:
    """A Python of our release that a user can run."""
    for path in _PLACES:
        try:
            subprocess.run([path, "-c", ""], check=True, user=user, group=user, extra_groups=[])
        except (OSError, subprocess.CalledProcessError):
            continue
        return path
    raise FileNotFoundError(f"User {user} can run none of {', '.join(map(str, _PLACES))}.")


def _make(environment: Path, python: Path) -> None:
    """A virtual environment with the packages of ours and the product."""
    subprocess.run([python, "-m", "venv", "--without-pip", environment], check=True)
    packages = environment / "lib" / _SAME / "site-packages"
    paths = (sysconfig.get_paths()["purelib"], str(_PRODUCT))
    (packages / "ours.pth").write_text("\n".join(paths), encoding="utf-8")
