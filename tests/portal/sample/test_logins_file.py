import pytest
from django.contrib.auth.password_validation import validate_password

from portal.sample import logins_file


def test_every_installation_has_a_password_of_its_own():
    assert logins_file.new_password() != logins_file.new_password()


@pytest.mark.django_db
def test_the_password_is_good_enough():
    validate_password(logins_file.new_password())


def test_what_was_kept_is_read_again_by_the_owner_alone(tmp_path):
    logins_file.keep(tmp_path, "Qs-1", ["clerk-qs001"])
    assert logins_file.kept(tmp_path) == ["示例账号（密码均为 Qs-1）：", "  clerk-qs001"]
    assert (tmp_path / logins_file.NAME).stat().st_mode & 0o077 == 0


def test_nothing_is_kept_before_a_sample(tmp_path):
    assert logins_file.kept(tmp_path) == []
