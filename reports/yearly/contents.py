"""Figures of what was studied: topics by level and group, books, themes of the unit's own."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from reports.yearly.facts import LinkedTopic, YearFacts
from reports.yearly.figures import SESSION, TOPIC, Count, Figure, Row
from reports.yearly.study import Study

LEVELS: Final[Mapping[str, str]] = {
    "central": "中央",
    "province": "省",
    "city": "市",
    "county": "县",
    "unit": "本单位",
}
CONTENT_GROUPS: Final[Mapping[int, str]] = {
    1: "党的创新理论",
    2: "党章党规党纪和党的基本知识",
    3: "党的路线方针政策和决议",
    4: "国家法律法规",
    5: "社会主义核心价值观",
    6: "党史、中国史、世界史和社会主义发展史",
    7: "经济、政治、文化、社会、生态等各方面知识",
    8: "改革发展实践中的重点难点问题",
    9: "上级要求学习的其他重要内容",
}
"""The nine groups of content of the 2017 rule, article 8."""

_TITLE = re.compile(r"《[^《》]{1,60}》(?:第[一二三四五六七八九十]+卷)?")


class Contents:
    """What the counted sessions were about. A topic counts once, however often it was studied."""

    def __init__(self, facts: YearFacts, study: Study) -> None:
        self._study = study
        links = [link for link in facts.topics if link.session in study.ids]
        self._links = links
        self._times = Counter(link.topic for link in links)
        self._topics: dict[int, LinkedTopic] = {link.topic: link for link in reversed(links)}

    def topics(self) -> tuple[Count, ...]:
        """By level, all five of them."""
        return tuple(
            self._figure(f"topics_{level}", f"{label}层面学习内容", level=level)
            for level, label in LEVELS.items()
        )

    def content_groups(self) -> tuple[Count, ...]:
        """By the nine groups of content; those that occur."""
        found = (
            self._figure(f"content_{group}", label, group=group)
            for group, label in CONTENT_GROUPS.items()
        )
        return tuple(figure for figure in found if figure.value)

    def own_themes(self) -> Count:
        """Sessions on a theme the unit chose itself: no topic of the department's list."""
        linked = {link.session for link in self._links}
        rows = self._study.rows(
            only=lambda key, _row, more: key not in linked and not more.is_offline
        )
        return Figure("own_themes", "自选专题的学习", len(rows), rows=rows)

    def materials(self) -> Count:
        """Books, papers and speeches named 《…》 in themes and contents, each once."""
        found: dict[str, Row] = {}
        for key, row in self._study.counted:
            for title in _TITLE.findall(f"{row.theme}\n{row.content}"):
                name = self._study.name(key, row)
                found.setdefault(title, Row(SESSION, key, title, row.date, name))
        return Figure("materials", "研读的书目、文件", len(found), "种", tuple(found.values()))

    def _figure(self, key: str, label: str, *, level: str = "", group: int = 0) -> Count:
        rows = tuple(
            Row(TOPIC, topic, link.name, None, f"学习 {self._times[topic]} 次")
            for topic, link in sorted(self._topics.items())
            if level in ("", link.level) and group in (0, link.group)
        )
        return Figure(key, label, len(rows), "项", rows)
