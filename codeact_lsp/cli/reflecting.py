"""`codeact fix --model`: ask a language model about what nothing else mends."""

import argparse
from collections.abc import Iterable

from codeact_lsp.cli.exits import UsageError, complain
from codeact_lsp.engine.session import Engine
from codeact_lsp.model import Account, Model, ModelError, ModelSettings
from codeact_lsp.repair import Failure, Fix
from codeact_lsp.repair.model.reflection import Reflection
from codeact_lsp.repair.model.trial import trial_in


async def answers(
    options: argparse.Namespace, engine: Engine, failures: Iterable[Failure]
) -> list[Fix]:
    """What works of a model's answers; why there is none goes to standard error.

    The budget is for all the failures together.
    """
    settings = ModelSettings.from_environment(options.model, options.base_url)
    model, account = Model(settings), Account(settings.budget)
    reflection = Reflection(model, account, trial_in(engine))
    found: list[Fix] = []
    try:
        for failure in failures:
            reflected = await reflection.fixes(failure)
            found += reflected.fixes
            if not reflected.fixes:
                _tell(reflected.why_none)
    except ModelError as error:
        _tell(str(error))
    finally:
        await model.close()
    _tell(f"the model took {account.spent}.")
    return found


def _tell(message: str) -> None:
    complain(UsageError(message))
