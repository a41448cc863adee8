"""Marks of classified papers are found; talk about secrecy passes."""

from pathlib import Path

import pytest

from sessions.screening import find_mark, find_mark_in_name, mark_sentence, marked_fields

MARKED = [
    "绝密★长期",
    "机密★10年",
    "秘密★1年",
    "秘密 ★ 启用前",
    "机  密 ★ 五年",
    "绝密☆20年",
    "机密*10年",
    "秘密⭐10年",
    "機密★10年",
    "機\u200b密★10年",
    "０００１２\n机密★５年\n特急",
    "机密级★10年",
    "秘密",
    "机 密",
    "绝密",
    "秘密 10年",
    "机密　长期",
    "工作秘密",
    "内部★",
    "工作秘密★",
    "关于做好有关工作的通知（秘密）",
    "【机密】专题学习方案",
    "〔秘密〕会议材料",
    "密级：机密",
    "密级: 秘密",
    "密　级：绝密",
    "密级\n机密",
    "本件密级为秘密，请妥善保管",
    "此件为机密，阅后清退",
    "份号：000012",
    "份号 000123",
    "份  号：№000045",
    "保密期限：10年",
    "保密期限: 长期",
    "定密责任人：测某",
    "知悉范围：县处级以上领导干部",
    "传达学习机密文件精神",
    "学习了上级绝密级文件",
    "传阅秘密文件两份",
    "秘密文件",
    "内部资料，注意保存",
    "内部文件 不得外传",
    "（内部资料，严禁外传）",
    "内部参考，阅后收回",
    "本材料不得外传",
    "注意保密，严禁外传！",
    "（内部使用）学习辅导材料",
    "此件阅后请及时清退",
    "机密\n★\n10年",
]

MARKED_NAMES = [
    "机密-2026年工作方案.docx",
    "秘密_会议材料.pdf",
    "20260301 学习材料（秘密）.pdf",
    "【绝密】讲话.docx",
    "学习材料.机密.pdf",
    "机密★10年.jpg",
    "秘密文件.pdf",
    "内部资料 注意保存.docx",
    "密级：秘密.xlsx",
]

PASSING = (Path(__file__).parent / "screening_passing.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("text", MARKED)
def test_a_mark_is_found(text):
    assert find_mark(text)


@pytest.mark.parametrize("text", MARKED)
def test_a_mark_is_found_amid_other_lines(text):
    assert find_mark(f"青石县中心组学习材料\n{text}\n各单位：")


@pytest.mark.parametrize("name", MARKED_NAMES)
def test_a_mark_is_found_in_a_name(name):
    assert find_mark_in_name(name)


def test_there_are_enough_samples_to_mean_something():
    assert len(MARKED) + len(MARKED_NAMES) >= 30
    assert len(set(PASSING)) >= 100


def test_talk_about_secrecy_passes():
    held = {text: mark for text in PASSING if (mark := find_mark(text))}
    assert held == {}


def test_titles_pass_as_names():
    held = {text: mark for text in PASSING if (mark := find_mark_in_name(f"{text}.docx"))}
    assert held == {}


def test_the_page_of_a_law_on_secrets_passes_as_a_whole():
    assert find_mark("\n".join(PASSING)) == ""


def test_the_sentence_says_what_was_found_and_what_to_do():
    faults = marked_fields({"theme": "学习宪法", "content": "秘密★10年"})
    assert faults == {"content": mark_sentence("秘密★10年")}
    assert "秘密★10年" in faults["content"]
    assert "含不宜上网内容" in faults["content"]
