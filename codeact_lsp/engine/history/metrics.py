"""What a run took, and how that compares to what it could have taken."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NodeMetrics:
    """What one node took in a run.

    Attributes:
        outcome: "ran", "failed" or "cancelled".
        start: When its first attempt began, in seconds since the start of the run.
        end: When its last attempt was over, on the same scale.
        wall: Seconds that its process worked; of a node without a value, all of its time.
        cpu: Seconds of processor time; 0 where that is not known.
        memory: Its peak memory in bytes; 0 where that is not known.
        size: The size of its value in bytes.
        queued: Seconds for which it could have begun, had there been a worker or its resource.
        read: Bytes that it read from files, pipes and sockets; None where that is not known, as
            everything below.
        written: Bytes that it wrote to such.
        disk_read: Bytes that had to come from a disk.
        disk_written: Bytes that have to go to a disk.
    """

    node: str
    outcome: str
    start: float
    end: float
    wall: float
    cpu: float = 0.0
    memory: int = 0
    size: int = 0
    queued: float = 0.0
    read: int | None = None
    written: int | None = None
    disk_read: int | None = None
    disk_written: int | None = None

    @property
    def span(self) -> float:
        """Seconds from the start of the first attempt to the end of the last one."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a run took.

    Attributes:
        seconds: How long it took.
        workers: How many nodes could run at once.
        work: The sum of the nodes' wall times, in seconds.
        critical_path: The longest chain of nodes that had to wait for one another. However many
            workers there are, the run takes as long as it does.
        critical_seconds: How long that chain took.
        saved: Seconds that the nodes took when they were run whose results were reused now.
        queued: The seconds for which nodes could have begun and did not, over all nodes.
        nodes: The nodes that were started, in the order in which they were.
    """

    seconds: float
    workers: int
    work: float = 0.0
    critical_path: tuple[str, ...] = ()
    critical_seconds: float = 0.0
    saved: float = 0.0
    queued: float = 0.0
    nodes: tuple[NodeMetrics, ...] = ()

    @property
    def efficiency(self) -> float:
        """The part of the workers' time in which nodes ran, from 0 to 1."""
        available = self.seconds * self.workers
        return min(self.work / available, 1.0) if available > 0 else 0.0
