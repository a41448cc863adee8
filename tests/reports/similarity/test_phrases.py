import pytest

from reports.similarity.phrases import COMMON


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("学习《习近平谈治国理政》第四卷", "学习第四卷"),
        ("传达党的二十届四中全会精神和要求", "传达党的和要求"),
        ("传达党的二十大和二十届二中、三中全会精神", "传达"),
        ("传达省第十二次党代会、县委十五届七次全会精神", "传达、"),
        ("在习近平新时代中国特色社会主义思想指引下", "在指引下"),
        ("增强“四个意识”坚定“四个自信”做到“两个维护”，", "”，"),
        ("召开全国宣传思想文化工作会议精神传达会", "召开传达会"),
        ("我局中心组每月学习一次", "我局中心组每月学习一次"),
    ],
)
def test_what_everybody_writes_alike_is_left_out(text, left):
    assert COMMON.sub("", text) == left
