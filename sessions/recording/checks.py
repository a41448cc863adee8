"""What must be right before a record is submitted, in the words of those who fill it in."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from sessions.models import Form
from sessions.recording.findings import Finding, Level
from sessions.recording.sheet import Sheet

HALF_DAYS_A_DAY = 2


def findings(sheet: Sheet) -> list[Finding]:
    """Everything there is to say, in the order of the form."""
    about_days = (_words, _days, _life, _length)
    about_people = (_attendance, _chair, _speeches, _discussion)
    checks = (*about_days, *about_people, _twin, _late)
    return [finding for check in checks for finding in check(sheet)]


def _words(sheet: Sheet) -> Iterator[Finding]:
    session = sheet.session
    if session.is_offline_only:
        if not session.archive_place:
            yield Finding("archive_place", _("请写明纸质档案存放在哪里。"))
        if sheet.has_files:
            # They may hold what must stay offline, and their names may tell it.
            words = _("本次学习含不宜上网内容，已上传的文件请先逐个移除，改为登记纸质材料。")
            yield Finding("evidence", words)
        return
    if not session.theme:
        yield Finding("theme", _("请填写学习主题。"))
    if not session.place:
        yield Finding("place", _("请填写地点。"))
    if not session.chair:
        yield Finding("chair", _("请填写主持人。"))
    if not (session.content or sheet.has_topics or sheet.is_adjacent):
        yield Finding("content", _("请写明学了什么，或勾选必学内容。"))


def _days(sheet: Sheet) -> Iterator[Finding]:
    first, last, today = sheet.session.date, sheet.session.end_date, sheet.today
    if first > today:
        yield Finding("date", _("学习时间是%s，还没有到，请学习后再报送。") % _day(first))
    elif last > today:
        yield Finding("half_days", _("学习到%s才结束，请结束后再报送。") % _day(last))
    if last < first:
        yield Finding("half_days", _("结束日期%s早于学习时间，请改正。") % _day(last))


def _life(sheet: Sheet) -> Iterator[Finding]:
    unit, first = sheet.session.unit, sheet.session.date
    if unit.established_on and first < unit.established_on:
        yield Finding(
            "date", _("本单位%s成立，在此之前的学习不能登记。") % _day(unit.established_on)
        )
    if unit.abolished_on and first >= unit.abolished_on:
        yield Finding("date", _("本单位%s已撤销，此后的学习不能登记。") % _day(unit.abolished_on))


def _length(sheet: Sheet) -> Iterator[Finding]:
    session = sheet.session
    days = (session.end_date - session.date).days + 1
    most = days * HALF_DAYS_A_DAY
    if session.half_days > most >= HALF_DAYS_A_DAY:
        yield Finding(
            "half_days",
            _("%(days)s 天最多 %(most)s 个半天，填了 %(given)s 个，请改正。")
            % {"days": days, "most": most, "given": session.half_days},
        )


def _attendance(sheet: Sheet) -> Iterator[Finding]:
    due = {member.person_id: member.person.name for member in sheet.due}
    if not due:
        yield Finding("attendance", _("这一天名册中没有应到成员，请先登记名册。"))
        return
    named = [(row.member.person_id, row.member.person.name) for row in sheet.rows]
    for text in roll_call(due, named):
        yield Finding("attendance", text)
    for row in sheet.rows:
        if row.status == row.Status.LEAVE and not row.leave_kind:
            yield Finding("attendance", leave_without_kind(row.member.person.name))
    if not sheet.here:
        yield Finding("attendance", _("没有一位成员出席，不能作为学习报送。"))


def roll_call(due: Mapping[int, str], named: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Everybody due must be named, and nobody else, and nobody twice. People by id and name."""
    rows = Counter(person for person, _name in named)
    missing = [name for person, name in due.items() if person not in rows]
    extra = [name for person, name in named if person not in due]
    counted = {"due": len(due), "rows": len(named)}
    head = _("应到 %(due)s 人，已登记 %(rows)s 人：") % counted
    if missing:
        yield head + _("缺 %s。") % "、".join(missing)
    if extra:
        yield head + _("多出 %s，当天不在任。") % "、".join(extra)
    twice = [name for person, name in due.items() if rows[person] > 1]
    if twice:
        yield head + _("%s 登记了不止一次。") % "、".join(twice)


def leave_without_kind(name: str) -> str:
    return _("请选择%s的请假类别。") % name


def _chair(sheet: Sheet) -> Iterator[Finding]:
    """The form proposes the leader, who may be away; a name may also be that of a namesake."""
    chair = sheet.session.chair
    members = [row.member.person for row in sheet.rows if row.member.person.name == chair]
    if sheet.here and members and not sheet.here.intersection(each.pk for each in members):
        yield Finding(
            "chair",
            _("主持人%s登记为没有出席，请核对主持人和出勤。") % chair,
            Level.WARNING,
        )


def _speeches(sheet: Sheet) -> Iterator[Finding]:
    silent = {
        speech.member.person_id: speech.member.person.name
        for speech in sheet.speeches
        if speech.member.person_id not in sheet.here
    }
    for name in silent.values():
        yield Finding("speeches", _("%s没有出席，不能登记发言。") % name)


def _discussion(sheet: Sheet) -> Iterator[Finding]:
    least = sheet.terms.min_speakers
    speakers = {speech.member.person_id for speech in sheet.speeches}
    if sheet.session.form in (Form.DISCUSSION, Form.READING_CLASS) and len(speakers) < least:
        yield Finding(
            "speeches",
            _(
                "集体研讨至少要有 %(least)s 位成员发言，现有 %(given)s 位："
                "本次只计为集中学习，不计为研讨。"
            )
            % {"least": least, "given": len(speakers)},
            Level.WARNING,
        )


def _twin(sheet: Sheet) -> Iterator[Finding]:
    if sheet.twin is not None:
        yield Finding(
            "theme",
            _("同一天已有一条同主题的学习（%s），请确认不是重复登记。")
            % sheet.twin.get_status_display(),
            Level.WARNING,
        )


def _late(sheet: Sheet) -> Iterator[Finding]:
    due = sheet.terms.report_by
    if due and sheet.today > due and not sheet.has_been_submitted and not sheet.is_adjacent:
        yield Finding("date", _("应在%s前报送，本次按迟报记。") % _day(due), Level.NOTICE)
    if sheet.terms.is_closed:
        yield Finding("date", _("所在月份已封账，本次按补录记。"), Level.NOTICE)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
