"""`make lint` asks whether older code could run on the migrated PostgreSQL.

Which findings count, and why: docs/decisions/0013-old-code-runs-on-the-new-schema.md.
"""

from tests.settings.postgresql import *  # noqa: F403
from tests.settings.postgresql import INSTALLED_APPS as _APPS

INSTALLED_APPS = [*_APPS, "django_migration_linter"]

# Older than the first release: no installed portal ever runs older code beside them. A migration
# that is written after it does not belong here; it goes in two releases instead.
BEFORE_THE_FIRST_RELEASE = [
    "0002_one_record_a_form",
    "0004_unit_code_any_case",
    "0005_review_queue",
    "0005_revoked_waivers",
    "0005_user_version",
    "0007_joint_corrections",
    "0008_report_centre",
    "0009_revision_of_drafts",
]
MIGRATION_LINTER_OPTIONS = {
    "exclude_apps": ["auth", "axes", "contenttypes", "sessions"],  # not ours to mend
    "ignore_name": BEFORE_THE_FIRST_RELEASE,
    "no_cache": True,
    # Warnings are the locks of an index; an upgrade stops the portal while it migrates.
    "quiet": ["ok", "ignore", "warning"],
}
