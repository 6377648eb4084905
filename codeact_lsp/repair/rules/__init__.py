"""Repairs by rule: one module a rule.

The order is that of a tie: of rules that are as sure, those come first that go by what exists, then
those that go by what Python says, then conversions and what only keeps a failure from showing.
"""

from codeact_lsp.repair.candidates import Rule
from codeact_lsp.repair.rules import (
    accessors,
    aggregates,
    arity,
    arrays,
    awaits,
    bounds,
    changed_meanwhile,
    closed_file,
    dataclass_fields,
    dates,
    empties,
    encodings,
    endless,
    first_values,
    folders,
    forgotten,
    formats,
    given,
    imports,
    in_place,
    json_dialects,
    keywords,
    lambdas,
    misspelt,
    modes,
    moved,
    nested,
    not_callable,
    numbers,
    operands,
    other_languages,
    paths,
    patterns,
    recursion,
    removed_keywords,
    returned,
    searches,
    selfless,
    super_init,
    tables,
    truths,
    unassigned,
    uncalled,
    unchangeable,
    unhashable,
    unimported,
    unordered,
    unpacking,
    unserialisable,
    zones,
)

_BY_WHAT_EXISTS = (misspelt, imports, unimported, paths, keywords, moved, selfless, super_init)
_BY_WHAT_IS_SAID = (
    other_languages, removed_keywords, accessors, uncalled, not_callable, in_place, awaits, lambdas,
    unassigned, changed_meanwhile, closed_file, dataclass_fields, unchangeable, unserialisable,
    folders, encodings, json_dialects, patterns, formats, truths, unordered, unhashable, unpacking,
    arity, bounds, first_values, recursion, modes, nested, arrays, tables, zones, searches,
    forgotten, endless,
)  # fmt: skip
_BY_CONVERSION = (dates, numbers, operands, given, aggregates, empties)

RULES: tuple[Rule, ...] = tuple(
    module.RULE for module in (*_BY_WHAT_EXISTS, *_BY_WHAT_IS_SAID, *_BY_CONVERSION)
)
UPSTREAM: tuple[Rule, ...] = (returned.RULE,)
"""Rules for the place where a bad value was made."""
