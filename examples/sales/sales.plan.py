"""Which regions grew last month, and by how much?"""

from pathlib import Path

import pandas as pd

LAST_MONTH = "2026-10"


def orders(orders_csv: Path = Path("orders.csv")) -> pd.DataFrame:
    """Order lines as the shop exported them; amounts are still text.

    Timeout: 10 s
    """
    return pd.read_csv(orders_csv, dtype={"amount": str}, parse_dates=["day"])


def targets(targets_csv: Path = Path("targets.csv")) -> pd.Series:
    """Monthly revenue target per region, in EUR."""
    return pd.read_csv(targets_csv, index_col="region")["target"]


def cleaned(orders: pd.DataFrame) -> pd.DataFrame:
    """Orders that count: no repeated lines, no cancelled ones, none without an amount.

    Returns:
        One row an order; region spelt one way, amount in EUR.
    """
    rows = orders.drop_duplicates("order_id").dropna(subset=["amount"])
    rows = rows[rows["status"] != "cancelled"]
    return rows.assign(
        region=rows["region"].str.strip().str.title(),
        amount=rows["amount"].str.replace(",", ".", regex=False).astype(float),
    )


def check_quality(orders: pd.DataFrame, cleaned: pd.DataFrame) -> float:
    """Share of the exported lines that were kept.

    Raises:
        ValueError: If so many were dropped that the totals mean little.

    Uses: report
    """
    kept = len(cleaned) / len(orders)
    print(f"kept {len(cleaned)} of {len(orders)} lines ({kept:.1%})")
    if kept < 0.9:
        raise ValueError(f"only {kept:.0%} of the export is usable")
    return kept


def best_products(cleaned: pd.DataFrame, month: str = LAST_MONTH) -> pd.Series:
    """The product that brought each region the most in the month.

    Uses: report
    """
    rows = cleaned[cleaned["day"].dt.to_period("M") == month]
    sums = rows.groupby(["region", "product"])["amount"].sum().unstack(fill_value=0)
    best = sums.idxmax(axis="columns")
    print(best.to_string())
    return best


def monthly(cleaned: pd.DataFrame, month: str = LAST_MONTH) -> pd.DataFrame:
    """Revenue per region in the month and in the one before it.

    Returns:
        One row a region; columns before and now, in EUR.
    """
    now = pd.Period(month, freq="M")
    period = cleaned["day"].dt.to_period("M")
    revenue = cleaned["ammount"].groupby([cleaned["region"], period]).sum().unstack()
    return pd.DataFrame({"before": revenue[now - 1], "now": revenue[now]})


def growth(monthly: pd.DataFrame) -> pd.DataFrame:
    """Growth per region in EUR and in percent, best first.

    After: check_quality
    """
    change = monthly["now"] - monthly["before"]
    table = monthly.assign(change=change, percent=100 * change / monthly["before"])
    return table.sort_values("percent", ascending=False)


def against_target(monthly: pd.DataFrame, targets: pd.Series) -> pd.Series:
    """How much of its target each region reached, in percent."""
    return 100 * monthly["now"] / targets


def answer(
    growth: pd.DataFrame,
    against_target: pd.Series,
    best_products: pd.Series,
    month: str = LAST_MONTH,
) -> str:
    """The regions that grew, in words."""
    grown = growth[growth["change"] > 0]
    lines = [
        f"  {region:<8} {row['percent']:+5.1f} %  {row['before']:9,.2f} -> {row['now']:9,.2f} EUR,"
        f" {against_target[region]:.0f} % of target, led by {best_products[region]}"
        for region, row in grown.iterrows()
    ]
    total = 100 * (growth["now"].sum() / growth["before"].sum() - 1)
    heading = f"{len(grown)} of {len(growth)} regions grew in {month} (all: {total:+.1f} %)"
    return "\n".join([heading, *lines])
