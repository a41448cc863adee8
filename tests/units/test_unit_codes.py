"""What the database itself says of codes."""

import pytest
from django.db import IntegrityError

from tests.portal.county import make_unit

pytestmark = pytest.mark.django_db


def test_codes_that_differ_in_case_alone_are_one_code():
    make_unit("QS001", "青石县甲局")
    with pytest.raises(IntegrityError):
        make_unit("qs001", "青石县乙局")
