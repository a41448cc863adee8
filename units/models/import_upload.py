from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from units.models.unit import Unit
from units.querysets import ImportUploadQuerySet


class ImportUpload(models.Model):
    """A workbook on its way in: uploaded, checked, corrected in place, taken or dropped.

    ``data`` are the workbook's bytes, kept until it is taken. ``edits`` are cells put right on
    the page ({sheet: {"C5": text}}), ``outcome`` what the last check or the import itself found
    (see units.imports.wizard.outcome).
    """

    class Kind(models.TextChoices):
        ROSTER = "roster", _("成员名册")
        LEDGER = "ledger", _("学习台账")

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="import_uploads"
    )
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("上传人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    name = models.CharField(_("文件名"), max_length=200)
    data = models.BinaryField(_("文件内容"))
    options = models.JSONField(_("选项"), default=dict, blank=True)
    edits = models.JSONField(_("改动"), default=dict, blank=True)
    outcome = models.JSONField(_("检查结果"), default=dict, blank=True)
    done_at = models.DateTimeField(_("导入时间"), null=True, blank=True)

    objects = ImportUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入文件")
        verbose_name_plural = _("导入文件")
        indexes: ClassVar = [models.Index(fields=["uploaded_at"], name="import_upload_at")]

    def __str__(self) -> str:
        return self.name

    @property
    def edit_count(self) -> int:
        """How many cells were put right on the page."""
        return sum(len(cells) for cells in self.edits.values())
