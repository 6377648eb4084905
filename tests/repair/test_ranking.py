"""Of several fixes that run, which comes first, and whether it is applied without asking."""

from dataclasses import replace

import pytest

from codeact_lsp.repair import Repairer
from codeact_lsp.repair.candidates import GUESS, LIKELY, WILD
from codeact_lsp.repair.ranking import SURE_ENOUGH, ranked
from codeact_lsp.repair.records import is_reliable
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_that_breaks_what_follows_ranks_below_one_that_does_not(bench: Bench) -> None:
    fixes = await bench.meant("""
        def price() -> object:
            row = {"amounts": "two", "amount_eur": 2}
            return row["amount"]

        def halved(price: float) -> float:
            return price / 2
    """)
    assert [(fix.label, fix.passed, fix.downstream, fix.preferred) for fix in fixes] == [
        ("Rename 'amount' to 'amount_eur'", 1, 1, True),
        ("Rename 'amount' to 'amounts'", 0, 1, False),
    ]


async def test_of_two_that_work_alike_the_closer_one_is_first(bench: Bench) -> None:
    fixes = await bench.meant("""
        def amount() -> int:
            row = {"amount_net_eur": 1, "amount_nett": 2}
            return row["amount_net"]
    """)
    assert [fix.label for fix in fixes] == [
        "Rename 'amount_net' to 'amount_nett'",
        "Rename 'amount_net' to 'amount_net_eur'",
    ]
    assert [fix.preferred for fix in fixes] == [True, False]


async def test_what_ran_on_files_that_a_trial_had_changed_is_not_preferred(bench: Bench) -> None:
    best, *_ = await bench.fixes("""
        def amount() -> int:
            row = {"amount_net_eur": 1, "amount_nett": 2}
            return row["amount_net"]
    """)
    assert best.preferred
    (spoilt,) = ranked([replace(best, is_spoilt=True)])
    assert not spoilt.preferred


async def test_a_guess_is_offered_but_never_preferred(bench: Bench) -> None:
    (fix,) = await bench.fixes("""
        import math

        def turn() -> float:
            return math.tua
    """)
    assert (fix.label, fix.preferred) == ("Rename 'tua' to 'tau'", False)


async def test_a_key_that_the_rest_of_the_plan_spells_so_too_is_left_as_it_is(
    bench: Bench,
) -> None:
    """Then it is the maker of the key who has misspelt it."""
    fixes = await bench.fixes(
        """
        def row() -> dict[str, int]:
            return {"amuont": 1}

        def total(row: dict[str, int]) -> int:
            return row["amount"]

        def doubled(row: dict[str, int]) -> int:
            return 2 * row["amount"]

        def halved(row: dict[str, int]) -> float:
            return row["amount"] / 2
        """,
        "total",
    )
    assert [(fix.label, fix.preferred) for fix in fixes] == [
        ("In 'row': rename 'amuont' to 'amount'", True),
        ("Rename 'amount' to 'amuont'", False),
    ]


async def test_a_value_that_is_not_what_the_node_declares_speaks_against_a_fix(
    bench: Bench,
) -> None:
    plan = """
        def amount(){returns}:
            row = {{"amounts": "two", "amount_": 2}}
            return row["amount"]
    """
    undeclared = await bench.meant(plan.format(returns=""))
    assert len(undeclared) == 2
    (declared,) = await bench.meant(plan.format(returns=" -> int"))
    assert declared.label == "Rename 'amount' to 'amount_'"


async def test_a_declaration_that_no_fix_can_keep_speaks_against_none(bench: Bench) -> None:
    fix, hiding = await bench.fixes("""
        def amount() -> int:
            row = {"amounts": "two"}
            return row["amount"]
    """)
    assert (fix.result.breach, fix.preferred) == ("is 'two', declared int", True)
    assert (hiding.result.breach, hiding.hides) == (None, True)


async def test_what_only_hides_the_failure_comes_last_and_says_so(bench: Bench) -> None:
    renamed, hidden = await bench.fixes("""
        def amount() -> object:
            row = {"amount_net": 1}
            return row["amoun"]
    """)
    assert renamed.title.startswith("Rename 'amoun' to 'amount_net': runs, ")
    assert "row.get" in hidden.title
    assert "stops the crash; check the value" in hidden.title
    assert [fix.hides for fix in (renamed, hidden)] == [False, True]
    assert [fix.preferred for fix in (renamed, hidden)] == [False, False]


async def test_nothing_is_hidden_where_a_good_repair_is_known(bench: Bench) -> None:
    (fix,) = await bench.fixes("""
        def amount() -> object:
            row = {"amount": 1}
            return row["ammount"]
    """)
    assert (fix.label, fix.preferred) == ("Rename 'ammount' to 'amount'", True)


