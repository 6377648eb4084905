"""What has to be ordered, of what is on the shelves and what was sold?"""

import csv
import json
from collections import defaultdict
from pathlib import Path


def folder() -> str:
    """Where the files are."""
    return "shop"


def sales(folder: str) -> list[dict]:
    """What was sold, as the till wrote it."""
    with open(Path(folder) / "sales.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shelves(folder: str) -> dict[str, dict]:
    """What there is of each article."""
    text = Path(folder, "shelves.json").read_text(encoding="utf-8")
    return json.loads(text)["articles"]


def counted(sales: list[dict]) -> list[dict]:
    """The sales with numbers for texts."""
    rows = []
    for sale in sales:
        price = float(sale["price"].replace(",", "."))
        rows.append({"article": sale["article"], "count": int(sale["count"]), "price": price})
    return rows


def valid(counted: list[dict]) -> list[dict]:
    """The sales that were not taken back."""
    return [row for row in counted if row["count"] > 0]


def sold(valid: list[dict]) -> dict[str, int]:
    """How many of each article."""
    total: defaultdict[str, int] = defaultdict(int)
    for row in valid:
        total[row["article"]] += row["count"]
    return dict(total)


def income(valid: list[dict]) -> float:
    """What came in."""
    return round(sum(row["count"] * row["price"] for row in valid), 2)


def left(shelves: dict[str, dict], sold: dict[str, int]) -> dict[str, int]:
    """How many of each are still there."""
    return {name: shelf["count"] - sold.get(name, 0) for name, shelf in shelves.items()}


def short(left: dict[str, int], shelves: dict[str, dict]) -> list[str]:
    """What there is too little of, the scarcest first."""
    names = [name for name, count in left.items() if count < shelves[name]["least"]]
    names.sort(key=lambda name: left[name])
    return names


def order(short: list[str], left: dict[str, int], shelves: dict[str, dict]) -> list[tuple]:
    """How many of what to ask of whom."""
    asked = []
    for name in short:
        shelf = shelves[name]
        missing = 2 * shelf["least"] - left[name]
        asked.append((shelf["from"], name, missing))
    return asked


def letter(order: list[tuple], income: float) -> str:
    """The order in words."""
    lines = [f"{maker.upper()}: {missing} of {name}" for maker, name, missing in order]
    first, *_ = order
    lines.append(f"first from {first[0]}, of an income of {income:.2f}")
    return "\n".join(lines)
