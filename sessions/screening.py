"""A plain word screen for the marks that classified papers bear.

The portal is not a classified system: what bears such a mark may not be kept in it, not even its
title. The screen looks for the mark of a paper (秘密★10年, 密级：机密, 份号 …), not for talk about
secrecy: a group that studies the law on state secrets must not be stopped. It finds what is
marked; whether something unmarked is secret only people can tell.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

_INVISIBLE = (*range(0xAD, 0x3000), *range(0xFE00, 0x10000), *range(0xE0000, 0xE0080))
# Traditional characters become simplified ones; what is invisible (zero width, bidi) goes.
_FOLDED: dict[int, int | None] = {
    **str.maketrans("絕機祕級號內傳閱", "绝机秘级号内传阅"),
    **{code: None for code in _INVISIBLE if unicodedata.category(chr(code)) == "Cf"},
}
_BLANKS = re.compile(r"\s+")
# No rule matches a line without one of these.
_HINTS = re.compile("[密份悉内內传傳泄散印网阅閱]")
_STARS = re.compile("[☆✩✪✭✮✰⭐*]")
_BREAKS = re.compile(r"[\r\n\t\v\f\u2028\u2029]+")
_NAME_BREAKS = re.compile(r"[_\-—–+~.\s]+")
_EXTENSION = re.compile(r"\.[0-9A-Za-z]{1,5}$")

_LEVEL = "(?:绝密|机密|秘密)"
_TERM = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:年|个月|月)|长期|启用前|解密前|永久"
_LEAKING = "(?:不得|严禁|请勿|切勿|禁止|不准)(?:对外|向外)?(?:外传|外泄|传播|扩散|翻印|上网)"
_INTERNAL = "内部(?:文件|资料|材料|刊物|读物|参阅|参考|传阅|讲话|使用|发行|掌握)"

# Each rule looks at one line without blanks; a paragraph and a cell of a table are lines.
_IN_A_LINE = tuple(
    re.compile(pattern)
    for pattern in (
        # The mark itself: 机密★10年, 工作秘密★.
        rf"(?<!商业)(?:{_LEVEL}|内部)(?:级)?★(?:{_TERM})?",
        # A line of its own, as printed at the head of a paper or in a cell: 秘密, 机密 10年.
        rf"^(?:{_LEVEL}|工作秘密)级?(?:{_TERM})?$",
        # In brackets at either end of a title: 关于…的通知（秘密）.
        rf"^[(\[【〔]{_LEVEL}级?★?(?:{_TERM})?[)\]】〕]",
        rf"[(\[【〔]{_LEVEL}级?★?(?:{_TERM})?[)\]】〕]$",
        # A field of the head: 密级：机密, 份号：000012, 保密期限：10年, 定密责任人：….
        rf"密级[:=](?:{_LEVEL}|工作秘密|内部)(?!、|,|和|或|与|及|/)",
        rf"^密级(?:为|是)?{_LEVEL}$",
        rf"(?:本件|本文|本文件|此件|此文|该件|本资料|本材料)(?:的)?(?:密级)?(?:为|是|属于?|系)"
        rf"{_LEVEL}(?!管)",
        r"份号[:=]?(?:第)?(?:No\.?|N[o0]|№)?\d{4,}",
        rf"保密期限[:=](?:{_TERM})",
        r"定密(?:责任人|依据|日期|机关)[:=]\S",
        r"知悉范围[:=]\S",
        # A classified paper as the thing that was studied, or as the title.
        rf"^{_LEVEL}级?(?:文件|电报|传真|材料|资料|件|文电|公函|通报)(?:$|[^管保的规制])",
        rf"(?:传达|传阅|学习|阅读|领学|通报|宣读)(?:了|中央|省委|市委|县委|上级|有关|一份|的)*"
        rf"{_LEVEL}级?(?:文件|电报|传真|文电|公函|件)(?!管|保|的管|制|销|清|失|泄|流|规|案)",
        # Papers for internal use only.
        rf"{_INTERNAL}[,.。;;·]?(?:请)?(?:注意保[存密管]|{_LEAKING}|阅后收回|阅后销毁|妥善保管)",
        rf"^(?:(?:本|此)?(?:文件|资料|材料|件|讲义)|仅供{_INTERNAL})?[,:]?(?:注意保[密存],?)?{_LEAKING}[!。.]?$",
        rf"[(\[【〔](?:{_INTERNAL}|注意保密|[^)\]】〕]{{0,8}}{_LEAKING})[!。.]?[)\]】〕]",
        r"(?:涉密(?:文件|资料|材料))[,:]?(?:请|注意|阅后|用后)(?:及时)?(?:收回|清退|保管|保密|退还)",
        r"^(?:此件|本件|阅)[阅用]?后(?:请)?(?:及时)?(?:收回|清退|销毁)",
    )
)
# Marks that a line break inside must not hide, as in the text of a PDF set letter by letter.
_ACROSS_LINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!商业){_LEVEL}级?★(?:{_TERM})",
        rf"密级[:=]{_LEVEL}(?!、|,|和|或|与|及|/)",
        r"份号[:=]?(?:第)?(?:№)?\d{6}",
        rf"保密期限[:=](?:{_TERM})",
    )
)


def find_mark(text: str) -> str:
    """The first mark of a classified paper in the text, without blanks; empty if there is none."""
    lines = (_plain(line) for line in _BREAKS.split(text) if _HINTS.search(line))
    return _first(_IN_A_LINE, lines) or _first(_ACROSS_LINES, [_plain(text)])


def find_mark_in_name(name: str) -> str:
    """The same for the name of a file, in which 机密_方案.docx and 方案-秘密.pdf are marks too."""
    stem = _EXTENSION.sub("", unicodedata.normalize("NFKC", name))
    return find_mark(stem) or find_mark("\n".join(_NAME_BREAKS.split(stem)))


def mark_sentence(mark: str) -> str:
    """What to tell somebody whose text bears the mark."""
    return _(
        "这里有“%(mark)s”字样。本平台为非涉密系统，涉密内容连同标题、文号都不得填写。"
        "请删去这部分内容；确需登记的，勾选“含不宜上网内容”，只登记时间、形式、出勤和"
        "纸质档案存放处。拿不准的，先请本单位保密工作负责人审定。"
    ) % {"mark": mark}


def marked_fields(texts: Mapping[str, str]) -> dict[str, str]:
    """Field → sentence, for each of a form's texts that bears a mark; empty if none does."""
    found = ((field, find_mark(text)) for field, text in texts.items())
    return {field: mark_sentence(mark) for field, mark in found if mark}


def _plain(line: str) -> str:
    """The text as the rules see it: no blanks, no invisible signs, one form of each sign."""
    folded = unicodedata.normalize("NFKC", line).translate(_FOLDED)
    return _STARS.sub("★", _BLANKS.sub("", folded))


def _first(rules: tuple[re.Pattern[str], ...], lines: Iterable[str]) -> str:
    return next(_matches(rules, lines), "")


def _matches(rules: tuple[re.Pattern[str], ...], lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        for rule in rules:
            if match := rule.search(line):
                yield match[0]
