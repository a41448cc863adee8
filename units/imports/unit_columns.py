"""What a unit list's columns are called and what its words mean."""

from django.utils.translation import gettext_lazy as _

from units.models import Category, Unit
from units.spreadsheets.tables import EXAMPLE_MARK, Column
from units.spreadsheets.templates import Template, TemplateColumn

PartyBody = Unit.PartyBody

UNIT_COLUMNS = (
    Column("code", ("单位编码", "编码", "单位代码", "代码"), required=True),
    Column("name", ("单位名称", "单位全称", "全称", "名称", "单位"), required=True),
    Column("short_name", ("简称", "单位简称")),
    Column("category", ("单位类别", "类别", "单位类型", "类型"), required=True),
    Column(
        "party_body",
        ("党组织形式", "党组织", "组织形式", "党委（党组）", "党组织类型"),
        required=True,
    ),
    Column("parent", ("上级单位", "上级单位编码", "上级编码", "上级")),
    Column("rank", ("排序", "序号"), idle=True),
    Column("email", ("接收邮箱", "邮箱", "电子邮箱", "电子邮件")),
    Column("has_group", ("设中心组", "是否设中心组")),
    Column("established", ("成立日期", "设立日期", "成立时间")),
    Column("abolished", ("撤销日期", "撤销时间")),
    Column("note", ("备注", "说明")),
)

PARTY_BODY_WORDS = {
    "党委": PartyBody.COMMITTEE,
    "党工委": PartyBody.WORKING_COMMITTEE,
    "党组": PartyBody.LEADING_GROUP,
    "分党组": PartyBody.SUB_GROUP,
    "机关党委": PartyBody.ORGAN_COMMITTEE,
    "党总支": PartyBody.BRANCH,
    "党支部": PartyBody.BRANCH,
    "党总支(支部)": PartyBody.BRANCH,
}
YES_NO = {"是": True, "否": False, "设": True, "不设": False}


def unit_template() -> Template:
    """The blank unit list, with the categories of this portal."""
    categories = tuple(Category.objects.values_list("name", flat=True))
    return Template(
        sheet="单位名单",
        title="理论学习中心组单位名单",
        columns=(
            TemplateColumn(
                "单位编码", str(_("全县唯一，一经使用不再更改。")), "QS-001", required=True
            ),
            TemplateColumn("单位名称", str(_("全称。")), "青石县示例镇", required=True, width=30),
            TemplateColumn("简称", str(_("不填则与全称相同。")), "示例镇"),
            TemplateColumn(
                "单位类别",
                str(_("按类别适用学习要求。")),
                categories[0] if categories else "乡镇",
                kind="list" if categories else "text",
                choices=categories,
                required=True,
            ),
            TemplateColumn(
                "党组织形式",
                str(_("党委、党组等。")),
                "党委",
                kind="list",
                choices=tuple(word for word in PARTY_BODY_WORDS if "(" not in word),
                required=True,
            ),
            TemplateColumn("上级单位", str(_("上级单位的编码或全称；直属主管部门的不填。"))),
            TemplateColumn(
                "排序", str(_("各种报表中的先后，不填则按本表的先后。")), 1, kind="whole"
            ),
            TemplateColumn("接收邮箱", str(_("每月通报发到这个邮箱。")), width=28),
            TemplateColumn(
                "设中心组", str(_("不填为是。")), "是", kind="list", choices=("是", "否")
            ),
            TemplateColumn("成立日期", str(_("年内新成立的单位填写。")), kind="date"),
            TemplateColumn("撤销日期", str(_("从这一天起不再考核。")), kind="date"),
            TemplateColumn("备注", str(_("可不填。")), EXAMPLE_MARK, width=30),
        ),
        guide=(
            str(_("列的先后可以调整，不用的列可以删去，列名请不要改。")),
            str(_("示例行不会导入，可以删去。")),
            str(_("重复导入同一份名单不会增加记录。")),
        ),
    )
