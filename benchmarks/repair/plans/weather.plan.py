"""Which station was the warmest, and which one has to be looked after?"""

import io

import pandas as pd

READINGS = """station,day,low,high,rain
Hill,2024-06-01,8.5,19.0,0.0
Lake,2024-06-01,11.0,22.5,1.2
Hill,2024-06-02,9.0,,3.4
Lake,2024-06-02,12.5,24.0,0.0
Port,2024-06-02,13.0,21.0,0.4
"""
STATIONS = [
    {"name": "Hill", "height": "410", "keeper": "Ada"},
    {"name": "Lake", "height": "120", "keeper": "Ben"},
    {"name": "Port", "height": "5", "keeper": None},
]


def readings() -> pd.DataFrame:
    """What was measured."""
    return pd.read_csv(io.StringIO(READINGS), parse_dates=["day"])


def complete(readings: pd.DataFrame) -> pd.DataFrame:
    """The days on which nothing is missing."""
    return readings.dropna(subset=["high"])


def spans(complete: pd.DataFrame) -> pd.DataFrame:
    """How far each day went."""
    table = complete.copy()
    table["span"] = table["high"] - table["low"]
    return table


def stations() -> pd.DataFrame:
    """Where it was measured."""
    table = pd.DataFrame(STATIONS)
    table["height"] = table["height"].astype(int)
    return table.rename(columns={"name": "station"})


def placed(spans: pd.DataFrame, stations: pd.DataFrame) -> pd.DataFrame:
    """The days with what is known of the place."""
    return spans.merge(stations, on="station", how="left")


def averages(placed: pd.DataFrame) -> pd.Series:
    """The average span by station."""
    return placed.groupby("station")["span"].mean()


def warmest(placed: pd.DataFrame) -> dict:
    """The warmest day there was."""
    row = placed.sort_values("high", ascending=False).iloc[0]
    return {"station": row["station"], "high": float(row["high"]), "keeper": row["keeper"]}


def heights(stations: pd.DataFrame) -> dict[str, int]:
    """How high each station lies."""
    return dict(zip(stations["station"], stations["height"].tolist(), strict=True))


def alone(stations: pd.DataFrame) -> list[str]:
    """The stations that nobody looks after."""
    return [row.station for row in stations.itertuples() if not isinstance(row.keeper, str)]


def rain(readings: pd.DataFrame) -> dict[str, float]:
    """How much rain fell at each."""
    return readings.groupby("station")["rain"].sum().round(1).to_dict()


def report(
    warmest: dict,
    averages: pd.Series,
    heights: dict[str, int],
    alone: list[str],
    rain: dict[str, float],
) -> str:
    """All of it in words."""
    name = warmest["station"]
    lines = [f"{name} ({heights[name]} m), {warmest['high']:.1f}, kept by {warmest['keeper'].upper()}"]
    lines += [f"{station}: {span:.2f}" for station, span in averages.items()]
    lines.append("alone: " + ", ".join(alone))
    wettest = max(rain, key=lambda station: rain[station])
    lines.append(f"wettest: {wettest} with {rain[wettest]:.1f}, first alone {alone[0]}")
    return "\n".join(lines)
