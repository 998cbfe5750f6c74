"""The open API at /api/v1/: what anybody may read, for programs. Its addresses have no language; `?lang=` chooses one."""
