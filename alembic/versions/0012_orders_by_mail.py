"""which mails of ours were orders that are carried out, so that a second copy does nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ordered',
    sa.Column('identity', postgresql.BYTEA(), nullable=False),
    sa.Column('conversation_id', sa.BigInteger(), nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('spool_id', sa.BigInteger(), nullable=False),
    sa.Column('orders', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_ordered_agent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_ordered_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('identity', name=op.f('pk_ordered'))
    )


def downgrade() -> None:
    op.drop_table('ordered')
