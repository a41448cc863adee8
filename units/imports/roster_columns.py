"""What a roster's columns are called and what its words mean."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from units.models import RosterEntry
from units.spreadsheets.tables import EXAMPLE_MARK, Column
from units.spreadsheets.templates import Template, TemplateColumn

Role = RosterEntry.Role

ROSTER_COLUMNS = (
    Column("name", ("姓名", "成员姓名", "成员", "人员姓名"), required=True),
    Column("role", ("中心组职务", "中心组内职务", "中心组分工", "中心组角色", "组内职务", "角色")),
    Column("post", ("职务", "党政职务", "行政职务", "现任职务", "单位及职务", "单位职务")),
    Column("portfolio", ("分管工作", "分管范围", "工作分工")),
    Column(
        "start", ("任职起", "任职时间", "任职日期", "任职开始", "起始日期", "开始日期", "任职起始")
    ),
    Column("end", ("任职止", "免职时间", "离任时间", "任职结束", "结束日期", "终止日期")),
    Column("unit", ("单位编码", "单位代码", "单位", "单位名称", "所在单位")),
    Column("rank", ("排序", "排名", "序号"), idle=True),
    Column("appointment", ("任免文号", "任职文号", "文号")),
    Column("distinction", ("同名区分",)),
    Column("note", ("备注", "说明")),
)

ROLE_WORDS = {
    "组长": Role.LEADER,
    "副组长": Role.DEPUTY,
    "成员": Role.MEMBER,
    "学习秘书": Role.SECRETARY,
    "秘书": Role.SECRETARY,
    "第一责任人": Role.LEADER,
    "直接责任人": Role.DEPUTY,
    "中心组组长": Role.LEADER,
    "中心组副组长": Role.DEPUTY,
    "中心组成员": Role.MEMBER,
    "中心组学习秘书": Role.SECRETARY,
}


def roster_template() -> Template:
    """The blank roster workbook."""
    return Template(
        sheet="成员名册",
        title="党委（党组）理论学习中心组成员名册",
        columns=(
            TemplateColumn("单位编码", str(_("单位的编码或全称。")), "QS-001", required=True),
            TemplateColumn(
                "姓名", str(_("每人一行；同一人两段任期填两行。")), "示例", required=True
            ),
            TemplateColumn("职务", str(_("党政职务。")), "党委书记", width=24),
            TemplateColumn(
                "中心组职务",
                str(_("只担任学习秘书、不是成员的，填学习秘书，不计入应到。")),
                "组长",
                kind="list",
                choices=tuple(str(role.label) for role in Role),
                required=True,
            ),
            TemplateColumn("分管工作", str(_("可不填，印在成员名册上。")), width=24),
            TemplateColumn(
                "任职起", str(_("从这一天起应到。")), date(2026, 1, 1), kind="date", required=True
            ),
            TemplateColumn("任职止", str(_("从这一天起不再应到；在任的不填。")), kind="date"),
            TemplateColumn("任免文号", str(_("可不填。")), width=20),
            TemplateColumn("同名区分", str(_("同一单位有两人同名时填，例如职务或出生年份。"))),
            TemplateColumn("备注", str(_("可不填。")), EXAMPLE_MARK, width=30),
        ),
        guide=(
            str(_("列的先后可以调整，不用的列可以删去，列名请不要改。")),
            str(_("示例行不会导入，可以删去。")),
            str(_("重复导入同一份名册不会增加记录。")),
        ),
    )
