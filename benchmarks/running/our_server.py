"""Our own server as an editor starts it, in a workspace of its own, with nothing of the user's."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.client import Client, NoAnswerError, Reply, Sent
from benchmarks.editor import Editor
from benchmarks.running.sessions import share_proof

LIMIT_SECONDS = 180.0
_COMMAND = (sys.executable, "-m", "codeact_lsp", "serve")


@contextmanager
def started(known: Path, configuration: str = "") -> Iterator[tuple[Client, Path]]:
    """A server process that nobody has spoken to yet, and the folder of its workspace.

    Args:
        known: Where what the machine enforces has been found out: see `share_proof`.
        configuration: What the user's configuration says, as TOML.
    """
    with TemporaryDirectory() as name:
        workspace, kept = (Path(name).resolve() / each for each in ("workspace", "kept"))
        workspace.mkdir()
        kept.mkdir()
        share_proof(known, kept)
        (kept / "config.toml").write_text(configuration, encoding="utf-8")
        client = Client(_COMMAND, workspace, kept)
        try:
            yield client, workspace
        finally:
            client.close()


@contextmanager
def serving(known: Path, configuration: str = "") -> Iterator[tuple[Client, Path]]:
    """As `started`: one that has answered, for a client that asked for the events of runs."""
    with started(known, configuration) as (client, workspace):
        client.initialize(LIMIT_SECONDS, experimental={"codeact": {"events": True}})
        yield client, workspace


def at_level(level: str) -> str:
    """The configuration of a user whose nodes have that level."""
    return f'[sandbox]\nlevel = "{level}"\n'


def opened(client: Client, path: Path, text: str) -> Editor:
    """A plan, open in a server that has read it."""
    path.write_text(text, encoding="utf-8")
    editor = Editor(client, LIMIT_SECONDS)
    editor.diagnostics(editor.open(path.as_uri(), text))
    return editor


def command(client: Client, name: str, **argument: str) -> Sent:
    """Ask for one of our own commands."""
    params = {"command": f"codeact.{name}", "arguments": [argument]}
    return client.request("workspace/executeCommand", params)


def done(client: Client, run: Sent) -> Reply:
    """The answer of a run that ended well.

    Raises:
        NoAnswerError: It did not, or not in time.
    """
    reply = client.answer(run.number, LIMIT_SECONDS)
    result = reply.message["result"]
    if result["status"] != "done":
        raise NoAnswerError(f"a run ended as {result['status']}: {result.get('message', '')}")
    return reply


def first_run(client: Client, path: Path, text: str, node: str) -> float:
    """Open a plan and run a node of it; when that was done, in seconds of `perf_counter`.

    Raises:
        NoAnswerError: It did not end well, or not in time.
    """
    run = _asked(client, opened(client, path, text), node)
    return done(client, run).at


def node_run(client: Client, editor: Editor, node: str) -> float:
    """Run a node of an open plan; the seconds from asking for it to its end.

    Raises:
        NoAnswerError: It did not end well, or not in time.
    """
    run = _asked(client, editor, node)
    return done(client, run).at - run.at


def _asked(client: Client, editor: Editor, node: str) -> Sent:
    return command(client, "runNode", uri=editor.uri, node=node)
