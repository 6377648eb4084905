"""What do visitors ask for, when did the server fail, and who is only probing?"""

import asyncio
import ipaddress
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMBINED = re.compile(
    r'(?P<client>\S+) \S+ \S+ \[(?P<time>[^]]+)] "[A-Z]+ (?P<target>\S+) HTTP/[\d.]+" '
    r'(?P<status>\d{3}) (?:\d+|-) "[^"]*" "[^"]*"'
)


@dataclass(frozen=True)
class Hit:
    """One request that the server answered."""

    client: str
    time: datetime
    path: str
    status: int


async def lines(
    yesterday_log: Path = Path("access.log.1"), today_log: Path = Path("access.log")
) -> list[str]:
    """Lines of both logs, oldest first.

    Retries: 2
    """
    logs = (yesterday_log, today_log)
    parts = await asyncio.gather(*(asyncio.to_thread(_lines_of, log) for log in logs))
    return [line for part in parts for line in part]


def hits(lines: list[str]) -> list[Hit]:
    """Requests in the combined log format; other lines are left out."""
    return [_hit(found) for line in lines if (found := COMBINED.fullmatch(line))]


def malformed(lines: list[str]) -> list[str]:
    """Lines in no known format, shortened."""
    return [line[:60] for line in lines if not COMBINED.fullmatch(line)]


def busiest_paths(hits: list[Hit], top: int) -> list[tuple[str, int]]:
    """The `top` paths that were served most often, and how often."""
    return Counter(hit.path for hit in hits if hit.status < 400).most_common(top)


def errors_by_hour(hits: list[Hit]) -> Counter[str]:
    """Server errors (5xx) per hour."""
    return Counter(f"{hit.time:%d %b, %H:00}" for hit in hits if hit.status >= 500)


def probes(hits: list[Hit], suspicious: int = 4) -> dict[str, list[str]]:
    """Networks that asked for at least `suspicious` different paths that do not exist."""
    missing: defaultdict[str, set[str]] = defaultdict(set)
    for hit in hits:
        if hit.status == 404:
            missing[_network(hit.client)].add(hit.path)
    return {net: sorted(paths) for net, paths in missing.items() if len(paths) >= suspicious}


def still_growing(lines: list[str], today_log: Path = Path("access.log")) -> bool:
    """Whether the log has got new lines since it was read.

    Wait: 0.2 s after lines
    Cache: off
    """
    return _lines_of(today_log)[-1] != lines[-1]


def summary(
    hits: list[Hit],
    malformed: list[str],
    busiest_paths: list[tuple[str, int]],
    errors_by_hour: Counter[str],
    probes: dict[str, list[str]],
    still_growing: bool,
) -> str:
    """The findings, in words."""
    [(hour, worst)] = errors_by_hour.most_common(1) or [("any hour", 0)]
    return "\n".join(
        [
            f"{len(hits)} requests, {len(malformed)} malformed lines",
            *(f"  {count:4} x {path}" for path, count in busiest_paths),
            f"{errors_by_hour.total()} server errors, {worst} of them on {hour}",
            *(f"{network} probed {len(paths)} paths" for network, paths in probes.items()),
            "The log is still growing." if still_growing else "The log is complete.",
        ]
    )


def _lines_of(log: Path) -> list[str]:
    return [line for line in log.read_text(encoding="utf-8").splitlines() if line]


def _hit(found: re.Match[str]) -> Hit:
    time = datetime.strptime(found["time"], "%d/%b/%Y:%H:%M:%S %z")
    path = unquote(urlsplit(found["target"]).path)
    return Hit(found["client"], time, path, int(found["status"]))


def _network(client: str) -> str:
    """The /64 of an IPv6 address, the /24 of an IPv4 one."""
    length = 64 if ":" in client else 24
    return str(ipaddress.ip_network(f"{client}/{length}", strict=False))
