import pytest

from sessions.ledgers.words import absence_of, form_of, is_reason
from sessions.models import Form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("集体学习研讨", "discussion"),
        ("研讨", "discussion"),
        ("专题研讨交流", "discussion"),
        ("集中学习", "collective"),
        ("集体学习", "collective"),
        ("专题讲座", "lecture"),
        ("辅导授课", "lecture"),
        ("辅导", "lecture"),
        ("报告会", "lecture"),
        ("读书班", "reading_class"),
        ("读书班（2天）", "reading_class"),
        ("考察调研", "field"),
        ("现场学习", "field"),
        ("考察", "field"),
        ("党课", "adjacent"),
        ("主题党日", "adjacent"),
        ("业务培训", "adjacent"),
        ("座谈", None),
        ("", None),
    ],
)
def test_forms(text, form):
    assert form_of(text) == form


@pytest.mark.parametrize("form", Form)
def test_the_portal_s_own_words_are_read(form):
    assert form_of(str(form.label)) == form


@pytest.mark.parametrize(
    ("remark", "status", "kind"),
    [
        ("", "absent", ""),
        ("无故", "absent", ""),
        ("未请假", "absent", ""),
        ("病假", "leave", "sick"),
        ("因病住院", "leave", "sick"),
        ("长期病假", "leave", "long_sick"),
        ("事假", "leave", "personal"),
        ("因公出差", "leave", "official_trip"),
        ("公出", "leave", "official_trip"),
        ("上级会议", "leave", "superior_meeting"),
        ("到市里开会", "leave", "superior_meeting"),
        ("调训", "leave", "superior_meeting"),
        ("脱产培训", "leave", "offsite_training"),
        ("挂职", "leave", "secondment"),
        ("产假", "leave", "maternity"),
        ("陪产假", "leave", "other"),
        ("年休假", "leave", "annual_leave"),
        ("值班", "leave", "other"),
        ("迟到", "late", ""),
        ("早退", "left_early", ""),
    ],
)
def test_reasons(remark, status, kind):
    assert absence_of(remark) == (status, kind)


@pytest.mark.parametrize(("text", "answer"), [("病假", True), ("请假", True), ("李甲", False)])
def test_reasons_are_no_names(text, answer):
    assert is_reason(text) is answer
