"""One failure, and what is tried to mend it: rules and memory first, then a model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from codeact_lsp.agent.dialogue import Dialogue
from codeact_lsp.agent.workplace import Tell
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.repair import Failure, Fix, Repairer
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.recall import Recall
from codeact_lsp.repair.model import trial
from codeact_lsp.repair.model.prompt import TooLongError
from codeact_lsp.repair.model.reflection import Reflection
from codeact_lsp.tape.steps import Tried


@dataclass
class Mender:
    """Looks for the fix of one failure after the other.

    Attributes:
        engine: What runs the trials.
        tell: Hears of each.
        dialogue: The model that is asked where rules and memory do not help; None asks none.
        tried: What was tried for the last failure, in words.
    """

    engine: Engine
    tell: Tell
    dialogue: Dialogue | None = None
    tried: list[str] = field(default_factory=list)

    async def fix(self, failure: Failure, is_new: Callable[[Fix], bool]) -> Fix | None:
        """The fix to make; None if nothing helps that keeps the meaning.

        Args:
            failure: What went wrong.
            is_new: Whether a fix leads to a plan that there has not been yet.

        Raises:
            ModelError: The model cannot be asked, or not any more.
        """
        self.tried.clear()
        known = [fix for fix in await self._by_rules(failure) if not fix.hides and is_new(fix)]
        if preferred := next((fix for fix in known if fix.preferred), None):
            return preferred
        # What a model made of all that is known goes before a rule that is not sure of itself.
        answered = await self._by_model(failure)
        usable = [fix for fix in answered if not fix.hides and is_new(fix)]
        return next(iter([*usable, *known]), None)

    async def _by_rules(self, failure: Failure) -> list[Fix]:
        recall = Recall(Memory(data_folder()))
        trials: list[tuple[Candidate, Fix | None]] = []

        def heard(candidate: Candidate, fix: Fix | None) -> None:
            recall.tried(candidate, fix)
            trials.append((candidate, fix))

        fixes = await Repairer(self.engine, [recall.candidates], heard).fixes(failure)
        best = {fix.edit: fix for fix in fixes}
        for candidate, fix in trials:
            by = "memory" if candidate.rule.startswith("memory:") else "rule"
            self._note(candidate, best.get(candidate.edit) or fix, by, failure)
        return fixes

    async def _by_model(self, failure: Failure) -> list[Fix]:
        if self.dialogue is None:
            return []
        topic = self.dialogue.about("repair", failure.error.node)
        try:
            reflected = await Reflection(topic, topic.account, self.trial).fixes(failure)
        except TooLongError as error:
            self.tried.append(str(error))
            return []
        if not reflected.fixes:
            self.tried += reflected.said
        return reflected.fixes

    async def trial(self, failure: Failure, candidate: Candidate) -> trial.Tried:
        """Check and run what a model proposes, and tell of it."""
        tried = await trial.trial_in(self.engine)(failure, candidate)
        self._note(candidate, tried.fix, "model", failure, tried.said)
        return tried

    def _note(
        self, candidate: Candidate, fix: Fix | None, by: str, failure: Failure, why: str = ""
    ) -> None:
        edit, title = candidate.edit, fix.title if fix else candidate.title
        if by != "model" and (not fix or fix.hides):
            self.tried.append(f"{title} ({'not taken' if fix else 'does not run'})")
        self.tell(
            Tried(
                node=failure.error.node,
                by=by,
                title=title,
                edit=(edit.span.start, edit.span.end, edit.new),
                worked=fix is not None,
                why=why,
                passed=fix.passed if fix else 0,
                downstream=fix.downstream if fix else 0,
                hides=candidate.hides,
                preferred=bool(fix and fix.preferred),
            )
        )


def said(tried: Sequence[str]) -> tuple[str, ...]:
    """What was tried, each thing once."""
    return tuple(dict.fromkeys(tried))
