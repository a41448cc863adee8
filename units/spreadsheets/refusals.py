"""Why a file was refused, in a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from units.spreadsheets.gate import RefusedError

SENTENCES = {
    "empty": _("文件是空的，请重新选择要导入的工作簿。"),
    "too_big": _("文件超过 %(limit)s MB，请删去图片和无关的工作表后再导入。"),
    "not_xlsx": _("这不是 Excel 工作簿（.xlsx），请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"),
    "old_format": _("这是旧格式的表格（.xls、.et 或 .xlsb），请另存为 .xlsx 再导入。"),
    "other_document": _("这是文字或演示文稿，不是表格，请把内容填入 .xlsx 工作簿后再导入。"),
    "encrypted": _("文件设有打开密码，请取消密码后再导入。"),
    "damaged": _("文件已损坏或不完整，请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"),
    "too_many_parts": _("文件内部的部件超过 %(limit)s 个，请把内容复制到新的工作簿后再导入。"),
    "bad_parts": _("文件内部的结构不正常，请把内容复制到新的工作簿后再导入。"),
    "bomb": _("文件解开后超过 %(limit)s MB，请只保留要导入的工作表再导入。"),
    "active_content": _(
        "文件含有宏、外部链接或嵌入对象，请把内容复制到新的工作簿，另存为 .xlsx 后再导入。"
    ),
    "unsafe_xml": _("文件内部含有不安全的内容，请把内容复制到新的工作簿后再导入。"),
    "too_wide": _("表格超过 %(columns)s 列，请删去右侧多余的内容后再导入。"),
    "merged_too_far": _("合并单元格的范围过大，请取消多余的合并后再导入。"),
    "too_many_rows": _("表格超过 %(limit)s 行，请分成几个文件导入。"),
    "external_parts": _("文件引用了网上的图片或模板，请把内容复制到新的工作簿后再导入。"),
    "disk_full": _("服务器磁盘空间不足，原文件无法存档，请联系系统管理员，稍后再导入。"),
    "mismatch": _("文件里夹着别的文档，请把内容复制到新的工作簿后再导入。"),
    "too_heavy": _("文件过于复杂，无法在限定的时间和内存内读完，请分成几个文件再导入。"),
}


def sentence(refused: RefusedError) -> str:
    """The refusal in Chinese."""
    return str(SENTENCES[refused.code]) % refused.details
