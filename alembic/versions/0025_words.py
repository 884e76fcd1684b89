"""by what words each message is found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('message_words',
    sa.Column('message_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('words', postgresql.TSVECTOR(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_message_words_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('message_id', name=op.f('pk_message_words'))
    )
    op.create_index('ix_message_words_words', 'message_words', ['words'], unique=False, postgresql_using='gin', postgresql_with={'gin_pending_list_limit': '1024'})


def downgrade() -> None:
    op.drop_index('ix_message_words_words', table_name='message_words')
    op.drop_table('message_words')
    op.execute("delete from setting where key = 'search'")
    op.execute("delete from job where kind = 'search.index'")
