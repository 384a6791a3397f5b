"""How another process reaches what this test made."""

from __future__ import annotations

from django.db import connection


def database_url() -> str:
    """The test database, as another process reaches it."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    scheme = {"postgresql": "postgres", "mysql": "mysql"}[connection.vendor]
    login = told["USER"] + (f":{told['PASSWORD']}" if told["PASSWORD"] else "")
    return f"{scheme}://{login}@{told['HOST']}:{told['PORT'] or ''}/{told['NAME']}"
