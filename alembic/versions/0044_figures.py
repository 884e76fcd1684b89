"""figures of the desk, kept by day and by conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'day_figure',
        sa.Column('mailbox_id', sa.BigInteger(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('agent_id', sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column('incoming', sa.BigInteger(), nullable=False),
        sa.Column('answered', sa.BigInteger(), nullable=False),
        sa.Column('closed', sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ['mailbox_id'], ['mailbox.id'], name=op.f('fk_day_figure_mailbox_id'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('mailbox_id', 'day', 'agent_id', name=op.f('pk_day_figure')),
    )
    op.create_table(
        'first_answer',
        sa.Column('conversation_id', sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column('mailbox_id', sa.BigInteger(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('working_day', sa.Date(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answered_day', sa.Date(), nullable=True),
        sa.Column('seconds', sa.BigInteger(), nullable=True),
        sa.Column('agent_id', sa.BigInteger(), server_default='0', nullable=False),
        sa.ForeignKeyConstraint(
            ['conversation_id'], ['conversation.id'],
            name=op.f('fk_first_answer_conversation_id'), ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(
            ['mailbox_id'], ['mailbox.id'], name=op.f('fk_first_answer_mailbox_id'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('conversation_id', name=op.f('pk_first_answer')),
    )
    op.create_index('ix_first_answer_mailbox_id_day', 'first_answer', ['mailbox_id', 'day'])
    # Small, and nothing to keep up for each mail: rows come in the order of their time.
    op.create_index(
        'ix_message_received_at', 'message', ['received_at'], postgresql_using='brin')
    op.create_index('ix_event_at', 'event', ['at'], postgresql_using='brin')


def downgrade() -> None:
    op.drop_index('ix_event_at', table_name='event')
    op.drop_index('ix_message_received_at', table_name='message')
    op.drop_table('first_answer')
    op.drop_table('day_figure')
