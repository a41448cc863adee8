"""The names by which findings and returns point at parts of a record."""

from django.utils.translation import gettext_lazy as _

# A return may name any of these in ``ReviewEvent.fields``; the form shows its reason there.
FIELDS = {
    "theme": _("学习主题"),
    "date": _("学习时间"),
    "half_days": _("时长"),
    "form": _("学习形式"),
    "place": _("地点"),
    "chair": _("主持人"),
    "lecturer": _("授课（领学）人"),
    "attendance": _("出勤"),
    "speeches": _("发言"),
    "plan_item": _("对应计划"),
    "topics": _("必学内容"),
    "content": _("学习内容"),
    "problem_solved": _("解决的实际问题"),
    "guests": _("其他参加人员"),
    "joint_units": _("联学单位"),
    "archive_place": _("纸质档案存放处"),
    "evidence": _("佐证材料"),
}
