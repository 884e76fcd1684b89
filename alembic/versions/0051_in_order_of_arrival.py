"""the messages of a conversation are found in the order in which they arrived."""

from __future__ import annotations

from alembic import op

revision = '0051'
down_revision = '0050'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_message_arrived', 'message', ['conversation_id', 'received_at', 'id'])
    op.drop_index('ix_message_conversation_id', table_name='message')


def downgrade() -> None:
    op.create_index('ix_message_conversation_id', 'message', ['conversation_id', 'id'])
    op.drop_index('ix_message_arrived', table_name='message')
