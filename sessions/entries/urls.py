"""Addresses of personal records and outcomes."""

from django.urls import path

from sessions.entries import views
from sessions.entries.books import OUTCOMES, PERSONAL

urlpatterns = [
    one
    for book, folder in ((PERSONAL, "personal"), (OUTCOMES, "outcomes"))
    for one in (
        path(f"{folder}/", views.entry_list, {"book": book}, name=f"{book.key}_list"),
        path(f"{folder}/new/", views.entry_new, {"book": book}, name=f"{book.key}_new"),
        path(f"{folder}/<int:pk>/", views.entry_edit, {"book": book}, name=f"{book.key}_edit"),
        path(
            f"{folder}/<int:pk>/delete/",
            views.entry_delete,
            {"book": book},
            name=f"{book.key}_delete",
        ),
    )
]
