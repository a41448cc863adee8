"""What somebody declares before anything leaves the unit."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DeclarationForm(forms.Form):
    """Ticked with each submission: the portal is no classified system."""

    declared = forms.BooleanField(
        label=_("我确认：内容不涉及国家秘密和工作秘密，与实际相符。"),
        error_messages={"required": _("报送前请勾选确认。")},
    )
