"""What do people say of the canteen, and who has to hear of it?"""

import re
from collections import Counter
from statistics import mean

ANSWERS = [
    {"id": 1, "who": {"name": "Ada", "team": "red"}, "marks": [4, 5, 3], "said": "Good soup, cold rice!"},
    {"id": 2, "who": {"name": "Ben", "team": "blue"}, "marks": [2, 2], "said": "Cold soup. Cold tea."},
    {"id": 3, "who": {"name": "Cem", "team": "red"}, "marks": [], "said": ""},
    {"id": 4, "who": {"name": "Dia", "team": "blue"}, "marks": [1, 3], "said": "The tea is good"},
]


def answers() -> list[dict]:
    """What came back."""
    return ANSWERS


def given(answers: list[dict]) -> list[dict]:
    """Those that say something."""
    return [answer for answer in answers if answer["marks"]]


def marked(given: list[dict]) -> list[dict]:
    """The answers with one mark each."""
    return [{**answer, "mark": mean(answer["marks"])} for answer in given]


def ordered(marked: list[dict]) -> list[dict]:
    """The worst first."""
    return sorted(marked, key=lambda answer: answer["mark"])


def worst(ordered: list[dict]) -> dict:
    """The one that is worst."""
    return ordered[0]


def complaint(worst: dict) -> str:
    """What that one says."""
    return worst["said"].strip().lower()


def teams(marked: list[dict]) -> dict[str, list[float]]:
    """The marks of each team."""
    found: dict[str, list[float]] = {}
    for answer in marked:
        found.setdefault(answer["who"]["team"], []).append(answer["mark"])
    return found


def averages(teams: dict[str, list[float]]) -> dict[str, float]:
    """The average of each team."""
    return {team: sum(marks) / len(marks) for team, marks in teams.items()}


def words(given: list[dict]) -> list[str]:
    """All words that were written."""
    return [word for answer in given for word in re.findall(r"[a-z]+", answer["said"].lower())]


def themes(words: list[str]) -> list[tuple[str, int]]:
    """What is spoken of most."""
    counts = Counter(word for word in words if len(word) > 3)
    return counts.most_common(2)


def spread(averages: dict[str, float]) -> float:
    """How much the teams differ."""
    values = sorted(averages.values())
    return values[-1] - values[0]


def summary(
    complaint: str,
    themes: list[tuple[str, int]],
    spread: float,
    averages: dict[str, float],
    worst: dict,
) -> str:
    """All of it in words."""
    (theme, times), *others = themes
    best = max(averages.items(), key=lambda item: item[1])[0]
    lines = [f"{theme} ({times}), then " + ", ".join(name for name, _ in others)]
    lines.append(f"{best.title()} is happiest, by {spread:.1f}")
    lines.append(worst["who"]["name"] + ' says "' + complaint.split(",")[0] + '"')
    return "\n".join(lines)
