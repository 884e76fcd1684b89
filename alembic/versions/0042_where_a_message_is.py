"""which conversation a message is in is read from an index, without the message."""

from __future__ import annotations

from alembic import op

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'ix_message_place', 'message', ['id'], unique=False,
        postgresql_include=['conversation_id'],
    )
    # An index alone is read where a vacuum has been, and what is newest is looked for most.
    op.execute('alter table message set (autovacuum_vacuum_insert_scale_factor = 0.02)')


def downgrade() -> None:
    op.execute('alter table message reset (autovacuum_vacuum_insert_scale_factor)')
    op.drop_index('ix_message_place', table_name='message')
