"""Who may make and revoke API tokens: everybody their own."""

from django.utils.translation import gettext_lazy as _

from units.access.rules import account

TOKEN_RULES = {
    ("token_list", "GET"): account(_("查看本人的接口令牌")),
    ("token_make", "GET"): account(_("打开建立接口令牌页")),
    ("token_make", "POST"): account(_("为本人的一个角色建立接口令牌"), audit="token.make"),
    ("token_revoke", "GET"): account(_("打开撤销接口令牌页")),
    ("token_revoke", "POST"): account(_("撤销本人的接口令牌"), audit="token.revoke"),
}
