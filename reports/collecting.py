"""The garbage collector's part in reading very many rows."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Reads many rows without a collection in between.

    A hundred thousand rows come in and hardly any goes: the collector would look through the whole
    process again and again and find nothing. That was a seventh of evaluating a city from raw
    rows, and more than half of reading a province's facts. Not for code that yields: whoever
    takes over then would be left without a collector.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
