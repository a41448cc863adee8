"""The access policy as a table for people, written from the policy itself."""

from collections.abc import Iterator

from sessions.models import Status
from units.access.roles import Role
from units.access.rules import Audience, Policy, Rule, Scope

SIGNS = {
    Scope.NONE: "✓",
    Scope.OWN_ITEMS: "本人",
    Scope.OWN_UNIT: "本单位",
    Scope.SUBTREE: "全部下级",
    Scope.ACCOUNTS: "所辖账号",
}
HEADING = """# 权限表

由 `manage.py permissions_table` 按访问策略自动生成，请勿手工修改。策略中没有的地址一律拒绝。

- **✓** 可以办理；**本单位** 只及任职单位；**全部下级** 及于任职单位和所有下级单位；
  **本人** 只及本人的内容；**所辖账号** 只及任职单位及其下级单位的账号和角色，不及学习内容；
  **—** 不可办理。不在范围内的对象一律答复“没有找到”。
- 初始密码未改或密码到期的账号，除修改密码和退出外什么也不能办理。
- 未提交的草稿只有本单位看得到。三员（系统管理员、安全管理员、安全审计员）看不到学习内容。
"""


def permissions_table(policy: Policy) -> str:
    roles = list(Role)
    lines = [
        HEADING,
        "| 事项 | 地址与方法 | " + " | ".join(str(role.label) for role in roles) + " |",
    ]
    lines.append("|" + "---|" * (len(roles) + 2))
    lines += [_row(key, policy[key], roles) for key in _ordered(policy)]
    return "\n".join(lines) + "\n"


def _ordered(policy: Policy) -> Iterator[tuple[str, str]]:
    """What everybody may first, then what every account may, then what roles may."""
    for audience in (Audience.PUBLIC, Audience.ACCOUNT, Audience.ROLES):
        yield from (key for key in policy if policy[key].audience is audience)


def _row(key: tuple[str, str], rule: Rule, roles: list[Role]) -> str:
    route, method = key
    cells = [_cell(rule, role) for role in roles]
    return f"| {_title(rule)} | `{route}` {method} | " + " | ".join(cells) + " |"


def _title(rule: Rule) -> str:
    title = str(rule.title)
    if rule.states:
        labels = (str(Status(state).label) for state in Status.values if state in rule.states)
        title += f"（限：{'、'.join(labels)}）"
    if rule.audience is Audience.PUBLIC:
        title += "（无须登录）"
    return title


def _cell(rule: Rule, role: Role) -> str:
    if rule.audience is Audience.PUBLIC:
        return "✓"
    if rule.audience is Audience.ACCOUNT:
        return SIGNS[Scope.OWN_ITEMS]
    return SIGNS[rule.grants[role]] if role in rule.grants else "—"
