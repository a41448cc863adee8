"""The clerk's own workbook back, with what became of every row and the bad cells coloured."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from units.spreadsheets import gate, sandbox
from units.spreadsheets.problems import Problem
from units.spreadsheets.tables import RESULT_TITLE

_CHILD = "units.spreadsheets.child_annotate"
_CPU_SECONDS = 60


def annotate(
    data: bytes,
    problems: Iterable[Problem],
    *,
    headers: Mapping[str, int],
    notes: Mapping[tuple[str, int], str] | None = None,
) -> bytes:
    """The workbook with a column 导入结果.

    ``headers`` gives each sheet's header row (the first row where a sheet is not in it),
    ``notes`` what to say in rows without a problem, by sheet and row.
    Raises gate.RefusedError if the workbook is too heavy to be written again.
    """
    results: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    cells: dict[str, set[str]] = defaultdict(set)
    for problem in problems:
        row = problem.row or headers.get(problem.sheet, 1)
        results[problem.sheet][row].append(_said(problem))
        if problem.column and problem.row:
            cells[problem.sheet].add(f"{problem.column}{problem.row}")
    good: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (sheet, row), note in (notes or {}).items():
        if row not in results[sheet]:
            good[sheet].append((row, note))
    sheets = [
        {
            "name": name,
            "header_row": headers.get(name, 1),
            "results": [
                *((row, "\n".join(dict.fromkeys(said)), True) for row, said in wrong.items()),
                *((row, note, False) for row, note in good[name]),
            ],
            "cells": sorted(cells[name]),
        }
        for name, wrong in results.items()
    ]
    line = json.dumps({"title": RESULT_TITLE, "sheets": sheets}).encode()
    try:
        return sandbox.run(_CHILD, line + b"\n" + data, cpu_seconds=_CPU_SECONDS)
    except sandbox.ChildFailedError as error:
        raise gate.RefusedError("too_heavy") from error


def _said(problem: Problem) -> str:
    if not problem.title or not problem.column:
        return f"{problem.message}{problem.advice}"
    return _("“%(title)s”：%(message)s%(advice)s") % {
        "title": problem.title,
        "message": problem.message,
        "advice": problem.advice,
    }
