"""This file opens the history's database: SQLite or PostgreSQL, brought to the newest form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from linter.errors import Mistake, UserError
from linter.messages import N_

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number, the same for all who migrate a shared database: they take turns by it.
_TURN = 11072015
_SECONDS_TO_WAIT = 60


def connect(where: str, *, create: bool) -> Engine:
    """An engine for the path of a SQLite file or the address of a database."""
    engine = _engine(where, create)
    try:
        if _revision(engine) != _newest():
            with engine.connect() as plain:
                connection = plain.execution_options(writes=True)
                with connection.begin():
                    _migrate(connection)
    except (SQLAlchemyError, OSError) as error:
        message = N_("The history cannot be opened ({error}).")
        params = {"error": str(getattr(error, "orig", error)).strip().split("\n")[0]}
        raise UserError(Mistake(shown(engine), 0, message, params)) from error
    return engine


def shown(engine: Engine) -> str:
    """The database as a message names it: a file's path, or an address without its password."""
    url = engine.url
    return url.database or "" if url.drivername == "sqlite" else url.render_as_string()


def _engine(where: str, create: bool) -> Engine:
    try:
        url = make_url(where) if "://" in where else sa.URL.create("sqlite", database=where)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        if url.get_backend_name() == "sqlite":
            return _sqlite(url, create)
        if url.get_backend_name() == "postgresql":
            return sa.create_engine(url)
    except (ArgumentError, ModuleNotFoundError, ValueError) as error:
        message = N_("This address of a history cannot be used ({error}).")
        raise UserError(Mistake("--history", 0, message, {"error": str(error)})) from error
    message = N_("A history is kept in SQLite or PostgreSQL, not in {name}.")
    raise UserError(Mistake("--history", 0, message, {"name": url.get_backend_name()}))


def _sqlite(url: sa.URL, create: bool) -> Engine:
    """SQLite whose transactions begin when we say so, tables included, and wait for each other."""
    path = Path(url.database or "")
    if create:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = N_("The history cannot be opened ({error}).")
            raise UserError(Mistake(str(path), 0, message, {"error": str(error)})) from error
    elif not path.is_file():
        message = N_("There is no history yet. congtin publish and congtin audit write one.")
        raise UserError(Mistake(str(path), 0, message))
    engine = sa.create_engine(url, connect_args={"timeout": _SECONDS_TO_WAIT})

    def leave_transactions_to_us(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    sa.event.listen(engine, "connect", leave_transactions_to_us)
    sa.event.listen(engine, "begin", begin)
    return engine


def _newest() -> str:
    """The newest migration's name; they are numbered."""
    return max(path.stem.split("_")[0] for path in _MIGRATIONS.glob("versions/v*.py"))


def _revision(engine: Engine) -> str:
    """Which migration the database has seen last; empty for none."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar())


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  # slow to load, and seldom needed
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        message = N_("This history was written by a newer congtin ({error}).")
        where = shown(connection.engine)
        raise UserError(Mistake(where, 0, message, {"error": str(error)})) from error
