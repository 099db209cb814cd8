"""The lowest floor: what a fact is, which tables hold it, and which rules it must pass.

``facts`` and ``corrections`` are the records that come in; ``intervals`` the exact arithmetic; ``rules`` the
validation rules; ``tables`` and ``views`` one pandera model a table, from which ``ddl`` makes the DuckDB statements
and ``dictionary`` the data dictionary. Nothing here imports ``flows`` or ``warehouse``.
"""
