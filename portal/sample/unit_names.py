"""What the sample's units are called. The county, its places and its offices are invented.

Townships and institutions are combined from two lists each, so that no county runs out of names;
bureaus and research offices come from lists of the offices a county has.
"""

from itertools import product
from typing import NamedTuple

from units.models import Unit

TOWNSHIP, BUREAU, RESEARCH, INSTITUTION = "township", "bureau", "research_office", "institution"
CATEGORIES = {
    TOWNSHIP: "乡镇（街道）",
    BUREAU: "县直部门",
    RESEARCH: "研究室",
    INSTITUTION: "其他单位",
}
COUNTY, CITY = "青石县", "青石市"
Body = Unit.PartyBody


def listed(text: str) -> list[str]:
    """Names written one after another, as in a register."""
    return text.split()


STREETS = ("城关街道", "河东街道", "新安街道", "南塔街道")
PLACES = ("白水", "柳溪", "石桥", "枫林", "双河", "竹坪", "沙洲", "栗园", "桐岭", "松屏")
MORE_PLACES = [
    first + second for first, second in product("云龙大小东西上下前后", "泉坪塘岗湾铺店渡垭坝")
]
BUREAUS = listed(
    "教育局 科学技术局 工业和信息化局 公安局 民政局 司法局 财政局 人力资源和社会保障局 "
    "自然资源局 生态环境局 住房和城乡建设局 交通运输局 水利局 农业农村局 商务局 文化和旅游局 "
    "卫生健康局 退役军人事务局 应急管理局 审计局 市场监督管理局 统计局 医疗保障局 林业局 "
    "乡村振兴局 信访局 数据局 城市管理局 行政审批局 机关事务管理局 粮食和物资储备局 "
    "地方金融局 体育局 广播电视局 畜牧兽医局 农机管理局 供销合作社 档案局 气象局 税务局 "
    "烟草专卖局 邮政管理局 海事管理局 公路管理局 招商促进局 中小企业局 移民安置局 园林绿化局 "
    "水产渔业局 地震局 消防救援局 人民防空局 房产管理局 公共资源交易局 对外经济合作局 侨务局 "
    "民族宗教事务局 老龄事业局 知识产权局 文物局 能源局 物流发展局 河湖管理局 散装水泥管理局"
)
RESEARCH_OFFICES = listed(
    "县政府研究室 县委政策研究室 县委党史研究室 县地方志研究室 县人大常委会研究室 县政协研究室 "
    "县经济发展研究室 县教育科学研究室 县农业政策研究室 县社会治理研究室 县法治研究室 "
    "县文史研究室 县生态文明研究室 县基层党建研究室 县改革研究室 县人才研究室 县水利史研究室 "
    "县民俗文化研究室 县县域经济研究室 县产业政策研究室 县统计分析研究室 县审计研究室 "
    "县财政研究室 县金融研究室"
)
FIELDS = listed(
    "人民医院 中医院 妇幼保健院 第一中学 职业教育中心 图书馆 融媒体中心 总工会 妇女联合会 "
    "工商业联合会 科学技术协会 残疾人联合会 文学艺术界联合会 红十字会 经济开发区 党校 "
    "城市建设投资集团 水务集团 国有林场 自来水公司"
)
MORE_FIELDS = [
    subject + office
    for office, subject in product(
        listed("服务中心 管理处 推广站 监测站 保障中心 研究所"),
        listed(
            "就业 土地 森林 种子 植保 水文 测绘 档案 环卫 路灯 公墓 园区 殡葬 血站 广电 旅游 "
            "节水 灌区 水库 苗圃 茶叶 蚕桑 果业 渔政"
        ),
    )
]
# County-like names in a sample city; the characters are chosen so that no real one comes out.
COUNTIES = [
    first + second + kind
    for kind in "县区"
    for first, second in product("砚霁岚栖芷柘榆椿梧槿", "屏溪墟麓渡岩泽坪埠汀")
]


class UnitTitle(NamedTuple):
    """A unit's category, the kind of its party body, its full and its short name."""

    category: str
    body: Unit.PartyBody
    name: str
    short_name: str


def unit_titles(count: int, *, county: str, prefix: str = "") -> list[UnitTitle]:
    """`count` units of a county in official order; `prefix` goes before every short name.

    A fifth are townships, nearly half bureaus, a tenth research offices. Good for up to 300.
    """
    townships = _townships(max(1, count // 5))
    bureaus = BUREAUS[: (count - len(townships)) * 6 // 10]
    research = RESEARCH_OFFICES[: count // 10]
    rest = count - len(townships) - len(bureaus) - len(research)
    institutions = (FIELDS + MORE_FIELDS)[:rest]
    place = f"中共{county}"
    titles = [
        UnitTitle(
            TOWNSHIP,
            Body.WORKING_COMMITTEE if name.endswith("街道") else Body.COMMITTEE,
            f"{place}{name}{'工作' if name.endswith('街道') else ''}委员会",
            prefix + name,
        )
        for name in townships
    ]
    titles += [
        UnitTitle(BUREAU, Body.LEADING_GROUP, f"{place}{name}党组", prefix + name)
        for name in bureaus
    ]
    titles += [
        UnitTitle(
            RESEARCH, Body.LEADING_GROUP, f"{place}{name.removeprefix('县')}党组", prefix + name
        )
        for name in research
    ]
    titles += [
        UnitTitle(INSTITUTION, Body.COMMITTEE, f"{place}{name}委员会", prefix + name)
        for name in institutions
    ]
    return titles


def _townships(count: int) -> list[str]:
    streets = STREETS[: max(1, count // 8)]
    places = (*PLACES, *MORE_PLACES)[: count - len(streets)]
    return [
        *streets,
        *(place + ("乡" if number % 4 == 3 else "镇") for number, place in enumerate(places)),
    ]
