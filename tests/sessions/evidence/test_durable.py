from pathlib import Path

from sessions.evidence.durable import sync_folder


def test_a_place_that_cannot_sync_folders_is_used_as_it_is():
    """As Windows' shares under older kernels; of what stands here, /proc refuses alike."""
    sync_folder(Path("/proc"))
