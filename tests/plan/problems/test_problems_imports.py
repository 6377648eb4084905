"""Imports that are not allowed, or of no use at a level: by whatever name, on exact places."""

import pytest

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.problems.check import Review, check
from codeact_lsp.plan.problems.import_rules import NO_RULES, ImportRules, read_import_rules
from tests.carets import dedent, render, source_of

STRICT = ImportRules(
    withheld={"socket": "network", "urllib.request": "network", "subprocess": "processes"},
    level="strict",
)


def check_imports(drawing: str, rules: ImportRules) -> None:
    """The imports of the drawn text that the rules are about are those that are drawn."""
    text = source_of(drawing)
    found = [found for found in check(Plan.from_text(text), (), rules) if "name" in found.data]
    marks = [(one.span, f"{one.code} {one.severity.value} {one.data['name']}") for one in found]
    assert render(text, marks) == dedent(drawing)


def test_without_rules_every_import_is_fine() -> None:
    assert check(Plan.from_text("import socket\nfrom os import system\n")) == []


def test_only_what_is_allowed_may_be_imported() -> None:
    check_imports(
        """
        from __future__ import annotations
        import numpy as np, pandas.io.json as js, numpyro
                                                  ^^^^^^^ banned-import error numpyro
        import os
               ^^ banned-import error os
        from os import path, system as run
                             ^^^^^^ banned-import error os.system
        from os import *
             ^^ banned-import error os
        from pandas import DataFrame
        """,
        ImportRules(allowed=(frozenset({"numpy", "pandas", "os.path"}),)),
    )


def test_what_is_banned_may_not_be_imported_nor_what_is_in_it() -> None:
    check_imports(
        """
        import xml.etree.ElementTree as tree
               ^^^^^^^^^^^^^^^^^^^^^ banned-import error xml.etree.ElementTree
        from xml import sax
             ^^^ banned-import error xml
        from os import system, path
                       ^^^^^^ banned-import error os.system
        from math import pi
        """,
        ImportRules(banned=frozenset({"xml", "os.system"})),
    )


def test_what_the_user_granted_no_list_forbids() -> None:
    rules = ImportRules(
        allowed=(frozenset({"numpy"}),),
        banned=frozenset({"xml"}),
        granted=frozenset({"xml.dom", "json"}),
    )
    check_imports(
        """
        import json.decoder, xml.dom.minidom, xml.sax
                                              ^^^^^^^ banned-import error xml.sax
        """,
        rules,
    )


def test_of_several_lists_each_has_to_have_a_module() -> None:
    user = ImportRules(allowed=(frozenset({"numpy", "math"}),))
    workspace = ImportRules(
        allowed=(frozenset({"numpy", "socket"}),), banned=frozenset({"numpy.f2py"})
    )
    check_imports(
        """
        import numpy, math, socket, numpy.f2py
                      ^^^^ banned-import error math
                            ^^^^^^ banned-import error socket
                                    ^^^^^^^^^^ banned-import error numpy.f2py
        """,
        user.tightened(workspace),
    )


def test_a_module_is_found_in_any_scope_and_form() -> None:
    check_imports(
        """
        from \\
            urllib import request as r, parse
                          ^^^^^^^ withheld-right warning urllib.request
        class Client:
            import socket as s
                   ^^^^^^ withheld-right warning socket
        def fetch():
            try:
                "📦é"; from urllib.request import urlopen
                           ^^^^^^^^^^^^^^ withheld-right warning urllib.request
            except ImportError:
                import urllib . request
                       ^^^^^^^^^^^^^^^^ withheld-right warning urllib.request
            return lambda: __import__("subprocess")
                                       ^^^^^^^^^^ withheld-right warning subprocess
        """,
        STRICT,
    )


def test_calls_that_import_are_followed_through_the_names_of_the_whole_plan() -> None:
    check_imports(
        """
        import importlib as il
        from importlib import import_module as load
        import builtins

        def one():
            return il.import_module("socket")
                                     ^^^^^^ withheld-right warning socket
        def two(name="json"):
            return load(name=r'socket'), load(".socket", "a"), load(name, package="socket")
                               ^^^^^^ withheld-right warning socket
        def three():
            return builtins.__import__("sock" "et")
                                       ^^^^^^^^^^^ withheld-right warning socket
        """,
        STRICT,
    )


def test_a_plan_that_asks_for_a_right_is_not_told_that_it_lacks_it() -> None:
    check_imports(
        """
        import socket, subprocess
                       ^^^^^^^^^^ withheld-right warning subprocess
        def fetch():
            '''Fetch.

            Needs: network api.example.com
            '''
        """,
        STRICT,
    )


def test_to_ask_for_an_import_does_not_allow_it() -> None:
    check_imports(
        """
        import polars
               ^^^^^^ banned-import error polars
        def fetch():
            '''Fetch.

            Needs: import polars
            '''
        """,
        ImportRules(banned=frozenset({"polars"})),
    )


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            ImportRules(banned=frozenset({"socket"})),
            (
                "'socket' is among the banned imports. Do without it, or change the lists: "
                "codeact.safety in the editor's settings, tool.codeact.safety in pyproject.toml."
            ),
        ),
        (
            ImportRules(allowed=(frozenset(),)),
            (
                "'socket' is not among the allowed imports. Do without it, or change the lists: "
                "codeact.safety in the editor's settings, tool.codeact.safety in pyproject.toml."
            ),
        ),
        (
            STRICT,
            (
                "'socket' uses the network, which a node may not do at the level 'strict'. "
                "'Needs: network HOST' in a node's docstring asks for it."
            ),
        ),
    ],
    ids=["banned", "not allowed", "withheld"],
)
def test_the_message_names_the_reason_and_the_way_out(rules: ImportRules, message: str) -> None:
    (found,) = check(Plan.from_text("import socket\n"), (), rules)
    assert found.message == message


def test_a_review_follows_edits_and_other_rules() -> None:
    plan = Plan.from_text("import math\n\ndef a(): return 1\n")
    review = Review.of(plan, (), STRICT)
    assert review.problems == ()
    edited = plan.edited(Span(7, 11), "socket")
    (found,) = review.edited(edited, (), STRICT).problems
    assert (found.code, found.span) == ("withheld-right", Span(7, 13))
    assert review.edited(edited, (), NO_RULES).problems == ()


@pytest.mark.parametrize(
    ("table", "rules"),
    [
        ({}, NO_RULES),
        ({"allowedImports": None}, NO_RULES),
        ({"allowedImports": []}, ImportRules(allowed=(frozenset(),))),
        ({"banned-imports": ["os.path"]}, ImportRules(banned=frozenset({"os.path"}))),
    ],
    ids=repr,
)
def test_lists_are_read_as_either_place_writes_them(table: object, rules: ImportRules) -> None:
    assert read_import_rules(table) == (rules, ())


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (["os"], "expected a table of lists of modules, not ['os']"),
        (
            {"bannedImport": []},
            (
                "there is no 'bannedImport' here, only allowedImports and bannedImports. "
                "Did you mean 'bannedImports'?"
            ),
        ),
        (
            {"bannedImports": ["no module"]},
            "bannedImports: expected a list of modules such as ['numpy'], not ['no module'].",
        ),
    ],
    ids=["no table", "misspelt", "no module"],
)
def test_a_list_that_cannot_be_used_is_named(table: object, why: str) -> None:
    assert read_import_rules(table) == (NO_RULES, (why,))
