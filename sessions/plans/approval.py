"""The paper that shows the leader's approval: a file, or a note that it is kept on paper."""

from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions.evidence import storage
from sessions.evidence.formats import EXTENSIONS
from sessions.evidence.services import Stored
from sessions.history import EDITABLE_PLAN
from sessions.models import AnnualPlan, Evidence, Status
from sessions.services import ReviewError, announce

MAX_FILES = 5


class ApprovalForm(forms.Form):
    upload = forms.FileField(
        label=_("审定文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
        help_text=_("可不传。如签批页、会议纪要；不超过 20 MB，严禁上传涉密文件和工作秘密。"),
    )
    is_paper = forms.BooleanField(label=_("只有纸质审定文件，已归档"), required=False)

    def __init__(self, *args: Any, is_dropped: bool = False, **kwargs: Any) -> None:
        """``is_dropped``: a file was sent, but left out already because it is too big."""
        super().__init__(*args, **{"auto_id": "id_approval_%s", **kwargs})
        self.is_dropped = is_dropped

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_dropped:
            self.add_error("upload", gettext("文件超过 20 MB，没有存入。"))
        elif not self.errors and not values.get("upload") and not values.get("is_paper"):
            self.add_error("upload", gettext("请选择文件；没有电子文件的，勾选“只有纸质”。"))
        return values


def add_approval(
    *, plan: AnnualPlan, stored: Stored | None, by: User, at: datetime
) -> tuple[Evidence, bool]:
    """Puts a stored file, or without one a note of the paper, on the plan; whether it is new.

    A file with the mark of a classified paper is held. Raises ReviewError, and writes nothing, if
    the plan is not open to the unit or holds enough.
    """
    with transaction.atomic():
        _refuse_closed(plan)
        on_file = plan.evidence.filter(kind=Evidence.Kind.APPROVAL)
        same = on_file.filter(sha256=stored.sha256 if stored else "").first()
        if same is not None:
            return same, False
        if on_file.count() >= MAX_FILES:
            raise ReviewError(gettext("审定文件最多 %d 份，没有存入。") % MAX_FILES)
        is_held = stored is not None and bool(stored.mark)
        row = Evidence.objects.create(
            plan=plan,
            kind=Evidence.Kind.APPROVAL,
            on=timezone.localdate(at),
            name=stored.name if stored else gettext("审定文件（纸质，已归档）"),
            file=stored.file if stored else "",
            size=stored.size if stored else 0,
            sha256=stored.sha256 if stored else "",
            checked=Evidence.Checked.HELD if is_held else Evidence.Checked.CLEAN,
            uploaded_by=by,
        )
        announce(unit_ids={plan.unit_id}, years={plan.year})
    return row, True


def remove_approval(*, plan: AnnualPlan, evidence: Evidence) -> None:
    """Takes a piece off the plan and its file off the disk. What is held, or was part of a plan
    that is filed, stays. Raises ReviewError.
    """
    with transaction.atomic():
        _refuse_closed(plan)
        evidence.refresh_from_db(fields=["checked"])
        if evidence.is_kept_back:
            raise ReviewError(gettext("暂扣的文件须由县委宣传部管理员处理，本单位不能自行移除。"))
        if plan.status == Status.FILED:
            raise ReviewError(gettext("计划已经备案，审定文件不能移除，可以补充新的。"))
        file = str(evidence.file)
        evidence.delete()
        if file:
            transaction.on_commit(lambda: storage.discard(file))
        announce(unit_ids={plan.unit_id}, years={plan.year})


def _refuse_closed(plan: AnnualPlan) -> None:
    """Holds the plan's row until the end of the transaction."""
    locked = AnnualPlan.objects.select_for_update().get(pk=plan.pk)
    if locked.status not in EDITABLE_PLAN:
        raise ReviewError(
            gettext("计划当前为“%(status)s”，不能增减审定文件。")
            % {"status": Status(locked.status).label}
        )
