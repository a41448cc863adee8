from portal.models.backup_run import BackupRun
from portal.models.feedback import Feedback

__all__ = ["BackupRun", "Feedback"]
