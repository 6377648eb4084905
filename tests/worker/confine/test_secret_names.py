"""A name is closed exactly if it matches a glob, whatever form that has; case does not count."""

import fnmatch
import re
from typing import NamedTuple

import pytest

from codeact_lsp.sandbox.secrets import SECRETS
from codeact_lsp.worker.confine.secret_names import SecretNames

OTHERS = ("a*b", "*mid*", "**", "x[ab]*", "?.pem", "*[!a].txt", "**/*", "[*]", "Über*")
NAMES = sorted({glob.removeprefix("**/") for glob in SECRETS} | set(OTHERS))


class Entry(NamedTuple):
    """What is asked of an entry of a folder."""

    name: str
    folder: str = "/w"

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.name}"


def like(glob: str) -> list[str]:
    """Names that a glob is meant for, and names that are nearly such."""
    filled = [re.sub(r"\*+|\?|\[[^]]*\]", by, glob) for by in ("", "a", "x.y", "b", "-")]
    return [
        form
        for name in filled
        if name and "/" not in name
        for form in (name, name.upper(), f"x{name}", f"{name}x", name[1:], name[:-1])
        if form
    ]


# A name that may be that of a copy is closed with what it may be a copy of.
COPIES = re.compile(r"[.#].*|.*(~|#|___|-checkpoint.*|\.(bak|old|orig|rej|save|backup|pyc))")
TRIED = sorted({form for each in NAMES for form in like(each) if not COPIES.fullmatch(form)})


@pytest.mark.parametrize("glob", [glob for glob in NAMES if "/" not in glob])
def test_it_is_as_a_glob_says(glob: str) -> None:
    secrets = SecretNames("/w", [f"**/{glob}"])
    closed = [name for name in TRIED if secrets.has(Entry(name))]  # type: ignore[arg-type]
    assert closed == [
        name for name in TRIED if fnmatch.fnmatchcase(name.casefold(), glob.casefold())
    ]


def test_what_is_closed_by_its_place_is_closed_there_alone() -> None:
    places = ["/w/state", "/w/home/.*"]
    secrets = SecretNames("/w", places)
    assert secrets.has(Entry("state"))  # type: ignore[arg-type]
    assert secrets.has(Entry(".config", "/w/home"))  # type: ignore[arg-type]
    for entry in (Entry("state", "/w/a"), Entry(".config"), Entry("notes.txt", "/w/home")):
        assert not secrets.has(entry)  # type: ignore[arg-type]
    # A Python, or a workspace, may lie below what is hidden in a home.
    below = SecretNames("/w/home/.pyenv", places)
    for name in ("lib", ".hidden"):
        assert not below.has(Entry(name, "/w/home/.pyenv"))  # type: ignore[arg-type]
