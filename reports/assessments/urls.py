"""Addresses of year-end assessments."""

from django.urls import path

from reports.assessments import listing, result_views, scheme_views, sheet_views

urlpatterns = [
    path("assessments/", listing.assessment_list, name="assessment_list"),
    path("assessments/settings/", listing.assessment_settings, name="assessment_settings"),
    path("assessments/new/", scheme_views.assessment_new, name="assessment_new"),
    path("assessments/<int:pk>/", scheme_views.assessment_scheme, name="assessment_scheme"),
    path("assessments/<int:pk>/edit/", scheme_views.assessment_edit, name="assessment_edit"),
    path(
        "assessments/<int:pk>/publish/", scheme_views.assessment_publish, name="assessment_publish"
    ),
    path(
        "assessments/<int:pk>/withdraw/",
        scheme_views.assessment_withdraw,
        name="assessment_withdraw",
    ),
    path(
        "assessments/<int:pk>/discard/", scheme_views.assessment_discard, name="assessment_discard"
    ),
    path("assessments/<int:pk>/units/", listing.assessment_sheets, name="assessment_sheets"),
    path("assessments/<int:pk>/measure/", listing.assessment_measure, name="assessment_measure"),
    path(
        "assessments/<int:pk>/results/", result_views.assessment_results, name="assessment_results"
    ),
    path(
        "assessments/<int:pk>/announce/",
        result_views.assessment_announce,
        name="assessment_announce",
    ),
    path(
        "assessments/<int:pk>/take-back/",
        result_views.assessment_take_back,
        name="assessment_take_back",
    ),
    path(
        "assessments/<int:pk>/workbook/",
        result_views.assessment_workbook,
        name="assessment_workbook",
    ),
    path("assessment-sheets/<int:pk>/", sheet_views.assessment_sheet, name="assessment_sheet"),
    path(
        "assessment-sheets/<int:pk>/workbook/",
        result_views.assessment_sheet_file,
        name="assessment_sheet_file",
    ),
    path("assessment-sheets/<int:pk>/self/", sheet_views.assessment_self, name="assessment_self"),
    path(
        "assessment-sheets/<int:pk>/explain/",
        sheet_views.assessment_explain,
        name="assessment_explain",
    ),
    path(
        "assessment-sheets/<int:pk>/check/", sheet_views.assessment_check, name="assessment_check"
    ),
    path(
        "assessment-sheets/<int:pk>/items/<int:item>/",
        sheet_views.assessment_adjust,
        name="assessment_adjust",
    ),
    path(
        "assessment-sheets/<int:pk>/return/",
        sheet_views.assessment_return,
        name="assessment_return",
    ),
    path(
        "assessment-sheets/<int:pk>/reply/", sheet_views.assessment_reply, name="assessment_reply"
    ),
]
