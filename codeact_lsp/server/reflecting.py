"""Ask the model about a failure: on request, or by itself where the user turned that on."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from codeact_lsp.engine.job import Job
from codeact_lsp.model import Account, ModelError
from codeact_lsp.server.model_settings import model_settings, prompting
from codeact_lsp.server.progress import RunProgress
from codeact_lsp.server.settings import Settings
from codeact_lsp.server.unasked import Unasked

if TYPE_CHECKING:
    from codeact_lsp.repair import Failure
    from codeact_lsp.repair.candidates import Candidate, Source
    from codeact_lsp.repair.model.kept import Kept
    from codeact_lsp.repair.model.reflection import Reflected
    from codeact_lsp.repair.model.trial import Trial, Tried
    from codeact_lsp.server.repairs import Untried
    from codeact_lsp.server.server import PlanServer

_TITLE = "Asking the model"
# Answers come in words, and a client has other things to draw than each of them.
_STEP = 200


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: about which failure of which plan, and for how many answers."""

    uri: str
    untried: "Untried"
    alternatives: int = 1
    token: lsp.ProgressToken | None = None
    is_asked_for: bool = True


class Reflecting:
    """Has one model asked, shows how far it is, and puts what works among the fixes."""

    def __init__(self, server: "PlanServer") -> None:
        self._server = server
        self._tasks: dict[str, set[asyncio.Task[Reflected]]] = {}
        self._asking: set[asyncio.Task[Any]] = set()  # Held, or they may be collected.
        self._trials: dict[str, set[asyncio.Future[Tried]]] = {}
        self._accounts: dict[str, tuple[Job, Account]] = {}
        self._unasked = Unasked(server.warn)
        self._kept: Kept | None = None

    @property
    def known(self) -> "list[Source]":
        """What was answered before, for who looks for fixes of the same failure again."""
        return [self._kept.candidates] if self._kept else []

    async def ask(self, request: Request) -> dict[str, Any]:
        """Ask, and offer what works.

        Returns:
            `fixes`, the titles of what works; `message`, why there is none, or how it went; and
            `spent`, what all answers about this run took.
        """
        account = self._account(request)
        task = asyncio.create_task(self._reflect(request, account))
        tasks = self._tasks.setdefault(request.uri, set())
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()  # Of no effect once it has ended.
        titles, message = _outcome(task)
        if not request.is_asked_for:
            self._note(task)
        elif message:
            self._server.warn(message)
        return {"fixes": titles, "message": message, "spent": str(account.spent)}

    def unasked(self, uri: str, untried: "Untried") -> None:
        """Nothing else mends a failure: ask by ourselves, if the user wants that."""
        settings = self._server.session.settings_for(untried.failure.job.file)
        if settings.model_reflection and model_settings(settings).is_configured:
            asking = asyncio.create_task(self._ask_in_turn(uri, untried))
            self._asking.add(asking)
            asking.add_done_callback(self._asking.discard)

    def cancel(self, uri: str) -> bool:
        """Ask no more about a plan; False if nothing was asked."""
        tasks = list(self._tasks.get(uri, ()))
        for task in tasks:
            task.cancel()
        return bool(tasks)

    def forget(self, uri: str) -> None:
        """The plan was closed: its account is closed too."""
        self._accounts.pop(uri, None)

    async def pause(self, uri: str) -> None:
        """Let a run of the plan begin: a trial that is under way starts again after it."""
        if trials := self._trials.get(uri):
            for trial in trials:
                trial.cancel()
            await asyncio.wait(trials)

    async def close(self) -> None:
        """Stop everything and wait for it."""
        tasks = [task for tasks in self._tasks.values() for task in tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask_in_turn(self, uri: str, untried: "Untried") -> None:
        """Ask unasked once nothing else is: what is under way holds what the account has left."""
        async with self._unasked.turn:
            snapshot, error = self._server.session.snapshot(uri), untried.failure.error
            seen = snapshot.seen.get(error.node) if snapshot else None
            # Nobody has edited it meanwhile, or run it again.
            is_shown = seen is not None and seen.error is error
            if is_shown and self._unasked.is_worth_it(untried):
                await self.ask(Request(uri, untried, is_asked_for=False))

    def _note(self, task: "asyncio.Task[Reflected]") -> None:
        """Heed that there was no answer to a question that nobody has asked."""
        if not task.cancelled() and isinstance(error := task.exception(), ModelError):
            self._unasked.failed(error)  # A defect is raised by `ask`.

    async def _reflect(self, request: Request, account: Account) -> "Reflected":
        """Ask and try, with progress in the client."""
        # Only who asks for it waits until that is loaded.
        from codeact_lsp.repair.model.reflection import Reflection  # noqa: PLC0415 - as said.

        settings = self._settings(request)
        progress = RunProgress(self._server, 0)
        model = self._server.models.get(model_settings(settings))
        task = asyncio.current_task()
        if task is None:
            raise AssertionError("a coroutine that runs has a task")
        progress.begin(_TITLE, model.settings.model or "", lambda: _end(task), request.token)
        heard = _Heard(progress)
        reflection = Reflection(
            model, account, self._trial(request), prompting(settings), heard.hear
        )
        ended = "failed"
        try:
            reflected = await reflection.fixes(request.untried.failure, request.alternatives)
            ended = f"{len(reflected.fixes)} answers work; {account.spent}"
        finally:
            progress.end(ended)
        self._offer(request, reflected)
        return reflected

    def _offer(self, request: Request, reflected: "Reflected") -> None:
        """Show what works to whoever still sees the failure; who has run it again asks again."""
        untried, fixes = request.untried, reflected.fixes
        self._keep(untried, reflected)
        is_shown = bool(fixes) and untried.recorder.offer_more(untried.failure.error, fixes)
        if is_shown:
            self._server.refresh(request.uri)
        if not request.is_asked_for and (is_shown or not fixes):
            self._unasked.answered(untried)

    def _keep(self, untried: "Untried", reflected: "Reflected") -> None:
        from codeact_lsp.repair.model.kept import Kept  # noqa: PLC0415 - loaded when asked.

        self._kept = self._kept or Kept()
        self._kept.keep(untried.failure, reflected.fixes)

    def _trial(self, request: Request) -> "Trial":
        """Trials that wait for the user's own runs, and begin again when one comes in between."""
        from codeact_lsp.repair.model.trial import trial_in  # noqa: PLC0415 - loaded when asked.

        uri, in_engine = request.uri, trial_in(request.untried.engine)

        async def trial(failure: "Failure", candidate: "Candidate") -> "Tried":
            while True:
                await self._server.runs.settled(uri)
                task = asyncio.ensure_future(in_engine(failure, candidate))
                trials = self._trials.setdefault(uri, set())
                trials.add(task)
                task.add_done_callback(trials.discard)
                try:
                    await asyncio.wait([task])
                    if not task.cancelled():
                        return task.result()
                finally:
                    task.cancel()  # Of no effect once it has ended.

        return trial

    def _account(self, request: Request) -> Account:
        """What answers about this run have taken: the budget is for all of them."""
        budget = model_settings(self._settings(request)).budget
        if not request.is_asked_for:
            return self._unasked.account(budget)
        job = request.untried.failure.job
        known = self._accounts.get(request.uri)
        if known is None or known[0] is not job:
            known = job, Account(budget)
            self._accounts[request.uri] = known
        return known[1]

    def _settings(self, request: Request) -> Settings:
        return self._server.session.settings_for(request.untried.failure.job.file)


class _Heard:
    """Tells the client now and then how much of the answers has come."""

    def __init__(self, progress: RunProgress) -> None:
        self._progress = progress
        self._characters = 0
        self._told = -_STEP

    def hear(self, part: str) -> None:
        """A part of an answer has come."""
        self._characters += len(part)
        if self._characters - self._told >= _STEP:
            self._told = self._characters
            self._progress.says(f"{self._characters:,} characters of the answer")


def _outcome(task: "asyncio.Task[Reflected]") -> tuple[list[str], str]:
    """The titles of what works, and what is to be told if there are none."""
    if task.cancelled():
        return [], "The model was not asked to the end: that was cancelled."
    try:
        reflected = task.result()
    except ModelError as error:
        return [], str(error)
    return [fix.title for fix in reflected.fixes], "" if reflected.fixes else reflected.why_none


def _end(task: "asyncio.Task[Any]") -> None:
    task.cancel()
