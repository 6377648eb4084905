"""What to offer for what a node was refused: the least that helps, and never what is closed."""

from pathlib import Path

import pytest

from codeact_lsp.engine.outcomes.outcome import Denied
from codeact_lsp.engine.permissions.offers import is_asked, offer
from codeact_lsp.engine.permissions.sandbox_settings import read_right
from codeact_lsp.sandbox.protected import Surroundings

AROUND = Surroundings(
    Path("/work/flows/it.plan.py"), Path("/work/flows/it.plan.toml"), Path("/work")
)


@pytest.mark.parametrize(
    ("right", "what", "offered"),
    [
        ("write", "/work/flows/out/x.csv", "write out/"),
        ("write", "/work/flows/x.csv", "write x.csv"),
        ("write", "/work/flows/out/", "write out/"),
        ("write", "/work/flows/out.v2/", "write out.v2/"),
        ("write", "/work/flows/out/LICENSE", "write out/"),
        ("write", "out/sub/x.csv", "write out/sub/"),
        ("write", "/work/data/x.csv", "write ../data/"),
        ("write", "/work/x.csv", "write ../x.csv"),
        ("write", "/srv/data/x.csv", "write /srv/data/"),
        ("read", "/srv/data/x.csv", "read /srv/data/x.csv"),
        ("network", "api.example.com:443", "network api.example.com"),
        ("network", "api.example.com:8080", "network api.example.com:8080"),
        ("network", "api.example.com:", "network api.example.com"),
        ("network", "1.1.1.1:443", "network 1.1.1.1"),
        ("processes", "git", "processes"),
        ("environment", "API_KEY", "variable API_KEY"),
        ("import", "torch", "import torch"),
    ],
)
def test_the_right_that_would_have_helped(right: str, what: str, offered: str) -> None:
    assert str(offer(Denied(right, what), AROUND)) == offered


@pytest.mark.parametrize(
    ("right", "what"),
    [
        *[("write", "/work/.git/hooks/pre-commit"), ("write", "/work/flows/it.plan.py")],
        *[("write", "/work/flows/json.py"), ("write", "/etc/passwd"), ("write", "/work")],
        *[("read", "/work/.env"), ("read", "~/.ssh/id_ed25519"), ("read", "/etc/shadow")],
        # Nobody asks for what is open, so it is closed: a secret, by a name that says nothing.
        ("read", "/work/flows/notes.txt"),
        *[("read", "/proc/1/environ"), ("write", "/work/flows/a,b/x.csv")],
        *[
            ("network", "127.0.0.1:8000"),
            ("network", "localhost:8000"),
            ("network", "169.254.169.254:80"),
            ("network", ""),
        ],
        *[("environment", "LD_PRELOAD"), ("write", "/work/flows/a\nb/x.csv"), ("root", "all")],
        # Of a name without an ending a folder would be made.
        ("write", "/work/flows/LICENSE"),
        *[("write", ""), ("network", "/run/docker.sock"), ("memory", "lots")],
    ],
)
def test_what_nobody_should_give_by_a_click_is_not_offered(right: str, what: str) -> None:
    assert offer(Denied(right, what), AROUND) is None


def test_what_is_closed_for_want_of_a_look_may_be_given_by_a_click() -> None:
    denied = Denied("read", "/work/flows/deep/x.csv", overlooked=True)
    assert str(offer(denied, AROUND)) == "read deep/x.csv"


def test_a_wider_right_that_is_asked_for_already_is_enough() -> None:
    asked = (read_right("write ."), read_right("network *.example.com"))
    assert is_asked(read_right("write out/"), asked, AROUND)
    assert is_asked(read_right("network a.example.com"), asked, AROUND)
    assert not is_asked(read_right("write ../out"), asked, AROUND)
