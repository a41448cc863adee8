"""From a body to what a clerk would have written on the plan's page."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from sessions.api.references import References
from sessions.models import PlanItem
from sessions.plans.contents import PlanContent
from sessions.plans.editor import PlanEditor
from sessions.plans.forms import PlanForm
from sessions.plans.rows import PREFIX
from units.rest.judged import errors_of

Row = dict[str, Any]
Faults = dict[str, list[ErrorDetail]]
HEAD = frozenset(PlanForm.base_fields) - {"version"}
# What only a plan that was filed before says of its items.
OF_FILED = {"state": PlanItem.State.PLANNED.value, "note": ""}


def read_plan(
    editor: PlanEditor, sent: Mapping[str, Any], references: References | None = None
) -> PlanContent:
    """What the plan says once the body is applied to what is stored.

    Raises AbsentError for items that the plan does not have, then ValidationError with everything
    that the page's forms find. Without ``references`` the body names no item.
    """
    faults: Faults = {}
    rows = [asdict(item) for item in editor.stored.values()]
    if "items" in sent:
        if references is not None:
            _refuse_strangers(editor, sent["items"], references)
        rows, faults = _rows(editor, sent["items"])
    head = {name: getattr(editor.plan, name) for name in PlanForm.base_fields}
    head |= {name: sent[name] for name in HEAD & sent.keys()}
    if not editor.take(head | _as_posted(rows)).is_valid():
        faults = _found_by(editor) | faults
    for place, form in enumerate(editor.rows.forms):
        if not form.has_changed():  # the page takes such a row for one that was left blank
            told = form.fields["topic"].error_messages["required"]
            faults[f"{PREFIX}.{place}.topic"] = [ErrorDetail(str(told), code="required")]
    if faults:
        raise ValidationError(faults)
    return editor.content()


def _refuse_strangers(
    editor: PlanEditor, items: Sequence[Mapping[str, Any]], references: References
) -> None:
    named = {f"{PREFIX}.{place}.id": row["id"] for place, row in enumerate(items) if "id" in row}
    found = references.find(PlanItem.objects.all(), named)
    for path, item in found.items():
        if item.pk not in editor.stored:
            references.miss(path)
    references.refuse_absent()


def _rows(editor: PlanEditor, items: Sequence[Mapping[str, Any]]) -> tuple[list[Row], Faults]:
    """The rows of the form. Of an item that is in the plan already stays what is not named."""
    rows, faults, seen = [], Faults(), set()
    for place, row in enumerate(items):
        pk = row.get("id")
        known = editor.stored.get(pk) if pk is not None else None
        before: Row = asdict(known) if known is not None else dict(OF_FILED)
        if known is not None and pk in seen:
            faults[f"{PREFIX}.{place}.id"] = [
                ErrorDetail(_("这一项前面已经写过，一个项目只写一次。"), code="repeated")
            ]
        for name in OF_FILED:
            if not editor.was_filed and name in row and (row[name] or "") != before[name]:
                told = _("计划备案以后才填写状态和调整情况；现在请直接修改这一项。")
                faults[f"{PREFIX}.{place}.{name}"] = [ErrorDetail(told, code="not-filed")]
        seen.add(pk)
        rows.append({**before, **row, "pk": pk})
    return rows, faults


def _as_posted(rows: Sequence[Row]) -> Row:
    """As the page's form sends rows."""
    posted: Row = {f"{PREFIX}-TOTAL_FORMS": len(rows), f"{PREFIX}-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        posted |= {f"{PREFIX}-{place}-{name}": value for name, value in row.items()}
    return posted


def _found_by(editor: PlanEditor) -> Faults:
    faults: Faults = errors_of(editor.head, {})
    for place, form in enumerate(editor.rows.forms):
        told = errors_of(form, {"pk": "id"})
        faults |= {f"{PREFIX}.{place}.{name}": said for name, said in told.items()}
    whole = editor.rows.non_form_errors()
    if whole:
        faults[PREFIX] = [
            ErrorDetail(str(text), code=error["code"] or "invalid")
            for text, error in zip(whole, whole.get_json_data(), strict=True)
        ]
    return faults
