"""What a process of a benchmark has held."""

import resource


def peak_mb() -> float:
    """The most memory this process has held so far, in MB (Linux counts it in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
