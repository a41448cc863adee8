"""What the commands that take a backup have in common."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.backups.data import data_of_settings, places_of_settings
from portal.backups.faults import BackupError
from portal.backups.nightly import back_up


class BackupCommand(BaseCommand):
    """Takes a backup and tells what was done; CommandError if anything of it failed."""

    def back_up(self, *, trial: bool = True, if_due: bool = False) -> None:
        """As `portal.backups.nightly.back_up`, of the portal's own data."""
        try:
            night = back_up(
                data=data_of_settings(),
                places=places_of_settings(),
                now=timezone.now(),
                trial=trial,
                if_due=if_due,
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        for sentence in night.done:
            self.stdout.write(sentence)
        for sentence in night.warnings:
            self.stderr.write(f"注意：{sentence}")
        if night.faults:
            raise CommandError("\n".join(night.faults))
