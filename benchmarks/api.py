"""What other systems ask of the API, in a small county and a large one, beside the same pages.

    python -m benchmarks.api [--quick] [--runs N] [--databases …]

As `benchmarks.pages` does it: Django's test client, a process and a database for each size, all
asked in turn, ratios within one round. Requests a second are those of one caller who sends one
after the other to one process. Callers come by tokens, creations with an Idempotency-Key; a clerk
creates and reads a session with 17 members and asks for the evaluation of a unit, the department
lists fifty sessions and fifty evaluations with all results explained. The limits on requests a
minute are out of reach, but counted. Queries leave out those that begin and end transactions.
"""

import argparse
from statistics import median, quantiles

from benchmarks.evaluation import DATABASES
from benchmarks.pages import Asked, counties

SIZES, QUICK = (120, 1_500), (120, 360)
CALLS = ("list", "detail", "create", "evaluation", "evaluations")
PAGES = ("list's page", "detail's page", "create's page", "evaluation's page")
HEAD = (
    f"{'database':<12}{'asked':<20}{'units':>7}{'per s':>9}{'median':>12}{'p95':>12}{'queries':>9}"
)

Round = dict[Asked, float]


def measure(database: str, sizes: tuple[int, int], runs: int) -> None:
    """Prints what one database's requests cost, and their ratios."""
    asked: list[Asked] = [(units, name) for name in (*CALLS, *PAGES) for units in sizes]
    with counties(database, asked, "benchmarks.api_rounds") as found:
        queries = {one: found[one[0]].queries(one[1]) for one in asked}
        rounds = [{one: found[one[0]].seconds(one[1]) for one in asked} for _ in range(runs)]
    print(HEAD)
    for one in asked:
        print(f"{database:<12}{_line(one, rounds)}{queries[one]:>9}")
    few, many = sizes
    for name in CALLS:
        _ratio(database, f"{name}, {many} units ÷ {few}", rounds, (many, name), (few, name))
    for page in PAGES:
        name = page.removesuffix("'s page")
        _ratio(database, f"{name} ÷ its page, {many} units", rounds, (many, name), (many, page))
    one, fifty = (many, "evaluation"), (many, "evaluations")
    _ratio(database, "evaluations of 50 units ÷ of one", rounds, fifty, one)


def _line(one: Asked, rounds: list[Round]) -> str:
    took = [seconds[one] for seconds in rounds]
    p95 = quantiles(took, n=20, method="inclusive")[-1]
    rate = len(took) / sum(took)
    units, name = one
    return f"{name:<20}{units:>7}{rate:>9.1f}{median(took) * 1000:>9.1f} ms{p95 * 1000:>9.1f} ms"


def _ratio(database: str, title: str, rounds: list[Round], above: Asked, below: Asked) -> None:
    found = median(seconds[above] / seconds[below] for seconds in rounds)
    print(f"{database:<12}{title:<42}{found:>7.2f} ×", flush=True)


def main() -> None:
    """Prints rates, medians, p95 and ratios for each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"at most {QUICK[-1]} units")
    parser.add_argument("--runs", type=int, help="rounds; 100, with --quick 20")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    options = parser.parse_args()
    for database in options.databases:
        runs = options.runs or (20 if options.quick else 100)
        measure(database, QUICK if options.quick else SIZES, runs)


if __name__ == "__main__":
    main()
