"""Why a scheme cannot be published, each reason as a sentence."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from reports.assessments.locked import LOCKED_KINDS, refusal
from reports.assessments.scoring import plain
from reports.models import AssessmentItem, AssessmentScheme, Rule
from reports.rules.registry import LOCKED_EVIDENCE, LOCKED_ITEMS, RULES, SESSION_FILE
from units.models import Category

Kind = AssessmentItem.Kind


def scheme_faults(scheme: AssessmentScheme, items: Sequence[AssessmentItem]) -> list[str]:
    """Everything that stands against publishing a draft; three queries."""
    faults = [] if items else [_("方案还没有考评内容，请至少写一项。")]
    if fault := refusal(scheme.title):
        faults.append(_("方案名称：%s") % fault)
    for number, item in enumerate(items, start=1):
        faults += [_("第 %d 项：%s") % (number, fault) for fault in item_faults(item)]
    faults += _asking_for_photos(scheme, items)
    return faults + list(_overlaps(scheme))


def item_faults(item: AssessmentItem) -> Iterator[str]:
    """What is wrong with one item, whatever way it came in."""
    for text in (item.project, item.content, item.standard):
        if fault := refusal(text):
            yield fault
            break
    if item.rule in LOCKED_ITEMS or item.evidence in LOCKED_KINDS:
        yield _("这一项按国家规定不得计分，请删去。")
    if item.kind != Kind.DATA:
        return
    spec = RULES.get(item.rule)
    if spec is None or not spec.points_allowed:
        yield _("没有选系统可以核算并允许计分的规则。")
    if not item.deduction:
        yield _("系统核算的项目要写明每次扣多少分。")
    elif item.deduction > item.points:
        yield _("每次扣分不能多于本项分值 %s。") % plain(item.points)


def _asking_for_photos(scheme: AssessmentScheme, items: Iterable[AssessmentItem]) -> list[str]:
    """A rule whose files have to hold photos scores photos."""
    if not any(item.rule == SESSION_FILE for item in items):
        return []
    rows = Rule.objects.filter(
        key=SESSION_FILE, enabled=True, rule_set__year=scheme.year,
        rule_set__published_at__isnull=False,
    ).select_related("rule_set")  # fmt: skip
    return [
        _("考核规则“%s”的“一次一档”要求照片，按国家规定不得计分；请先发布不要求照片的新版本。")
        % row.rule_set
        for row in rows
        if LOCKED_EVIDENCE & set(row.parameters.get("required_kinds", ()))
    ]


def _overlaps(scheme: AssessmentScheme) -> Iterator[str]:
    """A category, and what is left, has one scheme a year."""
    others = AssessmentScheme.objects.published().filter(root=scheme.root_id, year=scheme.year)
    others = others.exclude(pk=scheme.pk).prefetch_related("categories")
    own = set(scheme.categories.all())
    for other in others:
        theirs: set[Category] = set(other.categories.all())
        shared = own & theirs
        if shared or (not own and not theirs):
            whom = "、".join(sorted(category.name for category in shared)) or _("全部单位")
            yield _("“%(other)s”已经适用于%(whom)s；一类单位一年只有一套方案。") % {
                "other": other.title, "whom": whom,
            }  # fmt: skip
