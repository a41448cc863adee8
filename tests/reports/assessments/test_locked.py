"""What is never scored, however it is spelt."""

import pytest

from reports.assessments.locked import locked_kind, refusal


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("学习照片", "照片"),
        ("学 习 照 片 每次 3 张", "照片"),
        ("照\u200b片齐全", "照片"),
        ("照·片、图★片", "照片"),
        ("学习圖片", "照片"),
        ("ＰＨＯＴＯ 3 张", "照片"),
        ("zhao-pian", "照片"),
        ("zhào piàn 齐全", "照片"),
        ("照x片", "照片"),
        ("📷 不少于 3", "照片"),
        ("学习筆記不少于1万字", "学习笔记"),
        ("笔-记本检查", "学习笔记"),
        ("看笔\n记", "学习笔记"),
        ("Biji", "学习笔记"),
        ("全年会议数量", "会议和文件数量"),
        ("印发文件不少于12份", "会议和文件数量"),
        ("发 文 篇 数", "会议和文件数量"),
        ("简报期数", "会议和文件数量"),
        ("获得领导批示", "领导批示"),
        ("批_示 每次加 1 分", "领导批示"),
        ("批⽰件", "领导批示"),  # a radical that looks like the character
        ("pī shì", "领导批示"),
        ("县主要领导充分肯定", "领导批示"),
        ("在省级报刊刊 发", "刊发文章"),
        ("理论文章在市级以上发表", "刊发文章"),
        ("發表理論文章", "刊发文章"),
        ("发表3篇", "刊发文章"),
        ("信息被市委采用", "刊发文章"),
        ("获奖情况", "获奖"),
        ("活动相册上传", "照片"),
        ("召开会议 12 次以上", "会议和文件数量"),
        ("开会不少于十二场", "会议和文件数量"),
        ("省级以上媒体发布学习动态", "刊发文章"),
        ("做法被市级刊物采用", "刊发文章"),
        ("获得市级以上奖励", "获奖"),
        ("荣获先进单位", "获奖"),
    ],
)
def test_a_locked_thing_is_found(text, kind):
    assert locked_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "每月集中学习不少于1次",
        "会议记录、签到表齐全",
        "研讨发言联系实际，交流发表意见",
        "年度计划、半年报告、年度总结按时报送",
        "心得体会每人不少于1篇",
        "领导班子成员带头讲党课",
        "学习中央文件精神",
        "以视频会议形式参加学习的，如实登记",
        "notebooks-free policy",
        "成果转化有举措",
        "会议室安排合理，按时开会学习",
        "获得感强，解决实际问题",
        "",
    ],
)
def test_what_may_be_scored_is_left_alone(text):
    assert locked_kind(text) == ""


def test_the_sentence_names_the_rule_and_what_to_do():
    said = refusal("照片")
    assert "整治形式主义为基层减负若干规定" in said
    assert "照片" in said
    assert "请删去" in said
