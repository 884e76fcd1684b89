"""What every table shares: the declarative root and the column kinds of the house."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Identity, MetaData, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column

Id = Annotated[int, mapped_column(BigInteger, Identity(always=True), primary_key=True)]
Created = Annotated[
    datetime, mapped_column(DateTime(timezone=True), server_default=func.now(), nullable=False)
]
Json = Annotated[dict[str, Any], mapped_column(JSONB, nullable=False)]
Texts = Annotated[list[str], mapped_column(ARRAY(Text), nullable=False)]
Bytes = Annotated[bytes, mapped_column(BYTEA, nullable=False)]


class Row(DeclarativeBase):
    """Root of all tables. There are no relationships: a query says what it reads."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - as SQLAlchemy wants it
        str: Text,
        datetime: DateTime(timezone=True),
        int: BigInteger,
        bytes: BYTEA,
    }
