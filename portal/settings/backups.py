"""Where backups lie, how many are kept, when they are made."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import PRODUCTION
from portal.settings.environment import VAR_DIR, env

# Never below VAR_DIR: what is lost with the data is no backup. Another disk is best.
BACKUP_DIR = env.str("BACKUP_DIR", default=f"{VAR_DIR.absolute()}-backups")
# The second place, on another disk or machine; it must exist (be mounted), nobody creates it.
BACKUP_SECOND_DIR = env.str("BACKUP_SECOND_DIR", default="")
# The hours of the day, local time, from which a backup is due. One missed is made good once.
BACKUP_HOURS = env.list("BACKUP_HOURS", cast=int, default=[2])
# Between two nights, a backup every so many minutes on the second place (on the first if there is
# no second); 0 for none. What was entered since is what a lost disk may cost.
BACKUP_EVERY_MINUTES = env.int("BACKUP_EVERY_MINUTES", default=4 if PRODUCTION else 0)
# So many days, weeks and months of which the newest backup is kept.
BACKUP_KEEP_DAYS = env.int("BACKUP_KEEP_DAYS", default=7)
BACKUP_KEEP_WEEKS = env.int("BACKUP_KEEP_WEEKS", default=5)
BACKUP_KEEP_MONTHS = env.int("BACKUP_KEEP_MONTHS", default=12)
# Folder of pg_dump and pg_restore if they are not on the PATH, or too old there.
POSTGRESQL_BIN = env.str("POSTGRESQL_BIN", default="")

if not BACKUP_HOURS or not all(0 <= hour <= 23 for hour in BACKUP_HOURS):
    raise ImproperlyConfigured("BACKUP_HOURS 须是 0 至 23 的整点，用逗号分开，例如 2,12,18。")
if not 0 <= BACKUP_EVERY_MINUTES <= 60:
    raise ImproperlyConfigured("BACKUP_EVERY_MINUTES 须在 0（不做）至 60 之间。")
if min(BACKUP_KEEP_DAYS, BACKUP_KEEP_WEEKS, BACKUP_KEEP_MONTHS) < 1:
    raise ImproperlyConfigured("BACKUP_KEEP_DAYS、_WEEKS、_MONTHS 均不得小于 1。")
