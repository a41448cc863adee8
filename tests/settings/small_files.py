"""The portal's own settings in a process that may write no file larger than FAULTS_FILE_LIMIT.

For machines on which no small file system can be mounted: a write beyond the limit fails.
"""

import os
import resource
import signal

from portal.settings import *  # noqa: F403

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
_limit = int(os.environ["FAULTS_FILE_LIMIT"])
resource.setrlimit(resource.RLIMIT_FSIZE, (_limit, _limit))
