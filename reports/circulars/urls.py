"""Addresses of circulars."""

from django.urls import path

from reports.circulars import draft_views as drafts
from reports.circulars import step_views as steps
from reports.circulars import views

urlpatterns = [
    path("closings/<int:pk>/circular/", drafts.circular_begin, name="circular_begin"),
    path("circulars/", views.circular_list, name="circular_list"),
    path("circulars/<int:pk>/", views.circular_detail, name="circular_detail"),
    path("circulars/<int:pk>/table/", views.circular_table, name="circular_table"),
    path("circulars/<int:pk>/paper/", views.circular_paper_file, name="circular_paper"),
    path("circulars/<int:pk>/figures/<str:key>/", views.circular_figure, name="circular_figure"),
    path("circulars/<int:pk>/units/<str:code>/", views.circular_unit, name="circular_unit"),
    path("circulars/<int:pk>/edit/", drafts.circular_edit, name="circular_edit"),
    path(
        "circulars/<int:pk>/<str:section>/new/",
        drafts.circular_passage_new,
        name="circular_passage_new",
    ),
    path(
        "circulars/<int:pk>/passages/<int:passage_pk>/",
        drafts.circular_passage,
        name="circular_passage",
    ),
    path(
        "circulars/<int:pk>/passages/<int:passage_pk>/remove/",
        drafts.circular_passage_remove,
        name="circular_passage_remove",
    ),
    path("circulars/<int:pk>/take-over/", drafts.circular_take_over, name="circular_take_over"),
    path("circulars/<int:pk>/discard/", drafts.circular_discard, name="circular_discard"),
    path("circulars/<int:pk>/open/", steps.circular_open, name="circular_open"),
    path("circulars/<int:pk>/explain/", steps.circular_explain, name="circular_explain"),
    path("circulars/<int:pk>/submit/", steps.circular_submit, name="circular_submit"),
    path("circulars/<int:pk>/send-back/", steps.circular_send_back, name="circular_send_back"),
    path("circulars/<int:pk>/approve/", steps.circular_approve, name="circular_approve"),
    path("circulars/<int:pk>/record/", steps.circular_record, name="circular_record"),
    path("circulars/<int:pk>/issue/", steps.circular_issue, name="circular_issue"),
]
