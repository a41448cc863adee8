import pytest
from kombu import Connection

from portal.redis_policy import eviction_policy
from tests.services.redis import free_port, running_redis


@pytest.mark.parametrize("policy", ["noeviction", "allkeys-lru"])
def test_redis_is_asked_what_it_does_when_full(redis_folder, policy):
    with running_redis(redis_folder, "--maxmemory-policy", policy) as url, Connection(url) as redis:
        assert eviction_policy(redis) == policy


def test_an_absent_redis_stops_nothing():
    with Connection(f"redis://127.0.0.1:{free_port()}/0") as redis:
        assert eviction_policy(redis) is None


def test_a_redis_that_forbids_the_question_stops_nothing(redis_folder):
    with (
        running_redis(redis_folder, "--rename-command", "CONFIG", "") as url,
        Connection(url) as redis,
    ):
        assert eviction_policy(redis) is None
