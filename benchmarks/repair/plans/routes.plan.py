"""Which way is the shortest, and when does who gets there have to leave?"""

import asyncio
import heapq
import math
from collections import deque
from datetime import datetime, timedelta

ROADS = """Aldea-Brook 4
Brook-Castle 7
Aldea-Dale 3
Dale-Castle 6
Castle-Elm 2
"""


class Map:
    """Places, and how far those are apart that have a road."""

    def __init__(self, roads: list[tuple]) -> None:
        self.roads = roads
        self.near: dict[str, dict[str, float]] = {}
        for one, other, far in roads:
            self.join(one, other, far)

    def join(self, one: str, other: str, far: float) -> None:
        """Add a road."""
        self.near.setdefault(one, {})[other] = far
        self.near.setdefault(other, {})[one] = far

    def degree(self, place: str) -> int:
        """How many roads lead to a place."""
        return len(self.near[place])

    def crossings(self) -> list[str]:
        """The places where more than two roads meet."""
        return [place for place in sorted(self.near) if self.degree(place) > 2]


def roads() -> list[tuple]:
    """The roads of the text."""
    found = []
    for line in ROADS.strip().split("\n"):
        names, far = line.rsplit(" ", 1)
        one, other = names.split("-")
        found.append((one, other, float(far)))
    return found


def chart(roads: list[tuple]) -> Map:
    """The roads as a map."""
    return Map(roads)


def distances(chart: Map) -> dict[str, float]:
    """How far all places are from the first one."""
    start = chart.roads[0][0]
    best = {place: math.inf for place in chart.near}
    best[start] = 0.0
    queue = [(0.0, start)]
    while queue:
        far, place = heapq.heappop(queue)
        if far > best[place]:
            continue
        for other, step in chart.near[place].items():
            if far + step < best[other]:
                best[other] = far + step
                heapq.heappush(queue, (best[other], other))
    return best


def hops(chart: Map) -> dict[str, int]:
    """How many roads it takes from the first place."""
    start = chart.roads[0][0]
    count = {start: 0}
    waiting = deque([start])
    while waiting:
        place = waiting.popleft()
        for other in chart.near[place]:
            if other not in count:
                count[other] = count[place] + 1
                waiting.append(other)
    return count


def farthest(distances: dict[str, float]) -> str:
    """The place that is farthest away."""
    return max(distances, key=lambda place: distances[place])


async def speed() -> float:
    """What somebody says who is asked how fast the cart is."""
    await asyncio.sleep(0)
    answer = "speed: 5 an hour"
    return float(answer.split(":")[1].split()[0])


async def hours(distances: dict[str, float], farthest: str, speed: float) -> float:
    """How long it takes to get there."""
    return await _rounded(distances[farthest] / speed)


async def _rounded(value: float) -> float:
    await asyncio.sleep(0)
    return round(value, 1)


def leaving(hours: float) -> datetime:
    """When to leave, to be there at six."""
    return datetime(2024, 5, 4, 18, 0) - timedelta(hours=hours)


def advice(
    chart: Map, farthest: str, leaving: datetime, hops: dict[str, int], hours: float
) -> str:
    """All of it in words."""
    parts = ["Leave at", leaving.strftime("%H:%M"), "for", farthest.lower()]
    parts += [f"({hops[farthest]} roads, {hours:g} h)"]
    crossings = chart.crossings()
    parts.append(f"by {crossings[0]}" if crossings else "straight on")
    return " ".join(parts)
