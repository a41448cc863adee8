"""What is studied: the department's topics of the year, and themes units choose themselves."""

import datetime as dt
from typing import NamedTuple

from sessions.models import Topic

Level, Group = Topic.Level, Topic.ContentGroup


class Theme(NamedTuple):
    """A session's theme and what was read; `topic` is the place of its topic among the year's."""

    name: str
    content: str
    topic: int | None = None


def year_topics(year: int) -> list[Topic]:
    """The topics the department sets: four required, one recommended."""
    rows: list[tuple[str, Topic.Level, Topic.ContentGroup, dt.date, dt.date, bool]] = [
        (
            "县委全会精神",
            Level.COUNTY, Group.PARTY_LINE, dt.date(year, 1, 12), dt.date(year, 4, 30), True,
        ),
        (
            "中央八项规定精神和整治形式主义为基层减负若干规定",
            Level.CENTRAL, Group.PARTY_RULES, dt.date(year, 3, 1), dt.date(year, 6, 30), True,
        ),
        (
            "全省县域高质量发展部署",
            Level.PROVINCE, Group.PRACTICE, dt.date(year, 5, 6), dt.date(year, 9, 30), True,
        ),
        (
            "党的二十届四中全会精神",
            Level.CENTRAL, Group.PARTY_LINE, dt.date(year, 7, 1), dt.date(year, 12, 15), True,
        ),
        (
            "全市防汛抗旱工作要求",
            Level.CITY, Group.PRACTICE, dt.date(year, 5, 6), dt.date(year, 8, 31), False,
        ),
    ]  # fmt: skip
    return [
        Topic(
            name=name, level=level, content_group=group, from_date=start, due=due, required=required
        )
        for name, level, group, start, due, required in rows
    ]


TOPIC_THEMES = (
    Theme("学习贯彻县委全会精神", "县委全会报告和决议；本单位年度重点任务分解。", 0),
    Theme(
        "深入贯彻中央八项规定精神，切实为基层减负",
        "中央八项规定及其实施细则；整治形式主义为基层减负若干规定。",
        1,
    ),
    Theme("落实全省县域高质量发展部署", "全省县域经济工作会议精神；县里的实施方案。", 2),
    Theme("学习贯彻党的二十届四中全会精神", "全会公报、建议和说明。", 3),
    Theme("学习全市防汛抗旱工作要求", "市防汛抗旱会议精神；本地应急预案。", 4),
)
THEMES = (
    Theme("学习《习近平谈治国理政》第四卷", "有关专题篇目，联系分管工作谈体会。"),
    Theme("学习习近平生态文明思想", "有关重要论述；本地水源地保护。"),
    Theme("学习习近平法治思想", "有关重要论述；依法行政的几个问题。"),
    Theme("学习粮食安全重要论述", "有关重要论述；耕地保护责任制。"),
    Theme("学习安全生产重要论述", "有关重要论述；本行业安全隐患排查。"),
    Theme("学习意识形态工作责任制实施办法", "责任制实施办法；本单位阵地管理。"),
    Theme("学习中国共产党纪律处分条例", "条例原文；典型案例。"),
    Theme("学习宪法和有关法律法规", "宪法有关章节；行政复议法。"),
    Theme("学习乡村全面振兴规划", "规划纲要；和美乡村建设。"),
    Theme("学习基层治理有关精神", "党建引领基层治理；网格服务。"),
    Theme("学习国民经济核算知识", "统计法；防治统计造假。"),
    Theme("学习党章", "党章总纲和党员权利义务。"),
    Theme("学习党的民族政策和宗教工作理论", "有关重要论述；政策法规。"),
    Theme("学习总体国家安全观", "国家安全法；本地风险防范。"),
    Theme("学习数字中国建设有关部署", "有关规划；政务数据共享。"),
    Theme("学习新质生产力有关论述", "有关重要论述；县内企业走访情况。"),
    Theme("学习优化营商环境条例", "条例原文；本单位办事事项。"),
    Theme("学习党史：本地革命史", "县党史基本著作有关章节。"),
    Theme("学习社会主义核心价值观", "有关论述；文明实践活动。"),
    Theme("学习保密法及其实施条例", "保密法原文；不涉密信息的公开界限。"),
    Theme("学习信访工作条例", "条例原文；重点事项化解。"),
    Theme("学习党员教育管理工作条例", "条例原文；本单位党员教育计划。"),
)
ADJACENT_THEMES = (
    "主题党日：重温入党誓词",
    "书记讲党课",
    "参加县里组织的专题培训",
    "支部“三会一课”",
)
READING_CLASS = Theme("理论学习读书班", "分专题导读、自学、研讨和小结。")
JOINT = Theme("部门联学：数据共享和统计质量", "两单位围绕同一专题交流。")

PLACES = ("三楼会议室", "党员活动室", "机关会议室", "党委会议室", "二楼小会议室")
FIELD_PLACES = ("村部会议室", "企业车间", "水库工地", "乡村振兴示范点", "革命旧址")
LECTURERS = ("县委党校教师", "县委宣讲团成员", "市委党校教师", "行业专家")
PROBLEMS = (
    "明确了窗口延时服务的责任科室。",
    "理清了两项跨部门事项的办理流程。",
    "确定了汛期值班和物资调配办法。",
    "压减了三类重复报表。",
    "商定了闲置校舍利用方案。",
)
SPEECH_TITLES = ("结合分管工作谈落实", "学习体会和改进措施", "调研情况与建议", "从三个方面抓落实")
RETURN_REASONS = (
    "会议记录中的出席人数与登记不一致，请核对后重报。",
    "重点发言材料未附，请补充。",
    "学习形式应为专题讲座，请更正。",
    "学习内容过于简略，请写明研读篇目。",
)
PLAN_RETURN_REASONS = ("三季度未安排集体研讨，请补充。", "未附单位党组织审定文件，请补充。")
REPORT_RETURN_REASONS = ("缺“存在的问题”部分，请补充。", "报告中的学习次数与台账不一致，请核对。")
