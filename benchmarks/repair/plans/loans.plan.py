"""Which books are overdue, and what do their readers owe?"""

import json
from datetime import date
from typing import NamedTuple

BOOKS = '{"b1": {"title": "Emma", "fee": 0.5}, "b2": {"title": "Ulysses", "fee": 1.0}}'
LOANS = """reader;book;due
Ada;b1;2024-03-01
Ben;b2;2024-03-20
Ada;b2;2024-03-05
Cem;b1;2024-02-11
"""


class Loan(NamedTuple):
    """A book that somebody has."""

    reader: str
    book: str
    due: date


def catalogue() -> dict[str, dict]:
    """The books by their numbers."""
    return json.loads(BOOKS)


def lines() -> list[str]:
    """The loans as they are written, without the heading."""
    return [line for line in LOANS.splitlines() if line][1:]


def loans(lines: list[str]) -> list[Loan]:
    """The loans with their days."""
    found = []
    for line in lines:
        reader, book, due = line.split(";")
        found.append(Loan(reader, book, date.fromisoformat(due)))
    return found


def today() -> date:
    """The day on which that is asked."""
    return date(2024, 3, 11)


def overdue(loans: list[Loan], today: date) -> list[Loan]:
    """What should have come back, the oldest first."""
    late = [loan for loan in loans if loan.due < today]
    return sorted(late, key=lambda loan: loan.due)


def fines(overdue: list[Loan], catalogue: dict[str, dict], today: date) -> dict[str, float]:
    """What each reader owes."""
    owed: dict[str, float] = {}
    for loan in overdue:
        days = (today - loan.due).days
        fee = float(catalogue[loan.book]["fee"])
        owed[loan.reader] = owed.get(loan.reader, 0.0) + days * fee
    return owed


def worst(fines: dict[str, float]) -> tuple[str, float]:
    """Who owes most."""
    return max(fines.items(), key=lambda item: item[1])


def letter(worst: tuple[str, float], overdue: list[Loan], catalogue: dict[str, dict]) -> str:
    """What is written to that reader."""
    reader, amount = worst
    titles = [catalogue[loan.book]["title"] for loan in overdue if loan.reader == reader]
    return f"Dear {reader}, you owe {amount:.2f} for {', '.join(sorted(titles))}."
