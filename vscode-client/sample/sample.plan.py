"""A first plan: public functions are its nodes, and their parameters say what they need."""

import csv
from pathlib import Path


def orders(orders_file: Path = Path("orders.csv")) -> list[dict[str, str]]:
    """The orders, a dictionary each."""
    with orders_file.open(newline="") as file:
        return list(csv.DictReader(file))


def by_product(orders: list[dict[str, str]]) -> dict[str, float]:
    """What each product brought in."""
    totals: dict[str, float] = {}
    for order in orders:
        amount = int(order["quantity"]) * float(order["price"])
        totals[order["product"]] = totals.get(order["product"], 0.0) + amount
    return totals


def best(by_product: dict[str, float]) -> str:
    """The product that brought in most. Run it, then look at its quick fix."""
    return max(by_product, key=by_product.gett)


def report(best: str, by_product: dict[str, float]) -> str:
    """What to tell the others."""
    return f"{best} sells best: {by_product[best]:.2f} of {sum(by_product.values()):.2f}"
