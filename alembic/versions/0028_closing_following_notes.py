"""what closing needs, who follows, notes about customers, and by which way something was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ('categories', 'close_needs'):
        op.add_column('mailbox', sa.Column(column, postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False))
    for column in ('category', 'solution'):
        op.add_column('conversation', sa.Column(column, sa.Text(), server_default='', nullable=False))
    op.add_column('event', sa.Column('via', sa.Text(), server_default='', nullable=False))
    op.create_check_constraint('via', 'event', "via in ('', 'web', 'api', 'mail', 'command')")
    op.add_column('customer_merge', sa.Column('notes', postgresql.ARRAY(sa.BigInteger()), server_default='{}', nullable=False))
    op.create_table(
        'following',
        sa.Column('conversation_id', sa.BigInteger(), nullable=False),
        sa.Column('agent_id', sa.BigInteger(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_following_conversation_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_following_agent_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('conversation_id', 'agent_id', name=op.f('pk_following')),
    )
    op.create_index('ix_following_agent_id', 'following', ['agent_id'], unique=False)
    op.create_table(
        'customer_note',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('customer_id', sa.BigInteger(), nullable=False),
        sa.Column('agent_id', sa.BigInteger(), nullable=True),
        sa.Column('agent_name', sa.Text(), server_default='', nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_customer_note_customer_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_customer_note_agent_id'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_note')),
    )
    op.create_index('ix_customer_note_customer_id', 'customer_note', ['customer_id', 'id'], unique=False)
    op.create_table(
        'pictures_shown',
        sa.Column('agent_id', sa.BigInteger(), nullable=False),
        sa.Column('address', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_pictures_shown_agent_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('agent_id', 'address', name=op.f('pk_pictures_shown')),
    )


def downgrade() -> None:
    op.drop_table('pictures_shown')
    op.drop_index('ix_customer_note_customer_id', table_name='customer_note')
    op.drop_table('customer_note')
    op.drop_index('ix_following_agent_id', table_name='following')
    op.drop_table('following')
    op.drop_column('customer_merge', 'notes')
    op.drop_column('event', 'via')
    for column in ('solution', 'category'):
        op.drop_column('conversation', column)
    for column in ('close_needs', 'categories'):
        op.drop_column('mailbox', column)
