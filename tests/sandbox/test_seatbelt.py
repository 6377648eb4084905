"""The profile of macOS: what it opens, that all else is closed, and that no path can change it.

It has not run on macOS: what is tested is the text.
"""

import re
from pathlib import Path

import pytest

from codeact_lsp.sandbox.levels import Level, Policy, grant, preset
from codeact_lsp.sandbox.seatbelt import command, expression
from codeact_lsp.sandbox.secrets import SECRETS

PYTHON = Path("/opt/py/bin/python3")
SCRATCH = Path("/private/var/scratch")


def made(policy: Policy) -> tuple[list[str], dict[str, str]]:
    """The lines of a policy's profile, and its parameters."""
    program, option, profile, *definitions = command(policy, PYTHON, [Path("/opt/py")], SCRATCH)
    assert (program, option) == ("/usr/bin/sandbox-exec", "-p")
    assert definitions[::2] == ["-D"] * len(definitions[::2])
    pairs = (definition.split("=", maxsplit=1) for definition in definitions[1::2])
    return profile.split("\n"), dict(pairs)


def rules(lines: list[str]) -> list[str]:
    """What comes after the part that all profiles have; secrets are left out."""
    start = lines.index('(allow process-exec (literal (param "PYTHON")))')
    return [line for line in lines[start:] if not line.startswith("(deny file-read-data")]


def test_the_strict_profile() -> None:
    lines, parameters = made(preset(Level.STRICT, Path("/Users/me/plans")))
    assert lines[:2] == ["(version 1)", "(deny default)"]
    assert not [line for line in lines if "network" in line]
    assert rules(lines) == [
        '(allow process-exec (literal (param "PYTHON")))',
        '(allow file-read-metadata file-test-existence (literal (param "ABOVE_0")))',
        '(allow file-read-metadata file-test-existence (literal (param "ABOVE_1")))',
        '(allow file-read-metadata file-test-existence (literal (param "ABOVE_2")))',
        '(allow file-read-metadata file-test-existence (literal (param "ABOVE_3")))',
        '(allow file-read-metadata file-test-existence (literal (param "ABOVE_4")))',
        '(allow file-read-metadata file-test-existence (literal (param "ABOVE_5")))',
        '(allow file-read* file-test-existence (subpath (param "WORKSPACE")))',
        (
            "(allow file-read* file-test-existence file-map-executable process-exec "
            '(subpath (param "READ_0")))'
        ),
        '(allow file-read* file-write* file-test-existence (subpath (param "WRITE_0")))',
    ]
    assert parameters == {
        "PYTHON": "/opt/py/bin/python3",
        "READ_0": "/opt/py",
        "WRITE_0": "/private/var/scratch",
        "WORKSPACE": "/Users/me/plans",
        "ABOVE_0": "/",
        "ABOVE_1": "/Users",
        "ABOVE_2": "/Users/me",
        "ABOVE_3": "/opt",
        "ABOVE_4": "/private",
        "ABOVE_5": "/private/var",
    }


def test_secrets_are_closed_after_the_workspace_and_before_packages_with_certificates() -> None:
    lines, _ = made(preset(Level.STRICT, Path("/ws")))
    closed = [
        number for number, line in enumerate(lines) if line.startswith("(deny file-read-data")
    ]
    opened = lines.index('(allow file-read* file-test-existence (subpath (param "WORKSPACE")))')
    (packages,) = (number for number, line in enumerate(lines) if '"READ_0"' in line)
    assert opened < min(closed)
    assert max(closed) < packages
    assert len(closed) > len(SECRETS)


def test_what_is_granted_is_opened_and_nothing_else() -> None:
    granted = grant(preset(Level.STANDARD), read=[Path("/data")], write=[Path("/out")])
    lines, parameters = made(granted)
    assert (parameters["READ_1"], parameters["WRITE_1"]) == ("/data", "/out")
    assert '(allow process-exec (subpath "/bin") (subpath "/usr/bin"))' in lines
    assert "WORKSPACE" not in "".join(lines)


@pytest.mark.parametrize(
    "name",
    [
        'a"))(allow default)("',
        "a\n(allow default)\n",
        "a\\",
        "a=b",
        "-D",
        '#"(.*)"',
        "(param WORKSPACE)",
        "ä\u202e\x1b[0m",
        ";",
    ],
)
def test_no_name_of_a_folder_changes_the_profile(name: str) -> None:
    plain, _ = made(preset(Level.STRICT, Path("/ws/a")))
    lines, parameters = made(preset(Level.STRICT, Path("/ws", name)))
    assert lines == plain
    assert parameters["WORKSPACE"] == f"/ws/{name}"


@pytest.mark.parametrize(
    ("glob", "closed", "open_"),
    [
        ("**/.env*", ["/ws/.env", "/ws/a/.ENV.local", "/ws/.env/x"], ["/ws/env", "/ws/a.env"]),
        ("**/*.pem", ["/ws/a.pem", "/ws/.PEM"], ["/ws/a.pem.txt", "/ws/apem"]),
        (
            "**/service[-_]account*.json",
            ["/ws/service_account-1.json"],
            ["/ws/serviceaccount.json"],
        ),
        ("**/.vscode/settings.json", ["/ws/.vscode/settings.json"], ["/ws/.vscode/tasks.json"]),
    ],
)
def test_a_glob_closes_what_it_names_and_what_is_below(
    glob: str, closed: list[str], open_: list[str]
) -> None:
    found = re.compile(expression(glob))
    assert all(found.search(path) for path in closed)
    assert not any(found.search(path) for path in open_)


def test_all_secrets_can_be_written_as_expressions() -> None:
    for glob in SECRETS:
        assert re.compile(expression(glob)).search("/ws/" + re.sub(r"\[(.).*?\]|[*?]", r"\1", glob))


def test_a_glob_that_would_end_its_expression_is_an_error() -> None:
    with pytest.raises(ValueError, match="a quote cannot be part"):
        expression('**/a"')
