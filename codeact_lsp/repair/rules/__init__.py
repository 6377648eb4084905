"""Repairs by rule: one module a rule, each with `candidates(plan, error)`."""

from collections.abc import Callable, Iterable

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Plan
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.rules import misspelt

Rule = Callable[[Plan, CodeError], Iterable[Candidate]]

RULES: tuple[Rule, ...] = (misspelt.candidates,)
