"""This file is what alembic runs: the migrations, in the transaction that store.py has opened."""

from alembic import context

from linter.history.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
