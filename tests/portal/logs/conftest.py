from tests.portal.embedded.conftest import data_folder

__all__ = ["data_folder"]
