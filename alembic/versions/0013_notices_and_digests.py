"""what people want to hear by mail, and when; digests that can be answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('membership', sa.Column('notices', sa.Text(), server_default='all', nullable=False))
    op.add_column('membership', sa.Column('digest', sa.Text(), server_default='off', nullable=False))
    op.add_column('membership', sa.Column('dispatcher', sa.Text(), server_default='off', nullable=False))
    op.execute("update membership set notices = 'none' where not notify")
    op.drop_column('membership', 'notify')
    op.create_check_constraint(
        op.f('ck_membership_notices'), 'membership', "notices in ('none', 'mentions', 'mine', 'all')"
    )
    for name in ('digest', 'dispatcher'):
        op.create_check_constraint(
            op.f(f'ck_membership_{name}'), 'membership', f"{name} in ('off', 'hourly', 'daily')"
        )
    op.add_column('agent', sa.Column('time_zone', sa.Text(), nullable=True))
    op.add_column('agent', sa.Column('quiet', sa.Text(), server_default='', nullable=False))
    op.add_column('agent', sa.Column('digest_at', sa.Text(), server_default='08:00', nullable=False))
    op.add_column('agent', sa.Column('next_digest_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        'digest',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('agent_id', sa.BigInteger(), nullable=False),
        sa.Column('mailbox_id', sa.BigInteger(), nullable=False),
        sa.Column('token_hash', postgresql.BYTEA(), nullable=False),
        sa.Column('items', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_digest_agent_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['mailbox_id'], ['mailbox.id'], name=op.f('fk_digest_mailbox_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_digest')),
    )
    op.create_index('ix_digest_agent_id', 'digest', ['agent_id'])
    op.create_index('ix_digest_token_hash', 'digest', ['token_hash'], unique=True)
    # Also finds what was told of a conversation a moment ago.
    op.drop_index('ix_outbound_conversation_id', table_name='outbound')
    op.create_index('ix_outbound_conversation_id', 'outbound', ['conversation_id', 'run_at'])


def downgrade() -> None:
    op.drop_index('ix_outbound_conversation_id', table_name='outbound')
    op.create_index('ix_outbound_conversation_id', 'outbound', ['conversation_id'])
    op.drop_table('digest')
    for name in ('next_digest_at', 'digest_at', 'quiet', 'time_zone'):
        op.drop_column('agent', name)
    op.add_column('membership', sa.Column('notify', sa.Boolean(), server_default='true', nullable=False))
    op.execute("update membership set notify = notices <> 'none'")
    for name in ('dispatcher', 'digest', 'notices'):
        op.drop_column('membership', name)
