"""What the audit trail's short keys are called."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEvent
from portal.access import POLICY
from units.models import Assignment

# Actions that no route's title tells, or not exactly: refusals, and what commands, the clockwork
# and routes that do one of several things write down.
_OWN_WORDS = {
    "access.denied": gettext_lazy("被拒绝：角色没有此权限"),
    "access.foreign": gettext_lazy("被拒绝：不在范围内的对象"),
    "access.network": gettext_lazy("被拒绝：不在指定的网络内"),
    "access.refused": gettext_lazy("被拒绝：当前不能办理"),
    "access.read_only": gettext_lazy("被拒绝：令牌只能读取"),
    "access.token": gettext_lazy("被拒绝：接口令牌无效"),
    "access.unclassified": gettext_lazy("被拒绝：没有列入策略的地址"),
    "account.lock_out": gettext_lazy("登录锁定"),
    "archive.sent": gettext_lazy("学习档案已完整送出"),
    "data.restore": gettext_lazy("从备份恢复数据"),
    "hold.destroy": gettext_lazy("复核同意：销毁暂扣文件"),
    "hold.release": gettext_lazy("复核同意：解除暂扣文件"),
    "import_accounts": gettext_lazy("导入账号"),
    "import_ledger": gettext_lazy("导入学习台账"),
    "import_roster": gettext_lazy("导入名册"),
    "import_units": gettext_lazy("导入单位名单"),
    "job_cancel": gettext_lazy("取消后台任务"),
    "mail_hold": gettext_lazy("暂缓邮件"),
    "mail_release": gettext_lazy("放行邮件"),
    "mail_resend": gettext_lazy("重发邮件"),
    "month_close": gettext_lazy("封账"),
    "month_reopen": gettext_lazy("重新开放已封账的月份"),
    "rule_set_publish": gettext_lazy("发布考核规则"),
    "session.joint_carry": gettext_lazy("联学更正带入参学单位"),
    "approval.pass_on": gettext_lazy("单位已无人可审，直接转宣传部"),
    "session.save": gettext_lazy("保存学习记录"),
    "session.submit": gettext_lazy("报送学习记录"),
}
# Kinds of object that lines name otherwise than by their model, all of them or older ones.
_OBJECTS = {
    "closing": "reports.closing",
    "delivery": "reports.delivery",
    "job": "reports.job",
    "mailrun": "reports.mailrun",
    "rule_set": "reports.ruleset",
}
_FIELDS = {
    "api_token": gettext_lazy("所用接口令牌编号"),
    "api_tokens": gettext_lazy("接口令牌编号"),
    "assignment": gettext_lazy("任命编号"),
    "backup": gettext_lazy("备份名称"),
    "created": gettext_lazy("新增"),
    "ended": gettext_lazy("结束的登录"),
    "fields": gettext_lazy("改动的栏目"),
    "filter": gettext_lazy("筛选条件"),
    "flood": gettext_lazy("此后一分钟内还有更多，不再逐条记录"),
    "format": gettext_lazy("文件格式"),
    "from": gettext_lazy("生效日期"),
    "lines": gettext_lazy("条数"),
    "links": gettext_lazy("作废的一次性链接"),
    "mails": gettext_lazy("暂缓的邮件"),
    "broken_at": gettext_lazy("断开处"),
    "compared": gettext_lazy("核对的单位数"),
    "differing": gettext_lazy("与封存时不一致的单位"),
    "head": gettext_lazy("末条校验值"),
    "items": gettext_lazy("项目"),
    "left": gettext_lazy("尚未办理数"),
    "method": gettext_lazy("请求方法"),
    "missing_heads": gettext_lazy("对不上的留底"),
    "object": gettext_lazy("所指对象"),
    "read": gettext_lazy("读取行数"),
    "refused": gettext_lazy("退回处数"),
    "route": gettext_lazy("所请求的事项"),
    "rows": gettext_lazy("行数"),
    "rule_sets": gettext_lazy("规则草稿编号"),
    "schedules": gettext_lazy("停用的邮件计划"),
    "sealed": gettext_lazy("封存的单位数"),
    "sign_ins": gettext_lazy("结束的登录"),
    "status": gettext_lazy("状态"),
    "taken_at": gettext_lazy("备份时刻"),
    "to": gettext_lazy("失效日期"),
    "tokens": gettext_lazy("撤销的接口令牌"),
    "units": gettext_lazy("单位"),
    "user": gettext_lazy("用户"),
    "version": gettext_lazy("版本"),
    "why": gettext_lazy("原因"),
    "year": gettext_lazy("年度"),
}


@cache
def _declared() -> Mapping[str, object]:
    """The first title in the policy of each action."""
    titles: dict[str, object] = {}
    for rule in POLICY.values():
        if rule.audit:
            titles.setdefault(rule.audit, rule.title)
    return titles


def action_words(action: str) -> str:
    """An action as a person would say it; the key itself for one nobody knows any more."""
    return str(_OWN_WORDS.get(action) or _declared().get(action) or action)


def known_actions() -> list[tuple[str, str]]:
    """Every action with its words, refusals first, those of the policy last and in its order."""
    known = dict.fromkeys([*_OWN_WORDS, *_declared()])
    return [(action, action_words(action)) for action in known]


def label_of(kind: str) -> str:
    """The model's label of a kind of object, however the line names it."""
    return _OBJECTS.get(kind, kind)


def names_of(kind: str) -> list[str]:
    """Every name by which lines call objects of the kind."""
    label = label_of(kind)
    return [label, *(name for name, of in _OBJECTS.items() if of == label)]


def object_words(kind: str) -> str:
    """What the objects of a kind are called."""
    try:
        return str(apps.get_model(label_of(kind))._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def field_of(kind: str, name: str) -> "Field[Any, Any] | None":
    """The model's field of the name, if there is one."""
    try:
        found = apps.get_model(label_of(kind))._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if isinstance(found, Field) else None


def field_words(kind: str, name: str) -> str:
    """What a value of an object is called."""
    if name in _FIELDS:
        return str(_FIELDS[name])
    found = field_of(kind, name)
    return str(found.verbose_name) if found is not None else name


def route_words(route: str, method: str) -> str:
    """What somebody wanted who called the route."""
    rule = POLICY.get((route, method))
    return str(rule.title) if rule is not None else f"{route} {method}"


def role_words(role: str) -> str:
    return str(dict(Assignment.Role.choices).get(role, role))


def result_words(result: str) -> str:
    return str(AuditEvent.Result(result).label)


def nobody(action: str) -> str:
    """Who acted where nobody was signed in."""
    return _("未登录") if action.startswith(("account.", "access.")) else _("系统")