async def test_of_two_that_are_as_likely_and_give_different_values_none_is_preferred(
    bench: Bench,
) -> None:
    first, second = await bench.fixes("""
        def amount() -> int:
            row = {"amount1": 1, "amount2": 2}
            return row["amount"]
    """)
    assert first.likely == second.likely
    assert not first.preferred


async def test_one_whose_value_is_to_blame_for_what_fails_next_is_not_preferred(
    bench: Bench,
) -> None:
    (fix,) = await bench.fixes("""
        def amount(number: int = 1) -> int:
            return nubmer

        def first(amount: int) -> int:
            return amount[0]
    """)
    assert (fix.passed, fix.downstream, fix.preferred) == (0, 1, False)


async def test_a_failure_of_its_own_behind_the_repaired_node_is_no_reason_against_it(
    bench: Bench,
) -> None:
    (fix,) = await bench.fixes("""
        def amount(number: int = 1) -> int:
            return nubmer

        def shown(amount: int) -> str:
            return f"{amuont}"
    """)
    assert (fix.passed, fix.downstream, fix.preferred) == (0, 1, True)


async def test_one_that_has_the_same_failure_come_later_is_no_fix(bench: Bench) -> None:
    fixes = await bench.meant("""
        def prices() -> object:
            tables = {"teas": {"tea": 2}, "teax": {"t": 1}}
            return tables["tea"]

        def price(prices: dict[str, int]) -> int:
            return prices["tea"]
    """)
    labels = [fix.label for fix in fixes]
    assert labels[0] == "Rename 'tea' to 'teas'"
    assert "Rename 'tea' to 'teax'" not in labels


async def test_the_same_slip_further_down_speaks_against_no_fix(bench: Bench) -> None:
    failure = await bench.failure(
        "def a() -> int:\n    row = {'amount': 1}\n    return row['ammount']\n\n\n"
        "def b(a: int) -> int:\n    row = {'amount': a}\n    return row['ammount']\n"
    )
    fixes = await Repairer(bench.engine).fixes(failure)
    assert [(fix.label, fix.again) for fix in fixes if not fix.hides] == [
        ("Rename 'ammount' to 'amount'", True)
    ]


async def test_a_rule_that_was_often_wrong_is_never_preferred(bench: Bench) -> None:
    best, *_ = await bench.fixes("""
        def a() -> list[int]:
            rows = [1, 2]
            return [rows[place] for place in range(len(rows) + 1)]
    """)
    assert (best.rule, best.likely > SURE_ENOUGH, best.preferred) == ("bounds", True, False)


async def test_one_of_another_good_rule_that_gives_something_else_speaks_against_it(
    bench: Bench,
) -> None:
    best, *others = await bench.fixes("""
        def a() -> list[object]:
            found = []
            for i in range(3):
                found.append(i, 2 * i)
            return found
    """)
    rival = next(each for each in others if each.rule != best.rule)
    assert is_reliable(best.rule)
    assert is_reliable(rival.rule)
    assert best.likely > rival.likely
    assert best.result.preview != rival.result.preview
    assert not best.preferred


async def test_what_gives_the_same_as_a_better_one_comes_behind_what_gives_another(
    bench: Bench,
) -> None:
    fixes = await bench.meant("""
        def a() -> int:
            row = {"amounts": 1, "amount_": 1, "amount_net": 2}
            return row["amount"]
    """)
    shown = [fix.result.preview.text for fix in fixes]
    assert (shown[:2], sorted(shown)) == (["1", "2"], ["1", "1", "2"])


async def test_a_value_that_is_declared_and_made_up_comes_behind_one_that_is_there(
    bench: Bench,
) -> None:
    best, *_ = await bench.fixes("""
        def a() -> list[int]:
            rows = [{"amounts": "two"}]
            return [row["amount"] for row in rows]
    """)
    assert (best.label, best.hides) == ("Rename 'amount' to 'amounts'", False)


async def test_a_guess_that_leads_to_nothing_ranks_below_one_that_does_not(bench: Bench) -> None:
    first, *_ = await bench.fixes("""
        import math

        def turn() -> float:
            return math.tua
    """)
    guess = replace(first, label="something", likely=WILD)
    preview = replace(first.result.preview, text="None", size="")
    nothing = replace(
        guess, label="nothing", likely=GUESS, result=replace(first.result, preview=preview)
    )
    assert [fix.label for fix in ranked([nothing, guess])] == ["something", "nothing"]
    sure = replace(nothing, label="surely nothing", likely=LIKELY)
    assert [fix.label for fix in ranked([guess, sure])] == ["surely nothing", "something"]
