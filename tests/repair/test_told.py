"""What docstrings say that stands for what is not there."""

import pytest

from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

FOUND = """
    import re

    def _ticket(subject: str) -> str:
        match = re.search(r"[A-Z]+-[0-9]+", subject)
        return match.group()

    def a(subjects: tuple = ("ABC-1", "lunch?")) -> list[str]:
        '''DOC'''
        return [_ticket(each) for each in subjects]
    """


@pytest.mark.parametrize(
    ("doc", "nothing"),
    [
        ("The tickets; a subject without one is 'untracked'.", "untracked"),
        ('The tickets, or "none at all".', "none at all"),
        ("The ticket of each of the `subjects`.", ""),
        ("The tickets.", ""),
    ],
)
async def test_a_word_that_no_code_has(bench: Bench, doc: str, nothing: str) -> None:
    text = FOUND.replace("DOC", doc)
    title = f"Write 'match.group() if match else \"{nothing}\"'"
    after = text.replace("match.group()", f'match.group() if match else "{nothing}"')
    await bench.check_hides(text, title, after)


async def test_a_number_that_something_counts_as(bench: Bench) -> None:
    text = """
        def a(rows: tuple = ({"n": 1.5}, {})) -> list[float]:
            '''The numbers; a row without one counts as nan.'''
            return [float(row["n"]) for row in rows]
        """
    after = text.replace('row["n"]', 'row.get("n", float("nan"))')
    title = 'Write \'row.get("n", float("nan"))\''
    await bench.check_hides(text, title, after)
