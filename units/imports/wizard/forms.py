"""What to upload, and what the workbook does not say itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from units.day_input import DayInput
from units.spreadsheets import gate


class UploadForm(forms.Form):
    """A workbook."""

    file = forms.FileField(
        label=_("工作簿（.xlsx）"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("不超过 20 MB。本平台为非涉密系统，请勿上传涉密文件。"),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > gate.MAX_BYTES:
            raise forms.ValidationError(_("文件超过 20 MB，请删去图片和无关的工作表后再上传。"))
        return file

    def options(self) -> dict[str, Any]:
        """What the importer is told besides, fit for JSON."""
        return {}


class RosterUploadForm(UploadForm):
    start = forms.DateField(
        label=_("没有填任职起的，从哪一天算起"),
        required=False,
        widget=DayInput(),
        help_text=_("名册里每人都填了任职起的，不用填。"),
    )

    def options(self) -> dict[str, Any]:
        start = self.cleaned_data["start"]
        return {"start": start.isoformat() if start else ""}
