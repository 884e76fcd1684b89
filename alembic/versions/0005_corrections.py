"""what people put right: which ids stay out of which conversation; who refers to whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'barred',
        sa.Column('id_hash', postgresql.BYTEA(), nullable=False),
        sa.Column('conversation_id', sa.BigInteger(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_barred_conversation_id_conversation'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id_hash', 'conversation_id', name=op.f('pk_barred')),
    )
    op.create_index(op.f('ix_barred_conversation_id'), 'barred', ['conversation_id'], unique=False)
    op.create_index('ix_conversation_refers_to', 'conversation', ['refers_to'], unique=False, postgresql_where=sa.text('refers_to is not null'))
    op.create_index('ix_conversation_merged_into', 'conversation', ['merged_into'], unique=False, postgresql_where=sa.text('merged_into is not null'))


def downgrade() -> None:
    op.drop_index('ix_conversation_merged_into', table_name='conversation', postgresql_where=sa.text('merged_into is not null'))
    op.drop_index('ix_conversation_refers_to', table_name='conversation', postgresql_where=sa.text('refers_to is not null'))
    op.drop_index(op.f('ix_barred_conversation_id'), table_name='barred')
    op.drop_table('barred')
