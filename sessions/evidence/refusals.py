"""Why a file was not taken, in a sentence that says what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.spreadsheets.gate import RefusedError

SENTENCES = {
    "empty": gettext_lazy("文件是空的，请重新选择。"),
    "too_big": gettext_lazy("文件超过 %(limit)s MB，请压缩图片或分成几个文件再上传。"),
    "not_taken": gettext_lazy("只收 docx、xlsx、pdf、jpg、png 文件，请转换格式后再上传。"),
    "old_format": gettext_lazy("这是旧格式或带宏的文件，请另存为 docx、xlsx 或 PDF 后再上传。"),
    "phone_image": gettext_lazy("请把图片转成 jpg 或 png 再上传（手机相机可改为“兼容性最佳”）。"),
    "mismatch": gettext_lazy("文件内容与扩展名不符，请用原来的软件打开，重新另存后再上传。"),
    "encrypted": gettext_lazy("文件设有密码或打开限制，请取消后再上传。"),
    "damaged": gettext_lazy("文件已损坏或不完整，请重新另存或重新扫描后再上传。"),
    "too_many_parts": gettext_lazy("文件内部的部件超过 %(limit)s 个。"),
    "bad_parts": gettext_lazy("文件内部的结构不正常。"),
    "bomb": gettext_lazy("文件解开后超过 %(limit)s MB。"),
    "active_content": gettext_lazy("文件含有宏、外部链接或嵌入对象。"),
    "external_parts": gettext_lazy("文件引用了网上的图片或模板。"),
    "unsafe_xml": gettext_lazy("文件内部含有不安全的内容。"),
    "too_wide": gettext_lazy("表格超过 %(columns)s 列。"),
    "merged_too_far": gettext_lazy("表格中合并单元格的范围过大。"),
    "too_heavy": gettext_lazy("文件过于复杂，无法检查完。"),
    "pdf_active": gettext_lazy("PDF 含有脚本或自动执行的动作，请用“打印”重新生成 PDF 再上传。"),
    "pdf_carries_files": gettext_lazy("PDF 里夹带了别的文件，请用“打印”重新生成 PDF 再上传。"),
    "pdf_unusual": gettext_lazy("无法检查这个 PDF 的内部结构，请用“打印”重新生成 PDF 再上传。"),
    "disk_full": gettext_lazy("服务器磁盘空间不足，暂不能上传，请联系系统管理员，稍后再试。"),
    "too_many_pixels": gettext_lazy("图片超过 %(millions)s 百万像素，请缩小后再上传。"),
}
# A PDF made from the file no longer has what was refused.
BETTER_AS_PDF = frozenset(
    [
        "active_content",
        "bad_parts",
        "bomb",
        "external_parts",
        "merged_too_far",
        "too_heavy",
        "too_many_parts",
        "too_wide",
        "unsafe_xml",
    ]
)


def sentence(refused: RefusedError) -> str:
    """The refusal in Chinese."""
    said = str(SENTENCES[refused.code]) % refused.details
    return said + _("请另存为 PDF 后再上传。") if refused.code in BETTER_AS_PDF else said


def held_sentence(mark: str) -> str:
    """What to tell somebody whose file bears the mark of a classified paper."""
    return _(
        "文件中有“%(mark)s”字样，已暂扣：任何人都不能下载。请不要换名再传，立即报告本单位"
        "保密工作负责人，并联系县委宣传部管理员核实处理。"
    ) % {"mark": mark}
