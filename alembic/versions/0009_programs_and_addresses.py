"""programs that speak for an agent; how an address of a customer became known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'api_token',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('agent_id', sa.BigInteger(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('token_hash', sa.LargeBinary(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_api_token_agent_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_api_token')),
    )
    op.create_index('ix_api_token_token_hash', 'api_token', ['token_hash'], unique=True)
    op.create_index('ix_api_token_agent_id', 'api_token', ['agent_id'], unique=False)
    op.create_table(
        'api_answer',
        sa.Column('token_id', sa.BigInteger(), nullable=False),
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('request', sa.LargeBinary(), nullable=False),
        sa.Column('status', sa.Integer(), server_default='0', nullable=False),
        sa.Column('body', sa.Text(), server_default='', nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.ForeignKeyConstraint(['token_id'], ['api_token.id'], name=op.f('fk_api_answer_token_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('token_id', 'key', name=op.f('pk_api_answer')),
    )
    op.create_table(
        'address_refused',
        sa.Column('customer_id', sa.BigInteger(), nullable=False),
        sa.Column('address', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_address_refused_customer_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('customer_id', 'address', name=op.f('pk_address_refused')),
    )
    op.add_column('customer_address', sa.Column('message_id', sa.BigInteger(), nullable=True))
    op.add_column('customer_address', sa.Column('agent_id', sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f('fk_customer_address_agent_id'), 'customer_address', 'agent', ['agent_id'], ['id'], ondelete='SET NULL')
    op.add_column('message', sa.Column('reply_to', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('message', 'reply_to')
    op.drop_constraint(op.f('fk_customer_address_agent_id'), 'customer_address', type_='foreignkey')
    op.drop_column('customer_address', 'agent_id')
    op.drop_column('customer_address', 'message_id')
    op.drop_table('address_refused')
    op.drop_table('api_answer')
    op.drop_index('ix_api_token_agent_id', table_name='api_token')
    op.drop_index('ix_api_token_token_hash', table_name='api_token')
    op.drop_table('api_token')
