"""What must we reorder this week, and what will it cost?"""

import json
import math
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

RESERVE_WEEKS = 2


class Item(NamedTuple):
    """An article on our shelves."""

    sku: str
    name: str
    origin: str
    on_hand: int
    pack: int
    pack_price: float


class Line(NamedTuple):
    """A line of the order to the wholesaler."""

    item: Item
    packs: int

    @property
    def cost(self) -> float:
        """Price of all its packs, in EUR."""
        return self.packs * self.item.pack_price


def stock(stock_json: Path = Path("stock.json")) -> list[Item]:
    """What lies on the shelves."""
    return [Item(**entry) for entry in _load(stock_json)]


def lead_weeks(origins_json: Path = Path("origins.json")) -> dict[str, int]:
    """Weeks from order to arrival, by country of origin."""
    return _load(origins_json)


def sales(sales_json: Path = Path("sales.json")) -> dict[str, list[int]]:
    """Pieces sold in each of the last eight weeks, by article number."""
    return _load(sales_json)


def demand(sales: dict[str, list[int]], weeks: int = 4) -> dict[str, float]:
    """Pieces that we expect to sell in a week: the mean of the last few."""
    return {sku: mean(sold[-weeks:]) for sku, sold in sales.items()}


def slow_sellers(stock: list[Item], demand: dict[str, float]) -> list[str]:
    """Articles that will last for half a year and more."""
    return [item.name for item in stock if item.on_hand > 26 * demand[item.sku]]


def order(stock: list[Item], demand: dict[str, float], lead_weeks: dict[str, int]) -> list[Line]:
    """Whole packs of what would run out before a delivery, plus the reserve."""
    lines = []
    for item in stock:
        weeks = lead_weeks[item.origin] + RESERVE_WEEKS
        lacking = weeks * demand[item.sku] - item.on_hand
        if lacking > 0:
            lines.append(Line(item, math.ceil(lacking / item.pack)))
    return lines


def discount(order: list[Line]) -> float:
    """The wholesaler's discount as a share: 8 % from 5,000 EUR, 5 % from 2,500 EUR, else none."""
    value = sum(line.cost for line in order)
    if value >= 5_000:
        return 0.08
    if value >= 2_500:
        return 0.05


def bill(order: list[Line], discount: float) -> dict[str, float]:
    """The bill to expect, with the labels that the wholesaler prints on it."""
    packs = sum(line.packs for line in order)
    net = sum(line.cost for line in order)
    return {"日本 📦 Paketgröße": packs, "小計 Netto": net, "値引き Rabatt": net * discount}


def summary(order: list[Line], bill: dict[str, float], slow_sellers: list[str]) -> str:
    """The order and the bill, as text."""
    lines = [f"{line.packs:3} x {line.item.pack:2} {line.item.name}" for line in order]
    total = bill["小計 Netto"] - bill["値引き Rabatt"]
    return "\n".join([*lines, f"To pay: {total:,.2f} EUR", f"Slow: {'; '.join(slow_sellers)}"])


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
