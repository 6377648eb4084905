"""How many hours did everybody work, and who was alone at night?"""

import csv
import io
import re
from collections import Counter, defaultdict

SHEET = """name,start,end,place
Ada,08:00,16:30,desk
Ben,16:00,23:45,door
Ada,09:15,17:00,door
Cem,22:00,06:00,door
"""
TIME = re.compile(r"(\d\d):(\d\d)")


def sheet() -> list[dict[str, str]]:
    """The rows of the sheet."""
    return list(csv.DictReader(io.StringIO(SHEET)))


def minutes(sheet: list[dict[str, str]]) -> list[tuple[str, int, int]]:
    """Who began and ended when, in minutes of the day; an end on the next day is after 24 h."""
    spans = []
    for row in sheet:
        start = _minutes(row["start"])
        end = _minutes(row["end"])
        if end < start:
            end += 24 * 60
        spans.append((row["name"], start, end))
    return spans


def hours(minutes: list[tuple[str, int, int]]) -> dict[str, float]:
    """The hours of each."""
    total: defaultdict[str, int] = defaultdict(int)
    for name, start, end in minutes:
        total[name] += end - start
    return {name: round(worked / 60, 2) for name, worked in total.items()}


def places(sheet: list[dict[str, str]]) -> Counter:
    """How often each place was taken."""
    return Counter(row["place"] for row in sheet)


def night(minutes: list[tuple[str, int, int]]) -> set[str]:
    """Who was there after ten."""
    return {name for name, _, end in minutes if end > 22 * 60}


def pairs(minutes: list[tuple[str, int, int]]) -> list[tuple[str, str]]:
    """Who met whom, one after another in the sheet."""
    found = []
    for i in range(len(minutes) - 1):
        if minutes[i][2] > minutes[i + 1][1]:
            found.append((minutes[i][0], minutes[i + 1][0]))
    return found


def report(
    hours: dict[str, float], places: Counter, night: set[str], pairs: list[tuple[str, str]]
) -> str:
    """All of it in words."""
    lines = [f"{name}: {hours[name]:.2f} h" for name in sorted(hours)]
    place, times = places.most_common(1)[0]
    lines.append(f"{place} was taken {times} times")
    lines.append("at night: " + ", ".join(sorted(night)))
    lines.append(" and ".join(pairs[0]) if pairs else "nobody met")
    return "\n".join(lines)


def _minutes(text: str) -> int:
    found = TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[1]) * 60 + int(found[2])
