"""searches that are kept as lists; answers that are held are found without reading all of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'workspace',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('agent_id', sa.BigInteger(), nullable=False),
        sa.Column('mailbox_id', sa.BigInteger(), nullable=True),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('query', sa.Text(), nullable=False),
        sa.Column('place', sa.Double(), nullable=False),
        sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_workspace_agent_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['mailbox_id'], ['mailbox.id'], name=op.f('fk_workspace_mailbox_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_workspace')),
    )
    op.create_index('ix_workspace_agent_id', 'workspace', ['agent_id'], unique=False)
    op.create_index('ix_workspace_mailbox_id', 'workspace', ['mailbox_id'], unique=False)
    op.create_index('ix_held_waiting', 'held', ['message_id'], unique=False, postgresql_where=sa.text("state = 'waiting'"))


def downgrade() -> None:
    op.drop_index('ix_held_waiting', table_name='held')
    op.drop_table('workspace')
