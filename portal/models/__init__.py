from portal.models.backup_run import BackupRun
from portal.models.feedback import Feedback
from portal.models.heartbeat import Heartbeat

__all__ = ["BackupRun", "Feedback", "Heartbeat"]
