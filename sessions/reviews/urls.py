"""Addresses of the department's review and of approval inside a unit."""

from django.urls import path

from sessions.reviews import commenting, listing, settings, steps, views

ONE = "reviews/<str:paper>/<int:pk>/"

urlpatterns = [
    path("reviews/", listing.review_queue, name="review_queue"),
    path("reviews/accept-clean/", steps.review_accept_clean, name="review_accept_clean"),
    path("reviews/settings/", settings.review_settings, name="review_settings"),
    path("reviews/settings/approval/", settings.unit_approval_switch, name="unit_approval_switch"),
    path("reviews/settings/reasons/", settings.return_reasons, name="return_reasons"),
    path(ONE, views.review_item, name="review_item"),
    path(f"{ONE}accept/", steps.review_accept, name="review_accept"),
    path(f"{ONE}return/", steps.review_return, name="review_return"),
    path(f"{ONE}approve/", steps.approval_give, name="approval_give"),
    path(f"{ONE}return-in-unit/", steps.approval_return, name="approval_return"),
    path(f"{ONE}comment/", commenting.review_comment, name="review_comment"),
    path(f"{ONE}comments-read/", commenting.review_comments_read, name="review_comments_read"),
]
