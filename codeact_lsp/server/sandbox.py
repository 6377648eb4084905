"""The setting `sandbox`, and what comes of it for an open plan.

Initialization options are the user's own. Settings that the client is asked for are not only his:
an editor merges those into them that came with the workspace, and does not tell them apart. So
these take rights away, and give none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeact_lsp.engine.permissions.consent import DEFAULT_LEVEL, NOTHING, Consent, Tightening
from codeact_lsp.engine.permissions.permission import permission
from codeact_lsp.engine.permissions.sandbox_settings import SandboxSettings, read_sandbox
from codeact_lsp.engine.workspace.configuration import ConfigurationError
from codeact_lsp.engine.workspace.inputs import InputError

if TYPE_CHECKING:
    from codeact_lsp.engine.permissions.policies import Decision
    from codeact_lsp.plan import Plan
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.session import Session

_PLACE = "The client's setting codeact.sandbox:"


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What the client says of the sandbox.

    Attributes:
        user: What initialization options say.
        workspace: What the answers to later questions say, each.
    """

    user: SandboxSettings = field(default_factory=SandboxSettings)
    workspace: tuple[SandboxSettings, ...] = ()

    @property
    def tightening(self) -> list[Tightening]:
        """What those say that may have come with the workspace."""
        return [Tightening(_PLACE, settings) for settings in self.workspace]


def read_layers(said: Sequence[Any]) -> tuple[Sandbox, Iterable[str]]:
    """The setting, and what is wrong with it.

    Args:
        said: Its value in the initialization options and in each answer; None where there is none.
    """
    read = [(SandboxSettings(), ()) if each is None else read_sandbox(each) for each in said]
    (user, _), *others = read
    wrong = dict.fromkeys(complaint for _, complaints in read for complaint in complaints)
    return Sandbox(user, tuple(settings for settings, _ in others)), wrong


def standing(session: "Session", opened: "OpenPlan") -> tuple[Consent, frozenset[str]]:
    """What an open plan may get, and may import whatever lists say; nothing if in doubt."""
    if opened.path is None:
        level = session.settings.sandbox.user.level or DEFAULT_LEVEL
        return Consent(level), frozenset()
    try:
        decided = decision(session, opened.draft, opened.path)
    except InputError:
        return NOTHING, frozenset()
    return decided.consent, decided.granted_imports


def decision(session: "Session", plan: "Plan", path: Path) -> "Decision":
    """What the nodes of a plan may do, at this moment.

    Raises:
        InputError: The configuration of the user or of the workspace cannot be used.
    """
    said = session.settings_for(path).sandbox
    workspace = session.workspace_of(path)
    try:
        return permission(plan, path, workspace, said.user, said.tightening)
    except ConfigurationError as error:
        raise InputError(str(error)) from error
