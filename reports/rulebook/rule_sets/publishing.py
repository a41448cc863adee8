"""The page that says what publishing brings about, and the step itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.trail import origin_of
from reports.models import RuleSet
from reports.rule_book import published_set, published_sets
from reports.rule_sets import RuleSetError, StaleDraftError, publish
from reports.rulebook.rule_sets.consequences import consequences
from reports.rulebook.rule_sets.editing import opened_revision
from reports.rulebook.rule_sets.reading import audience_words
from reports.rulebook.rule_sets.views import changed_since, previous_version
from units.access.objects import find
from units.access.requests import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
def rule_set_publish(request: PortalRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    draft = find(request, RuleSet.objects.with_audience(today), pk=pk)
    if draft.published_at is not None:
        messages.info(request, _("“%s”已经发布。") % draft)
        return redirect("rule_set_detail", pk=pk)
    if request.method == "POST":
        return _publish(request, draft)
    wanted, published = published_set(draft), published_sets(draft.year)
    previous = previous_version(wanted, published)
    context = {
        "rule_set": draft,
        "audience": audience_words(draft),
        "follows": consequences(wanted, published, today),
        "previous": previous,
        "changed": changed_since(previous, wanted),
    }
    return render(request, "reports/rulebook/rule_set_publish.html", context)


def _publish(request: PortalRequest, draft: RuleSet) -> HttpResponse:
    try:
        publish(
            rule_set=draft,
            at=timezone.now(),
            by=request.access.user,
            origin=origin_of(request),
            opened=opened_revision(request, draft),
        )
    except StaleDraftError:
        messages.error(request, _("草稿刚刚被他人修改，没有发布。请再看一遍下面的内容。"))
        return redirect("rule_set_publish", pk=draft.pk)
    except RuleSetError as error:
        for fault in error.faults:
            messages.error(request, fault)
        return redirect("rule_set_detail", pk=draft.pk)
    messages.success(
        request,
        _("“%(set)s”已发布，从 %(day)s 起生效，内容不再改动。")
        % {"set": draft, "day": draft.effective_from},
    )
    return redirect("rule_set_detail", pk=draft.pk)
