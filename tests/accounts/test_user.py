import pytest
from django.db import IntegrityError, transaction

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_user_names_are_one_whatever_the_case():
    User.objects.create_user(username="zhang", full_name="测甲")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(username="Zhang", full_name="测乙")


def test_an_account_is_found_whatever_the_case():
    user = User.objects.create_user(username="zhang", full_name="测甲")
    assert User.objects.get_by_natural_key("ZHANG") == user


def test_without_a_password_nobody_signs_in():
    user = User.objects.create_user(username="zhang", full_name="测甲")
    assert not user.has_usable_password()
    assert user.must_change_password
