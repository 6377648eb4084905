"""What holds for a plan at this moment: all that was said and granted, read and put together."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from codeact_lsp.engine.permissions.consent import Tightening, consent
from codeact_lsp.engine.permissions.grants import Grants, GrantsError
from codeact_lsp.engine.permissions.policies import Decision, decide
from codeact_lsp.engine.permissions.sandbox_settings import SandboxSettings
from codeact_lsp.engine.workspace.configuration import FILE_NAME, SANDBOX_TABLE, read_configuration
from codeact_lsp.engine.workspace.user_configuration import read_user_configuration
from codeact_lsp.plan import Plan
from codeact_lsp.plan.docstrings.needs import Need

_NOTHING = SandboxSettings()


def permission(
    plan: Plan,
    file: Path,
    workspace: Path,
    own: SandboxSettings = _NOTHING,
    tightening: Iterable[Tightening] = (),
) -> Decision:
    """What each node of a plan may do.

    Args:
        plan: The plan.
        file: Its path.
        workspace: Its workspace.
        own: What the user says of this run, or in the settings of the editor; it goes before what
            the user's configuration says.
        tightening: What else came with the workspace.

    Raises:
        ConfigurationError: What the user or the workspace says cannot be read. It may be meant to
            take rights away, so nothing is run.
    """
    configuration = read_configuration(workspace)
    place = f"{workspace / FILE_NAME}: [{SANDBOX_TABLE}]"
    of_workspace = Tightening(place, configuration.sandbox)
    granted, trouble = _granted(file)
    user = own.over(read_user_configuration())
    allowed = consent(user, granted, (of_workspace, *tightening), notes=trouble)
    decision = decide(plan, file, workspace, allowed)
    imports = replace(configuration.imports, granted=decision.granted_imports)
    return replace(decision, imports=imports)


def _granted(file: Path) -> tuple[tuple[Need, ...], tuple[str, ...]]:
    try:
        return Grants().of(file), ()
    except GrantsError as error:
        return (), (str(error),)
