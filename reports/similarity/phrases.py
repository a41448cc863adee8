"""What everybody writes alike and may: names of papers, of meetings, and standing formulas.

Plain Python. Such stretches are left out of both texts before they are compared, so that they
neither count as copied nor join two short likenesses to a long one.
"""

import re
from typing import Final

_ORDINAL: Final = "[一二三四五六七八九十百\\d]{1,4}"
_LEVEL: Final = "(?:[\u4e00-\u9fff]{0,6}[省市县区镇乡]|党)?"

FORMULAS: Final = (
    "习近平新时代中国特色社会主义思想",
    "马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观",
    "学习贯彻习近平新时代中国特色社会主义思想主题教育",
    "增强“四个意识”、坚定“四个自信”、做到“两个维护”",
    "深刻领悟“两个确立”的决定性意义",
    "党委（党组）理论学习中心组",
    "党委理论学习中心组",
    "党组理论学习中心组",
    "理论学习中心组",
    "习近平总书记系列重要讲话精神",
    "习近平总书记重要讲话精神",
    "习近平总书记关于",
    "党建工作责任制",
    "意识形态工作责任制",
    "读原著、学原文、悟原理",
    "中国特色社会主义",
    "中华民族伟大复兴",
    "社会主义现代化",
    "全面从严治党",
    "党史学习教育",
    "党纪学习教育",
)
"""Spelled as they are usually printed; compared without punctuation like everything else."""

BREAK: Final = "\f"
"""Stands between two sections that are compared as one text; no run crosses it."""

_NAMES: Final = (
    BREAK,
    r"《[^《》\n]{2,80}》",
    rf"(?:中国共产党)?第{_ORDINAL}次全国代表大会(?:精神)?",
    rf"党的{_ORDINAL}大(?:和{_ORDINAL}届[一二三四五六七八九十、中]{{2,9}}全会)?(?:精神)?",
    rf"{_ORDINAL}届{_ORDINAL}中全会(?:精神)?",
    rf"[省市县区]委?第?{_ORDINAL}届{_ORDINAL}次全[体会]{{1,3}}(?:精神)?",
    rf"[省市县区]第{_ORDINAL}次党代会(?:精神)?",
    r"(?:中央|全国|省委|市委|县委|区委)[\u4e00-\u9fff]{2,10}工作会议(?:精神)?",
)


def _spelled(formula: str) -> str:
    """A formula as a pattern that minds no punctuation inside it."""
    letters = [re.escape(letter) for letter in formula if letter.isalnum()]
    return r"[^\w\n]{0,2}".join(letters)


COMMON: Final = re.compile(
    "|".join((*_NAMES, *(_spelled(one) for one in sorted(FORMULAS, key=len, reverse=True))))
)
"""Names first: what stands in book marks is taken whole."""
