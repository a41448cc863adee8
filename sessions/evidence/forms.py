"""The form that puts evidence on file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from sessions.evidence.formats import EXTENSIONS
from sessions.models import Evidence
from sessions.screening import find_mark, mark_sentence


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, as they came: each is examined by itself."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        return list(data or [])


class EvidenceForm(forms.Form):
    """``uploads`` are judged one by one in the view: one bad file does not spoil the others."""

    kind = forms.ChoiceField(label=_("类别"), choices=Evidence.Kind)
    uploads = FilesField(
        label=_("文件"),
        required=False,
        widget=FilesInput(attrs={"multiple": True, "accept": ",".join(EXTENSIONS)}),
        help_text=_(
            "可选多个，也可拖到这里。docx、xlsx、pdf、jpg、png，每个不超过 20 MB，一次合计不超过 "
            "25 MB。"
            "照片不是必需的。严禁上传涉密文件和工作秘密。"
        ),
    )
    is_paper = forms.BooleanField(
        label=_("只有纸质材料"),
        required=False,
        help_text=_("不上传文件，只登记这类材料已纸质归档，同样算作材料齐全。"),
    )
    place = forms.CharField(label=_("纸质材料存放处"), required=False, max_length=100)

    def clean_place(self) -> str:
        place: str = self.cleaned_data["place"]
        if mark := find_mark(place):
            raise forms.ValidationError(mark_sentence(mark))
        return place

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.chosen and not cleaned.get("is_paper") and not self._dropped:
            self.add_error("uploads", _("请选择文件；没有电子文件的，勾选“只有纸质材料”。"))
        return cleaned

    def __init__(self, *args: Any, dropped: bool = False, **kwargs: Any) -> None:
        """``dropped``: files were sent, but left out already because they are too big."""
        super().__init__(*args, **kwargs)
        self._dropped = dropped

    @property
    def chosen(self) -> "list[UploadedFile[Any]]":
        return self.files.getlist("uploads") if self.files else []
