from tests.services.redis import redis_folder, redis_server

__all__ = ["redis_folder", "redis_server"]
