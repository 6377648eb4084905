"""`codeact grant`, and what nodes may do with it, or with the options and settings beside it."""

from pathlib import Path

import pytest

from tests.cli.command import Codeact

WRITES = '''
    def a() -> str:
        """A.

        Needs: write out/
        """
        with open("out/x.csv", "w") as file:
            file.write("1")
        return "written"
'''


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Grants and configuration of this test alone."""
    folder = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("CODEACT_DATA_DIR", str(folder / "data"))
    monkeypatch.setenv("CODEACT_CONFIG_DIR", str(folder))
    return folder


def test_a_right_is_kept_listed_and_taken_back(codeact: Codeact) -> None:
    plan = codeact.plan(WRITES)
    granted = codeact("grant", "it.plan.py", "write out/", "processes")
    assert granted.out == f"{plan}: granted write out/\n{plan}: granted processes\n"
    codeact.plan(WRITES, "other.plan.py")
    codeact("grant", "other.plan.py", "variable KEY")
    assert len(codeact("grant", "--list").out.splitlines()) == 3
    assert codeact("grant", "it.plan.py", "--list", "--json").told == [
        {"plan": str(plan), "right": right, "became": "granted"}
        for right in ("write out/", "processes")
    ]
    revoked = codeact("grant", "it.plan.py", "--revoke", "processes", "variable X")
    assert revoked.out == f"{plan}: revoked processes\n"
    assert revoked.err == "codeact: it.plan.py: 'variable X' was not granted.\n"
    assert codeact("grant", "it.plan.py", "--revoke").out == f"{plan}: revoked write out/\n"
    assert codeact("grant", "it.plan.py", "--list").out == ""


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "grant expects a plan and a right such as"),
        (("it.plan.py",), "grant expects a plan and a right such as"),
        (("--revoke", "it.plan.py"), "grant expects the plan before, and rights after --revoke."),
        (("none.plan.py", "processes"), "none.plan.py: there is no such file."),
        (("it.plan.py", "root"), "expected a right such as"),
        (("it.plan.py", "write .git/hooks"), "'write .git/hooks' is never granted: '.git' is"),
        (("it.plan.py", "write it.plan.py"), "is never granted: it is, or holds, the plan itself"),
        (("it.plan.py", "variable LD_PRELOAD"), "is never granted: it steers how programs start."),
    ],
)
def test_what_cannot_be_granted_is_refused(
    codeact: Codeact, arguments: tuple[str, ...], why: str
) -> None:
    codeact.plan(WRITES)
    ended = codeact("grant", *arguments)
    assert ended.status == 3
    assert why in ended.err
    assert codeact("grant", "--list").out == ""


def test_a_node_writes_what_it_was_granted_and_nothing_else(codeact: Codeact) -> None:
    codeact.plan(WRITES)
    assert codeact.run("--level", "strict").became == {"a": "failed"}
    codeact("grant", "it.plan.py", "write out/")
    assert codeact.run("--level", "strict").became == {"a": "succeeded"}
    assert (codeact.folder / "out" / "x.csv").read_text(encoding="utf-8") == "1"
    codeact.plan(WRITES.replace("Needs: write out/", "Needs: write other/"))
    assert codeact.run("--level", "strict").became == {"a": "failed"}


def test_a_level_and_an_option_grant_for_one_run(codeact: Codeact) -> None:
    codeact.plan(WRITES)
    for options in (("--level", "write"), ("--level", "strict", "--allow", "write out")):
        assert codeact.run("--no-cache", *options).became == {"a": "succeeded"}
    assert codeact.run("--no-cache", "--level", "strict").became == {"a": "failed"}


def test_an_option_that_nothing_asks_for_is_told(codeact: Codeact) -> None:
    codeact.plan("def a() -> int: return 1")
    ended = codeact("run", "it.plan.py", "--dry-run", "--allow", "write out/")
    assert ended.err == (
        "codeact: --allow 'write out/' is without effect: no node asks for it. Add this line to "
        "the docstring of the one that needs it: Needs: write out/\n"
    )


def test_a_workspace_takes_rights_and_gives_none(codeact: Codeact) -> None:
    codeact.plan(WRITES)
    settings = codeact.folder / "pyproject.toml"
    settings.write_text('[tool.codeact.sandbox]\nlevel = "off"\n', encoding="utf-8")
    (started,) = codeact.run("--level", "strict").events("RunStarted")
    assert started["notes"] == [
        (
            f"{settings}: [tool.codeact.sandbox] level is 'off', which gives more than your "
            "'strict': it is not followed, since a workspace can only take rights away."
        ),
        (
            "'a' asked for 'write out/', which is not granted. To grant it: codeact grant "
            f"{codeact.folder / 'it.plan.py'} 'write out/'"
        ),
    ]
    settings.write_text('[tool.codeact.sandbox]\nlevel = "strict"\n', encoding="utf-8")
    ended = codeact("run", "it.plan.py", "--json", "--level", "off", "--allow", "write out/")
    assert ended.became == {"a": "failed"}
    assert "allows no more than level 'strict'" in ended.events("RunStarted")[0]["notes"][0]


def test_the_users_configuration_counts_for_all_plans(codeact: Codeact, own_folders: Path) -> None:
    codeact.plan(WRITES)
    configuration = own_folders / "config.toml"
    text = '[sandbox]\nlevel = "strict"\nallow = ["write out/"]\n'
    configuration.write_text(text, encoding="utf-8")
    assert codeact.run().became == {"a": "succeeded"}
    configuration.write_text('[sandbox]\nlevl = "strict"\n', encoding="utf-8")
    ended = codeact.run()
    assert ended.status == 3
    assert ended.err == (
        f"codeact: {configuration}: [sandbox] levl: there is no such setting. Did you mean "
        "'level'?\n"
    )


@pytest.mark.parametrize(
    ("option", "why"),
    [
        (("--level", "strikt"), "not 'strikt'. Did you mean 'strict'?"),
        (("--allow", "wirte out"), "not 'wirte out'. Did you mean 'write'?"),
        (("--minimum-tier", "best"), "There is no tier 'best'"),
    ],
)
def test_a_word_that_is_none_is_refused(
    codeact: Codeact, option: tuple[str, str], why: str
) -> None:
    codeact.plan(WRITES)
    ended = codeact("run", "it.plan.py", *option)
    assert ended.status == 3
    assert why in ended.err


@pytest.mark.e2e
def test_what_was_granted_below_the_home_is_what_a_node_finds_there(
    codeact: Codeact, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the home that the node had without: what it wrote there would be gone with it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    codeact.plan(
        '''
        from pathlib import Path

        def a() -> str:
            """A.

            Needs: write ~/out
            """
            Path("~/out/x.csv").expanduser().write_text("1")
            return "written"

        def b() -> str:
            """B."""
            return str(Path.home())
        '''
    )
    ended = codeact("run", "it.plan.py", "--json", "--allow", "write ~/out")
    assert ended.became == {"a": "succeeded", "b": "succeeded"}
    assert (home / "out/x.csv").read_text(encoding="utf-8") == "1"
    assert str(home) not in ended.previews["b"]
