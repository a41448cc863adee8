from portal.menu import menu_for
from units.access.roles import Role
from units.access.rules import Menu, Policy, Rule, no_object

OPEN = no_object(Role.CLERK, Role.AUDITOR)
POLICY = Policy(
    {
        ("feedback", "GET"): Rule("意见", OPEN, menu=Menu("服务", "意见建议", "chat", 90)),
        ("home", "GET"): Rule("首页", OPEN, menu=Menu("工作台", "首页", "house", 10)),
        ("unit_list", "GET"): Rule(
            "单位", no_object(Role.AUDITOR), menu=Menu("工作台", "单位名单", "building", 50)
        ),
        ("help", "GET"): Rule("帮助", OPEN),
    }
)


def labels(role: Role) -> dict[str, list[str]]:
    groups = menu_for(POLICY, role, "home")
    return {group.title: [str(entry.menu.label) for entry in group.entries] for group in groups}


def test_the_menu_has_what_the_role_may_open_in_order_and_nothing_else():
    assert labels(Role.AUDITOR) == {"工作台": ["首页", "单位名单"], "服务": ["意见建议"]}
    assert labels(Role.CLERK) == {"工作台": ["首页"], "服务": ["意见建议"]}
    assert labels(Role.SYSTEM_ADMIN) == {}


def test_the_page_one_is_on_is_marked():
    entries = [entry for group in menu_for(POLICY, Role.CLERK, "home") for entry in group.entries]
    assert [(entry.address, entry.is_current) for entry in entries] == [
        ("/", True),
        ("/feedback/", False),
    ]


def marked(route: str, path: str) -> list[str]:
    groups = menu_for(POLICY, Role.AUDITOR, route, path)
    return [each.address for group in groups for each in group.entries if each.holds_current]


def test_the_entry_a_page_stands_under_is_marked_and_home_holds_none():
    assert marked("unit_detail", "/units/QS001/") == ["/units/"]
    assert marked("unit_list", "/units/") == []
    assert marked("help", "/help/") == []


def test_a_page_of_a_unit_stands_under_what_its_own_people_open():
    policy = Policy(
        {("own_roster", "GET"): Rule("名册", OPEN, menu=Menu("单位", "成员名册", "people", 30))}
    )
    for path, held in (("/units/QS001/roster/add/", [True]), ("/units/QS001/", [False])):
        groups = menu_for(policy, Role.CLERK, "roster_add", path)
        assert [each.holds_current for group in groups for each in group.entries] == held
