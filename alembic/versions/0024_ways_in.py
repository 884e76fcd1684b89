"""signing in by a link, with a second step, and at the organisation's provider."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sign_in_link',
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('browser_hash', sa.LargeBinary(), nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('target', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_sign_in_link_agent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_sign_in_link'))
    )
    op.create_index('ix_sign_in_link_agent_id', 'sign_in_link', ['agent_id'], unique=False)
    op.create_table('second_step',
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('last_step', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_second_step_agent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('agent_id', name=op.f('pk_second_step'))
    )
    op.create_table('recovery_code',
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('code_hash', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_recovery_code_agent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('agent_id', 'code_hash', name=op.f('pk_recovery_code'))
    )
    op.create_table('provider_identity',
    sa.Column('issuer', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_provider_identity_agent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('issuer', 'subject', name=op.f('pk_provider_identity')),
    sa.UniqueConstraint('issuer', 'agent_id', name=op.f('uq_provider_identity_issuer_agent_id'))
    )
    op.create_index(op.f('ix_provider_identity_agent_id'), 'provider_identity', ['agent_id'], unique=False)
    op.add_column('session', sa.Column('how', sa.Text(), server_default='password', nullable=False))
    op.add_column('agent', sa.Column('bundles', sa.Boolean(), server_default='true', nullable=False))
    op.add_column('agent', sa.Column('sound', sa.Boolean(), server_default='false', nullable=False))


def downgrade() -> None:
    op.drop_column('agent', 'sound')
    op.drop_column('agent', 'bundles')
    op.drop_column('session', 'how')
    op.drop_table('provider_identity')
    op.drop_table('recovery_code')
    op.drop_table('second_step')
    op.drop_table('sign_in_link')
