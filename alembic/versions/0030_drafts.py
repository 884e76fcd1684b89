"""what is still being written, and answers that leave later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'draft',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('agent_id', sa.BigInteger(), nullable=False),
        sa.Column('conversation_id', sa.BigInteger(), nullable=False),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('text', sa.Text(), server_default='', nullable=False),
        sa.Column('fields', postgresql.JSONB(), server_default='{}', nullable=False),
        sa.Column('version', sa.BigInteger(), nullable=False),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.CheckConstraint("kind in ('reply', 'note', 'forward')", name='kind'),
        sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_draft_agent_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_draft_conversation_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
        sa.UniqueConstraint('agent_id', 'conversation_id', 'kind', name=op.f('uq_draft_agent_id_conversation_id_kind')),
    )
    op.create_index(op.f('ix_draft_conversation_id'), 'draft', ['conversation_id'], unique=False)
    op.create_table(
        'draft_file',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('draft_id', sa.BigInteger(), nullable=False),
        sa.Column('blob', postgresql.BYTEA(), nullable=False),
        sa.Column('filename', sa.Text(), nullable=False),
        sa.Column('content_type', sa.Text(), nullable=False),
        sa.Column('size', sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(['blob'], ['blob.sha256'], name=op.f('fk_draft_file_blob')),
        sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_file_draft_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_file')),
    )
    op.create_index(op.f('ix_draft_file_blob'), 'draft_file', ['blob'], unique=False)
    op.create_index(op.f('ix_draft_file_draft_id'), 'draft_file', ['draft_id'], unique=False)
    op.add_column('held', sa.Column('send_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('held', sa.Column('planned', postgresql.JSONB(), server_default='{}', nullable=False))
    op.add_column('mailbox', sa.Column('quotes', sa.Boolean(), server_default='true', nullable=False))


def downgrade() -> None:
    op.drop_column('mailbox', 'quotes')
    op.drop_column('held', 'planned')
    op.drop_column('held', 'send_at')
    op.drop_table('draft_file')
    op.drop_table('draft')
