"""The blank ledger workbook."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from sessions.models import Form
from units.spreadsheets.tables import EXAMPLE_MARK
from units.spreadsheets.templates import Template, TemplateColumn


def ledger_template() -> Template:
    """The ledger as ``import_ledger`` reads it best."""
    names = str(_("姓名之间用顿号分开。"))
    return Template(
        sheet="学习台账",
        title="党委（党组）理论学习中心组学习台账",
        columns=(
            TemplateColumn("序号", str(_("可不填。")), 1, kind="whole", width=8),
            TemplateColumn(
                "学习时间",
                str(_("例如 2026-03-05、3月5日下午、3月5日-7日；只写月日的，请在标题中写明年份。")),
                date(2026, 3, 5),
                kind="date",
                required=True,
                width=22,
            ),
            TemplateColumn(
                "会期（天）", str(_("0.5 为半天；不填按半天计，起止日期按整天计。")), 0.5, width=12
            ),
            TemplateColumn("学习地点", str(_("可不填。")), "三楼会议室"),
            TemplateColumn("学习主题", str(_("一句话。")), "学习示例文件", required=True, width=36),
            TemplateColumn("学习内容", str(_("可不填。")), EXAMPLE_MARK, width=36),
            TemplateColumn(
                "学习形式",
                str(_("从下拉列表中选择；只有研讨和读书班可计为集体研讨。")),
                str(Form.DISCUSSION.label),
                kind="list",
                choices=tuple(str(form.label) for form in Form),
                required=True,
            ),
            TemplateColumn("主持人", str(_("姓名。")), "示例甲"),
            TemplateColumn("应到", str(_("可不填；填了就与名册核对。")), 10, kind="whole", width=8),
            TemplateColumn("实到", str(_("填了就与缺席人员核对。")), 9, kind="whole", width=8),
            TemplateColumn(
                "缺席人员及原因",
                str(_("姓名后用括号写原因，例如 某某（病假）、某某（因公出差）；无人缺席填“无”。")),
                "示例乙（病假）",
                width=30,
            ),
            TemplateColumn("重点发言人", names, "示例丙、示例丁", width=24),
            TemplateColumn("交流发言", names, width=24),
            TemplateColumn("列席人数", str(_("不计入应到和实到。")), 0, kind="whole"),
        ),
        guide=(
            str(
                _(
                    "缺席原因可以写：病假、事假、年休假、因公出差、上级会议、调训、脱产培训、挂职、产假、"
                    "长期病假；不写原因按缺席计。"
                )
            ),
            str(
                _("应到成员以系统中的名册为准，请先登记名册，或在本工作簿中增加“成员名册”工作表。")
            ),
            str(_("列的先后可以调整，不用的列可以删去，列名请不要改。")),
            str(_("示例行不会导入，可以删去。")),
            str(_("重复导入同一份台账不会增加记录。")),
        ),
    )
