"""A plan that ends only if it is made to."""

import subprocess
import time


def waits():
    """Wait, in company."""
    subprocess.Popen(["sleep", "600"])
    time.sleep(600)


def fails():
    """Fail at once."""
    row = {}
    return row["boom"]
