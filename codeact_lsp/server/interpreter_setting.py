"""The setting `interpreter`, which counts where the user alone can have made it.

To start a program is to run it with all rights, so a workspace may not say which. As with models,
initialization options count; an answer of the client's may have come with the workspace, and says
no more than the workspace may: a path within it, which is started in the container of the nodes.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from codeact_lsp.engine.workspace.interpreter import is_relative

_IGNORED = (
    "counts only in the client's initialization options, so that no workspace can set it; "
    "elsewhere it has to be a path in the workspace, such as .venv/bin/python."
)


def read_interpreter(said: Sequence[Any]) -> tuple[str | None, Iterable[str]]:
    """The user's choice, or else the workspace's, and what is wrong.

    Args:
        said: Its value in the initialization options and in each answer; None where there is none.
    """
    own, *others = (each if isinstance(each, str) and each else None for each in said)
    of_workspace = [each for each in others if each and is_relative(each)]
    return own or (of_workspace[-1] if of_workspace else None), [
        *(
            f"expected the path of a Python, not {each!r:.60}."
            for each in said
            if _is_no_path(each)
        ),
        *(_IGNORED for each in others if each not in {None, own, *of_workspace}),
    ]


def _is_no_path(value: Any) -> bool:
    return value is not None and not isinstance(value, str)
