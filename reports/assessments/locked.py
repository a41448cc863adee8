"""What no county may score, whatever it is called on a form. Plain Python.

Source: 《整治形式主义为基层减负若干规定》(中办、国办，2024年): photos, study notes, the number of
meetings and papers, leaders' written remarks, published articles and awards are no measure of good
work. The kinds are refused as such, and every text of a scheme is searched for their words.
"""

import re
import unicodedata
from typing import Final, NamedTuple

RULE_NAME: Final = "中共中央办公厅、国务院办公厅《整治形式主义为基层减负若干规定》（2024年）"

_SIMPLE: Final = str.maketrans(
    "學習筆記圖領導閱讀發報會議數簽轉載獎錄採評網視頻攝文電齊講寫體",
    "学习笔记图领导阅读发报会议数签转载奖录采评网视频摄文电齐讲写体",
)
# Written apart, with signs, signs of width nought or in full width, a word is the same word.
_PICTURED: Final = str.maketrans({"📷": "照片", "📸": "照片", "🖼": "图片", "🏆": "获奖"})
_NOISE: Final = re.compile(r"[\W_]+")
_FOREIGN: Final = re.compile("[0-9a-z]+")
_LATIN: Final = re.compile(r"[a-z]+")

_NUMBER: Final = r"(?:数量|数目|份数|篇数|场数|场次|件数|字数|页数|期数|条数|总数|多少|个数)"
_AT_LEAST: Final = (
    r"(?:不少于|不低于|达到|满|至少|每)\d*[零一二三四五六七八九十百]*"
    "(?:份|篇|场|件|期|条|页|字|万字)"
)
_PAPERS: Final = r"(?:会议|开会|文件|发文|印发|简报|纪要|台账|信息|会议记录|通知)"
_WRITTEN: Final = r"(?:文章|稿件|论文|信息|新闻|作品|体会文章|理论文章|经验材料|做法)"
_OUT: Final = r"(?:刊|发表|登载|转载|录用|采用|采纳|上稿|见报)"
_MEDIA: Final = "(?:媒体|党报|党刊|报刊|刊物|杂志|公众号|网站)"
_SPREAD: Final = "(?:报道|宣传|采用|录用|采纳|推广|推送|发布|播出|播发)"


class LockedKind(NamedTuple):
    """A kind of thing that is never scored: its name, and what gives it away."""

    title: str
    chinese: re.Pattern[str]
    latin: frozenset[str]


def _kind(title: str, chinese: str, *latin: str) -> LockedKind:
    return LockedKind(title, re.compile(chinese), frozenset(latin))


LOCKED: Final = (
    _kind(
        "照片",
        "照片|相片|图片|影像|截图|截屏|拍照|摄影|留影|合影|照相|相册|图集|图文资料|美篇|录像"
        "|视频(?!会议|学习|形式)",
        "photo", "photos", "picture", "pictures", "zhaopian", "tupian", "jietu",
    ),
    _kind(
        "学习笔记",
        "笔记|手抄|摘抄|抄写|抄录|读书札记",
        "note", "notes", "notebook", "biji", "bijiben",
    ),
    _kind(
        "会议和文件数量",
        f"{_PAPERS}.{{0,4}}{_NUMBER}|{_NUMBER}.{{0,2}}{_PAPERS}|{_PAPERS}.{{0,4}}{_AT_LEAST}"
        "|发文量|会议量|开会次数|会议次数|召开会议不少于|以文件落实"
        r"|(?:开会|召开会议)\D{0,2}[\d一二三四五六七八九十]+[次场]",
        "wenjianshuliang", "huiyishuliang",
    ),
    _kind(
        "领导批示",
        "批示|圈批|签批|圈阅|批阅意见|批转件|领导.{0,6}(?:肯定|表扬|点赞)|肯定性意见",
        "pishi", "quanyue",
    ),
    _kind(
        "刊发文章",
        f"刊发|刊登|刊载|见刊|见报|登报|上稿|发稿|用稿|投稿|{_WRITTEN}.{{0,8}}{_OUT}"
        f"|{_OUT}.{{0,8}}{_WRITTEN}|发表.{{0,4}}篇|{_MEDIA}.{{0,6}}{_SPREAD}|宣传报道"
        "|新闻稿|通讯稿|宣传稿",
        "kanfa", "kandeng", "fabiao",
    ),
    _kind(
        "获奖",
        "获奖|得奖|奖项|评奖|奖状|荣誉称号|表彰|荣获|评先|评为.{0,6}先进"
        "|获(?:得|评).{0,8}(?:奖|荣誉|称号|先进)",
        "huojiang", "award", "awards",
    ),
)  # fmt: skip

LOCKED_KINDS: Final = frozenset({"photo", "photos", "study_notes", "notes", "meeting_papers",
                                 "instructions", "published_articles", "awards"})  # fmt: skip
"""Names under which forms or programs might ask for a locked item: refused as such."""


def folded(text: str) -> str:
    """The text as the words are looked for: simplified, half width, without signs and spaces."""
    said = _without_marks(text.translate(_PICTURED))
    return _NOISE.sub("", said.translate(_SIMPLE))


def locked_kind(text: str) -> str:
    """The kind of locked thing a text names; '' for none.

    Latin words are looked for whole and also across hyphens (`pi-shi`), so that `pishi` is found
    and `notebook` is not found inside another word.
    """
    squeezed, words = folded(text), _latin_words(text)
    chinese = (squeezed, _FOREIGN.sub("", squeezed))  # also with letters put in between
    for kind in LOCKED:
        if kind.latin & words or any(map(kind.chinese.search, chinese)):
            return kind.title
    return ""


def refusal(text: str) -> str:
    """The sentence with which a text is refused; '' for one that names nothing locked."""
    kind = locked_kind(text)
    return sentence(kind) if kind else ""


def sentence(title: str) -> str:
    """Why a text is refused, for the field it stands in."""
    return (
        f"这里提到了“{title}”。按{RULE_NAME}，{title}不得作为考评内容或评分依据；请删去后再保存。"
    )


def _without_marks(text: str) -> str:
    """Compatibility forms undone, accents and invisible signs taken off, small letters."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(
        sign for sign in apart if unicodedata.category(sign) not in {"Mn", "Cf", "Cc"}
    ).lower()


def _latin_words(text: str) -> set[str]:
    clean = _without_marks(text)
    whole = set(_LATIN.findall(clean))
    joined = re.sub(r"(?<=[a-z])[\W_]+(?=[a-z])", "", clean)
    return whole | set(_LATIN.findall(joined))
