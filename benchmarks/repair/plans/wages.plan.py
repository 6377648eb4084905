"""Who is paid how much this month, and from which account?"""

import re
from dataclasses import dataclass
from decimal import Decimal

CARDS = """
id=7; name=Ada; grade=B; hours=120,5; iban=DE01
id=9; name=Ben; grade=A; hours=80; iban=DE02
id=4; name=Cem; grade=C; hours=; iban=DE03
"""
GRADES = {"A": {"rate": "31.50", "bonus": 0.1}, "B": {"rate": "24.00"}, "C": {"rate": "18.25"}}


@dataclass(frozen=True)
class Worker:
    """Somebody who is paid."""

    number: int
    name: str
    grade: str
    hours: float
    iban: str


def cards() -> list[str]:
    """The cards, one a line."""
    return CARDS.strip().splitlines()


def fields(cards: list[str]) -> list[dict[str, str]]:
    """The parts of each card."""
    found = []
    for card in cards:
        parts = dict(part.split("=", 1) for part in card.split("; "))
        found.append(parts)
    return found


def workers(fields: list[dict[str, str]]) -> list[Worker]:
    """The people on the cards."""
    people = []
    for card in fields:
        hours = float(card["hours"].replace(",", ".") or 0)
        people.append(Worker(int(card["id"]), card["name"], card["grade"], hours, card["iban"]))
    return people


def active(workers: list[Worker]) -> list[Worker]:
    """Who has worked at all."""
    return [worker for worker in workers if worker.hours > 0]


def rates() -> dict[str, Decimal]:
    """What an hour is worth."""
    return {grade: Decimal(each["rate"]) for grade, each in GRADES.items()}


def bonuses() -> dict[str, float]:
    """What comes on top, by grade."""
    return {grade: each.get("bonus", 0.0) for grade, each in GRADES.items()}


def wages(active: list[Worker], rates: dict[str, Decimal]) -> dict[int, Decimal]:
    """The wage of each, by number."""
    earned = {}
    for worker in active:
        earned[worker.number] = rates[worker.grade] * Decimal(str(worker.hours))
    return earned


def extra(active: list[Worker], wages: dict[int, Decimal], bonuses: dict[str, float]) -> dict:
    """The bonus of each, by number."""
    return {
        worker.number: round(float(wages[worker.number]) * bonuses[worker.grade], 2)
        for worker in active
    }


def payments(
    active: list[Worker], wages: dict[int, Decimal], extra: dict[int, float]
) -> list[tuple[str, str, float]]:
    """Who gets how much, and where."""
    rows = []
    for worker in active:
        amount = float(wages[worker.number]) + extra[worker.number]
        rows.append((worker.name, worker.iban, round(amount, 2)))
    return sorted(rows, key=lambda row: -row[2])


def total(payments: list[tuple[str, str, float]]) -> float:
    """What is paid in all."""
    return sum(amount for _, _, amount in payments)


def longest(workers: list[Worker]) -> Worker | None:
    """Who worked longest."""
    best = None
    for worker in workers:
        if best is None or worker.hours > best.hours:
            best = worker
    return best


def slip(payments: list[tuple[str, str, float]], total: float, longest: Worker) -> str:
    """The list for the bank."""
    lines = [f"{name:<8}{re.sub('DE', 'DE-', iban)} {amount:>9.2f}" for name, iban, amount in payments]
    lines.append(f"{total:.2f} in all, {longest.name.lower()} worked longest")
    first = payments[0]
    return "\n".join([*lines, f"first {first[0].title()}: {first[2] / total:.0%}"])
