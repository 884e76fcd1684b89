"""in which order people want their lists, and how close; who waits longest, what is due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('agent', sa.Column('list_order', sa.Text(), server_default='newest', nullable=False))
    op.add_column('agent', sa.Column('list_density', sa.Text(), server_default='comfortable', nullable=False))
    op.create_check_constraint('list_order', 'agent', "list_order in ('newest', 'waiting', 'due')")
    op.create_check_constraint('list_density', 'agent', "list_density in ('comfortable', 'compact')")
    op.create_index('ix_conversation_turn', 'conversation', ['mailbox_id', sa.text('coalesce(waiting_since, last_message_at)'), 'id'], unique=False, postgresql_where=sa.text("status = 'open'"))
    op.create_index('ix_conversation_promised', 'conversation', ['mailbox_id', 'promised_until', 'id'], unique=False, postgresql_where=sa.text("status = 'open' and promised_until is not null"))


def downgrade() -> None:
    op.drop_index('ix_conversation_promised', table_name='conversation')
    op.drop_index('ix_conversation_turn', table_name='conversation')
    op.drop_column('agent', 'list_density')
    op.drop_column('agent', 'list_order')
