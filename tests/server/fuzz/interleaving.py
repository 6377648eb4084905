"""One random interleaving of edits, runs, cancels and late results, and what is shown meanwhile."""

import asyncio
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.server import text as texts
from tests.server.fuzz.client import Client
from tests.server.fuzz.held import HeldExecutor
from tests.server.fuzz.model import Made, Model

_STATE = re.compile(
    r"✓ [\d,.]+ m?s · (?P<kind>\w+).*|✗ (?P<failure>.*)|– needs (?P<roots>.*)|running …"
)
# What ended tells so in the loop's next turn, and may begin something else.
_QUIET_TURNS = 3
_DEFINITION = re.compile(r"def (n\d+)\(")


class Interleaving:
    """One plan, open in one editor, with everything that can happen to it."""

    def __init__(
        self, client: Client, executor: HeldExecutor, chance: random.Random, folder: Path
    ) -> None:
        self.wrong: list[str] = []
        self._client = client
        self._executor = executor
        self._chance = chance
        self._file = folder / "it.plan.py"
        self._uri = self._file.as_uri()
        self._model = Model.of_chance(chance)
        self._text = self._model.text
        self._past: list[Model] = []
        self._inputs: dict[str, int] = {}
        self._version = 1
        self._open = False
        client.published = self._published
        self._reopen()

    def step(self) -> None:
        """Something happens."""
        steps: list[tuple[int, Callable[[], object]]] = [
            (8, self._edit),
            (3, self._undo),
            (2, self._write_inputs),
            (1, self._close),
            (4, lambda: self._command("runPlan")),
            (3, lambda: self._command("runNode", node=self._some_node())),
            (2, lambda: self._command("runNode", node=self._some_node(), downstream=True)),
            (2, lambda: self._command("runStale")),
            (1, lambda: self._command("cancel")),
            (1, lambda: self._command("clear", **self._chance.choice([{}, self._one()]))),
            (14, self._end_some),
        ]
        weights = [weight for weight, _ in steps]
        self._chance.choices([act for _, act in steps], weights)[0]()

    async def pause(self) -> None:
        """Let some of what is under way go on, or nothing, or let threads end too."""
        turns: int | None = self._chance.choice([0, 0, 1, 3, 30, None])
        for _ in range(turns or 0):
            await asyncio.sleep(0)
        if turns is None and (others := _others()):
            await asyncio.wait(others, timeout=0.005)

    async def check_end(self) -> None:
        """All that is under way ends; then a run of the plan shows everything there is to show."""
        await self._settle()
        self.check()
        self._reopen()
        number = self._ask_command("runPlan")
        await self._settle()
        self._client.answer(number)
        self.check(complete=not any(node.broken for node in self._model.nodes))
        self._close()

    def check(self, *, complete: bool = False) -> None:
        """What is shown of each node is what it makes now, or nothing."""
        if self._open:
            made = self._model.made(self._inputs)
            seen = self._check_lenses(made)
            self._check_hints(made)
            missing = made.keys() - seen
            if complete and missing:
                self.wrong.append(f"nothing is shown of {sorted(missing)} after a run")

    def _check_lenses(self, made: dict[str, Made]) -> set[str]:
        seen: set[str] = set()
        lines = texts.lines(self._text)
        document = {"uri": self._uri}
        for lens in self._client.read("textDocument/codeLens", textDocument=document) or ():
            if lens.get("command", {}).get("command") == "":
                name = _DEFINITION.match(lines[lens["range"]["start"]["line"]])
                self._check_state(name[1] if name else "?", lens["command"]["title"], made)
                seen.add(name[1] if name else "?")
        return seen

    def _check_state(self, name: str, title: str, made: dict[str, Made]) -> None:
        expected = made.get(name)
        shown = _STATE.fullmatch(title)
        right = expected is not None and shown is not None
        if expected and shown:
            right = (
                not (shown["kind"] and expected.value is None)
                and (shown["failure"] or expected.failure) == expected.failure
                and set((shown["roots"] or ", ".join(expected.roots)).split(", "))
                == set(", ".join(expected.roots).split(", "))
            )
        if not right:
            self.wrong.append(f"{name} makes {expected}, and shows {title!r}")

    def _check_hints(self, made: dict[str, Made]) -> None:
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
        document = {"uri": self._uri}
        hints = self._client.read("textDocument/inlayHint", textDocument=document, range=whole)
        for hint in hints or ():
            line = hint["position"]["line"]
            name = self._node_at(line)
            if hint["data"]["kind"] == "input":
                expected = self._inputs.get("k")
            else:
                expected = made[name].value if name in made else None
                line_text = texts.lines(self._text)[line]
                if hint["position"]["character"] != len(line_text):
                    self.wrong.append(f"the value of {name} does not stand at its return")
            if hint["label"] != f"= {expected}":
                self.wrong.append(f"{name} makes {expected}, and a hint says {hint['label']}")

    def _published(self, params: dict[str, Any]) -> None:
        """Diagnostics come: of the text as it is, and of failures that it has."""
        if params["uri"] != self._uri:
            return
        version = self._version if self._open else None
        if params.get("version") != version:
            self.wrong.append(f"diagnostics of version {params.get('version')} at {version}")
        made = self._model.made(self._inputs)
        marked = [found for found in params["diagnostics"] if found["code"] == "user"]
        for found in marked:
            start, end = found["range"]["start"], found["range"]["end"]
            text = texts.lines(self._text)[start["line"]][start["character"] : end["character"]]
            name = self._node_at(start["line"])
            expected = made.get(name)
            if not self._open or expected is None or found["message"] != expected.failure:
                self.wrong.append(f"{name} makes {expected}; marked is {found['message']!r}")
            elif self._model.failing(name) != text.encode("utf-16-le").decode("utf-16-le"):
                self.wrong.append(f"{name} fails elsewhere than at {text!r}")

    def _node_at(self, line: int) -> str:
        """The node whose definition holds a line."""
        for text in reversed(texts.lines(self._text)[: line + 1]):
            if match := _DEFINITION.match(text):
                return match[1]
        return "?"

    def _edit(self) -> None:
        self._past.append(self._model)
        self._show(self._model.edited(self._chance))

    def _undo(self) -> None:
        if self._past:
            self._show(self._past.pop())

    def _show(self, model: Model) -> None:
        self._model, self._text = model, model.text
        if self._open:
            self._version += 1
            document = {"uri": self._uri, "version": self._version}
            changes = [{"text": self._text}]
            self._client.tell(
                "textDocument/didChange", textDocument=document, contentChanges=changes
            )

    def _write_inputs(self) -> None:
        self._inputs = self._chance.choice([{}, {"k": 2}, {"k": 3}, {"k": 4}])
        file = self._file.with_suffix(".toml")
        file.write_text("".join(f"{name} = {value}\n" for name, value in self._inputs.items()))
        changes = [{"uri": file.as_uri(), "type": 2}]
        self._client.tell("workspace/didChangeWatchedFiles", changes=changes)

    def _close(self) -> None:
        if self._open:
            self._open = False
            self._client.tell("textDocument/didClose", textDocument={"uri": self._uri})
        else:
            self._reopen()

    def _reopen(self) -> None:
        if not self._open:
            self._open = True
            item = {
                "uri": self._uri,
                "languageId": "python",
                "version": self._version,
                "text": self._text,
            }
            self._client.tell("textDocument/didOpen", textDocument=item)

    def _command(self, name: str, **arguments: Any) -> None:
        if self._open:
            self._ask_command(name, **arguments)

    def _ask_command(self, name: str, **arguments: Any) -> int:
        given = [{"uri": self._uri, **arguments}]
        return self._client.ask(
            "workspace/executeCommand", command=f"codeact.{name}", arguments=given
        )

    def _some_node(self) -> str:
        return self._chance.choice(self._model.nodes).name

    def _one(self) -> dict[str, Any]:
        return {"node": self._some_node()}

    def _end_some(self) -> None:
        for _ in range(self._chance.choice([1, 1, 2, 5])):
            self._end_one()

    def _end_one(self) -> None:
        """Some call ends, as a rule heeding that it was asked to stop."""
        held = self._executor.held
        if held:
            execution = held.pop(self._chance.randrange(len(held)))
            execution.end(heeds_stop=self._chance.random() < 0.8)

    async def _settle(self) -> None:
        """Let everything end that is under way."""
        quiet = 0
        while quiet < _QUIET_TURNS:
            while self._executor.held:
                self._end_one()
            if others := _others():
                await asyncio.wait(others, timeout=0.002, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(0)
            quiet = 0 if others else quiet + 1


def _others() -> list["asyncio.Task[Any]"]:
    """All that is under way in this loop besides the test."""
    mine = asyncio.current_task()
    return [task for task in asyncio.all_tasks() if task is not mine]
