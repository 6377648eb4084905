"""Split a node at a value: all that leads to the value becomes a node."""

import pytest

from codeact_lsp.plan.edits.split import split
from tests.plan.edits.drawn import check_change, check_nothing, check_refused


def test_all_that_leads_to_the_value_goes_along() -> None:
    check_change(
        split,
        '''
        def orders(): return [1]

        def report(orders, title="Report"):
            """What was sold."""

            kept = [each for each in orders if each]
            # In all.
            to¦tal = sum(kept)

            return f"{title}: {total}"
        ''',
        "Split node 'report' at 'total'",
        '''
        def orders(): return [1]

        def total(orders):
            kept = [each for each in orders if each]
            # In all.
            total = sum(kept)
            return total

        def report(total, title="Report"):
            """What was sold."""

            return f"{title}: {total}"
        ''',
    )


def test_what_is_needed_below_as_well_stays() -> None:
    check_change(
        split,
        """
        def report(orders, title):
            head = title.upper()
            total = ¦sum(orders)
            return head, total
        """,
        "Split node 'report' at 'total'",
        """
        def total(orders):
            total = sum(orders)
            return total


        def report(title, total):
            head = title.upper()
            return head, total
        """,
    )


def test_a_value_that_cannot_be_parted_is_refused() -> None:
    check_refused(
        split,
        """
        def report(orders):
            kept = clean(orders)
            ¦total = sum(kept)
            return kept, total
        """,
        "It computes 'kept', 'total', all used below it; a node has one value.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(x):\n    ¦x += 1\n    return x\n",
        "def a(x):\n    y, z = ¦x\n    return y\n",
        "def a(x):\n    if x:\n        ¦y = 1\n    return x\n",
        "def _a(x):\n    ¦y = x\n    return y\n",
        "y = ¦1\n",
    ],
)
def test_there_is_nothing_to_split_at_what_is_no_assignment_of_the_node(text: str) -> None:
    check_nothing(split, text)
