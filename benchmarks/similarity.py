"""Comparing one report with a county's others, beside the simplest thing that works.

    python -m benchmarks.similarity [--quick] [--runs N]

The simplest thing makes the set of all twelve-letter stretches of both texts and counts the
letters that common ones cover; both find the same. *first* reads every text's letters, *again* has
them at hand, as when the author looks once more. Reports of 2,500 letters with a few sentences
that many units share, in processor time; medians of interleaved rounds.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence

from reports.hints.texts import plain
from reports.similarity.matcher import RUN, Matcher, bare_letters, letters_of
from reports.similarity.phrases import COMMON

LENGTH = 2_500
SHARED = (
    "我局党组高度重视中心组学习，认真制定年度学习计划，精心组织实施，推动学习走深走实。",
    "学习的针对性还不强，联系实际不够紧密，成果转化还不够充分。",
    "深入学习《习近平谈治国理政》第四卷和党的二十大精神，做到学思用贯通。",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="120 units only")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print("units   first ms   again ms   simplest ms   first ÷   again ÷")
    for units in (120,) if options.quick else (120, 1_500):
        _measure([_report(seed) for seed in range(units)], options.runs)


def _measure(texts: Sequence[str], runs: int) -> None:
    own, others = texts[0], texts[1:]
    assert _ours(own, others) == _simplest(own, others)
    times: dict[str, list[float]] = {"first": [], "again": [], "simplest": []}
    for _ in range(runs):
        bare_letters.cache_clear()
        times["first"].append(_timed(_ours, own, others))
        times["again"].append(_timed(_ours, own, others))
        times["simplest"].append(_timed(_simplest, own, others))
    first, again, simplest = (statistics.median(taken) * 1000 for taken in times.values())
    print(
        f"{len(texts):5}   {first:8.0f}   {again:8.0f}   {simplest:11.0f}"
        f"   {first / simplest:7.2f}   {again / simplest:7.2f}"
    )


def _timed(compare: Callable[[str, Sequence[str]], int], own: str, others: Sequence[str]) -> float:
    start = time.process_time()
    compare(own, others)
    return time.process_time() - start


def _ours(own: str, others: Sequence[str]) -> int:
    return Matcher(letters_of(own)).compare(map(bare_letters, others)).covered


def _simplest(own: str, others: Sequence[str]) -> int:
    mine = "\n".join(map(plain, COMMON.split(own)))
    covered: set[int] = set()
    for other in others:
        theirs = "\n".join(map(plain, COMMON.split(other)))
        known = {theirs[at : at + RUN] for at in range(len(theirs) - RUN + 1)}
        for at in range(len(mine) - RUN + 1):
            stretch = mine[at : at + RUN]
            if stretch in known and "\n" not in stretch:
                covered.update(range(at, at + RUN))
    return len(covered)


def _report(seed: int) -> str:
    draw = random.Random(seed)
    text: list[str] = []
    length = 0
    while length < LENGTH:
        size = draw.randint(4, 18)
        clause = "".join(chr(draw.randrange(0x4E00, 0x53DC)) for _ in range(size))
        text.append(draw.choice(SHARED) if draw.random() < 0.05 else clause)
        text.append(draw.choice("，。；"))
        length += len(text[-2])
    return "".join(text)


if __name__ == "__main__":
    main()
