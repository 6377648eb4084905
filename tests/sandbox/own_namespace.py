"""Programs in a user namespace of their own, in which they may change the limits of namespaces.

Such a limit is of the user namespace that it is set in: the machine's stays what it is.
"""

import shutil
import subprocess
from pathlib import Path

# Whose a file is that belongs to others than who made the namespace, nobody knows in there, and no
# bubblewrap is started that may not be root's.
_WITH_ITS_OWN = 'mount --bind "$0" /usr/bin/bwrap && exec "$@"'


def said_in_its_own(folder: Path, *command: str) -> str:
    """What a command writes that is run as the root of a namespace of its own.

    Args:
        folder: A folder to be used.
        command: The command.
    """
    bubblewrap = shutil.copy("/usr/bin/bwrap", folder / "bwrap")
    entered = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", _WITH_ITS_OWN]
    ended = subprocess.run(
        [*entered, bubblewrap, *command], check=True, capture_output=True, text=True
    )
    return ended.stdout
