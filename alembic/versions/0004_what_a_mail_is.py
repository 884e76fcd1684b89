"""what a mail is: protected, an invitation; which of its files are a signature's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('message', sa.Column('protection', sa.Text(), server_default='', nullable=False))
    op.add_column('message', sa.Column('invitation', postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column('file', sa.Column('aside', sa.Boolean(), server_default='false', nullable=False))
    # The fourth file within a winmail.dat has a number beyond what a smallint holds.
    op.alter_column('file', 'part', existing_type=sa.SmallInteger(), type_=sa.Integer(), existing_nullable=True)
    op.create_index('ix_file_picture', 'file', ['sha256', 'id'], unique=False, postgresql_where=sa.text("content_type like 'image/%'"))


def downgrade() -> None:
    op.drop_index('ix_file_picture', table_name='file', postgresql_where=sa.text("content_type like 'image/%'"))
    op.alter_column('file', 'part', existing_type=sa.Integer(), type_=sa.SmallInteger(), existing_nullable=True)
    op.drop_column('file', 'aside')
    op.drop_column('message', 'invitation')
    op.drop_column('message', 'protection')
