"""how content customers are: whom we asked, what they said, and what a mailbox wants."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'satisfaction',
        sa.Column('conversation_id', sa.BigInteger(), nullable=False),
        sa.Column('token_hash', postgresql.BYTEA(), nullable=False),
        sa.Column('address', sa.Text(), nullable=False),
        sa.Column('language', sa.Text(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('rated', sa.Text(), nullable=True),
        sa.Column('words', sa.Text(), server_default='', nullable=False),
        sa.Column('rated_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('changes', sa.SmallInteger(), server_default='0', nullable=False),
        sa.CheckConstraint("rated in ('good', 'soso', 'bad')", name='rated'),
        sa.CheckConstraint('(rated is null) = (rated_at is null)', name='rated_at'),
        sa.CheckConstraint('length(words) <= 500', name='words'),
        sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_satisfaction_conversation_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('conversation_id', name=op.f('pk_satisfaction')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_satisfaction_token_hash')),
    )
    op.create_index('ix_satisfaction_address', 'satisfaction', ['address', 'asked_at'], unique=False)
    op.create_index('ix_satisfaction_rated', 'satisfaction', ['rated', 'conversation_id'], unique=False, postgresql_where=sa.text('rated is not null'))
    op.add_column('mailbox', sa.Column('asks_satisfaction', sa.Boolean(), server_default='false', nullable=False))
    op.add_column('mailbox', sa.Column('satisfaction_hours', sa.BigInteger(), server_default='24', nullable=False))
    op.add_column('mailbox', sa.Column('satisfaction_days', sa.BigInteger(), server_default='30', nullable=False))
    op.create_check_constraint(op.f('ck_mailbox_satisfaction_hours'), 'mailbox', 'satisfaction_hours between 0 and 1000')
    op.create_check_constraint(op.f('ck_mailbox_satisfaction_days'), 'mailbox', 'satisfaction_days between 1 and 3650')
    op.drop_constraint(op.f('ck_reply_token_purpose'), 'reply_token', type_='check')
    op.create_check_constraint(op.f('ck_reply_token_purpose'), 'reply_token', "purpose in ('notice', 'release', 'customer', 'rating')")


def downgrade() -> None:
    op.execute("delete from reply_token where purpose = 'rating'")
    op.drop_constraint(op.f('ck_reply_token_purpose'), 'reply_token', type_='check')
    op.create_check_constraint(op.f('ck_reply_token_purpose'), 'reply_token', "purpose in ('notice', 'release', 'customer')")
    op.drop_constraint(op.f('ck_mailbox_satisfaction_days'), 'mailbox', type_='check')
    op.drop_constraint(op.f('ck_mailbox_satisfaction_hours'), 'mailbox', type_='check')
    op.drop_column('mailbox', 'satisfaction_days')
    op.drop_column('mailbox', 'satisfaction_hours')
    op.drop_column('mailbox', 'asks_satisfaction')
    op.drop_table('satisfaction')
