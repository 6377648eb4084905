"""Run a plan that fails, have a scripted model asked about it, and look at what became of that."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codeact_lsp.engine.session import Engine
from codeact_lsp.model import Account, Limits, Model, ModelSettings, Prompting
from codeact_lsp.repair import Failure
from codeact_lsp.repair.model.reflection import Reflected, Reflection
from codeact_lsp.repair.model.trial import Trial, trial_in
from tests.openai_server.lasting import Lasting
from tests.openai_server.script import Turn, says
from tests.openai_server.server import MODEL, OpenAIServer
from tests.repair.fixing import Bench, plain

END = "<<END>>"


@dataclass
class Reflecting:
    """An engine, the folder of the plan, and a model that does what tests script."""

    engine: Engine
    folder: Path
    openai: OpenAIServer
    side: Lasting
    account: Account = field(default_factory=Account)
    prompting: Prompting = field(default_factory=Prompting)

    async def failure(self, text: str, *wanted: str, **settings: Any) -> Failure:
        """The one failure of a run of a plan."""
        return await Bench(self.engine, self.folder).failure(plain(text), *wanted, **settings)

    async def ask(
        self, text: str, *turns: Turn, alternatives: int = 1, **settings: Any
    ) -> Reflected:
        """What comes of a plan's one failure if the model does this."""
        self.openai.script(*turns)
        failure = await self.failure(text, **settings)
        return await self.reflection().fixes(failure, alternatives)

    def reflection(self, trial: Trial | None = None) -> Reflection:
        """One that asks the scripted model, and has its answers tried by the engine or so."""
        limits = Limits(pause=0.01, retries=1)
        model = Model(ModelSettings(MODEL, self.openai.base_url, limits), side=self.side)
        return Reflection(model, self.account, trial or trial_in(self.engine), self.prompting)


def answers(function: str, why: str = "it is so") -> Turn:
    """The model answers in the form with this function."""
    return says(f"WHY: {why}\n```python\n{plain(function)}```\n{END}")
