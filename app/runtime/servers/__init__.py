"""The embedded PostgreSQL and Valkey: servers out of wheels, under our own supervision, for the demo and the tests.

PostgreSQL refuses to run as root. Started by root it runs as `nobody`, on a data directory that `nobody` can reach; no
mode of a folder that we did not make is ever changed. When the project lies where `nobody` cannot go (a home of mode
0700), data and programs go to a folder under /var/tmp, which `Postgres.place` names.

Both listen on 127.0.0.1 only, on a free port, and ask for a password that is made at the first start.
"""

from app.runtime.servers.places import ServerFailed, in_memory, may_enter, outside, write_private
from app.runtime.servers.postgres import Postgres
from app.runtime.servers.valkey import Valkey

__all__ = ["Postgres", "ServerFailed", "Valkey", "in_memory", "may_enter", "outside", "write_private"]
