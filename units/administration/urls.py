"""Addresses of the administration of accounts and roles."""

from django.urls import path

from units.administration import (
    account_views,
    bulk_views,
    editing_views,
    proposal_views,
    role_views,
)

urlpatterns = [
    path("accounts/", account_views.account_list, name="account_list"),
    path("accounts/new/", account_views.account_create, name="account_create"),
    path("accounts/<int:pk>/", account_views.account_detail, name="account_detail"),
    path("accounts/<int:pk>/edit/", editing_views.account_edit, name="account_edit"),
    path("accounts/<int:pk>/disable/", account_views.account_disable, name="account_disable"),
    path("accounts/<int:pk>/enable/", account_views.account_enable, name="account_enable"),
    path("accounts/<int:pk>/unlock/", account_views.account_unlock, name="account_unlock"),
    path("accounts/<int:pk>/reset/", account_views.account_reset, name="account_reset"),
    path(
        "accounts/<int:pk>/sign-ins/end/",
        account_views.account_sign_ins_end,
        name="account_sign_ins_end",
    ),
    path(
        "accounts/<int:pk>/tokens/revoke/",
        account_views.account_tokens_revoke,
        name="account_tokens_revoke",
    ),
    path("accounts/<int:pk>/roles/new/", role_views.role_grant, name="role_grant"),
    path("proposals/", proposal_views.proposal_list, name="proposal_list"),
    path("proposals/new/", proposal_views.proposal_create, name="proposal_create"),
    path("proposals/list/", bulk_views.proposal_list_create, name="proposal_list_create"),
    path("proposals/confirm/", bulk_views.proposal_list_confirm, name="proposal_list_confirm"),
    path("proposals/<int:pk>/", proposal_views.proposal_detail, name="proposal_detail"),
    path("proposals/<int:pk>/confirm/", proposal_views.proposal_confirm, name="proposal_confirm"),
    path("proposals/<int:pk>/refuse/", proposal_views.proposal_refuse, name="proposal_refuse"),
    path("assignments/<int:pk>/end/", role_views.role_revoke, name="role_revoke"),
    path("assignments/<int:pk>/hand-over/", role_views.role_hand_over, name="role_hand_over"),
]
