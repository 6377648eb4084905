"""Makes what a node may write, where it is not there yet: only what exists can be opened to it."""

import os
from collections.abc import Iterator
from pathlib import Path

from codeact_lsp.engine.permissions.rights import needs
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox import marks
from codeact_lsp.sandbox.levels import Policy
from codeact_lsp.sandbox.needs import named_path


def make_outputs(plan: Plan, file: Path, node: str, policy: Policy) -> None:
    """Make the folders, and the empty files, that a node asked for and may write.

    A name without an ending, or with a slash behind it, is that of a folder.

    Args:
        plan: The plan.
        file: Its path.
        node: The node.
        policy: What it may do.

    Raises:
        OSError: One of them cannot be made, or only by way of a link.
    """
    if not policy.write:
        return
    for path, is_folder in _wanted(plan, file.resolve().parent, node):
        if path not in policy.write or os.path.lexists(path):
            continue
        marks.make(path, is_folder=is_folder)


def _wanted(plan: Plan, folder: Path, node: str) -> Iterator[tuple[Path, bool]]:
    for need in needs(plan, node):
        if need.right == "write":
            path = named_path(need.what, folder)
            yield path, need.what.endswith("/") or not path.suffix
