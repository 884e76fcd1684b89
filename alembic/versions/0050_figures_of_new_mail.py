"""what is new is in the indexes by time at once, so that figures of the last days read little."""

from __future__ import annotations

from alembic import op

revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None

_INDEXES = ('ix_message_received_at', 'ix_event_at')


def upgrade() -> None:
    for index in _INDEXES:
        op.execute(f'alter index {index} set (autosummarize = on)')
        op.execute(f"select brin_summarize_new_values('{index}')")


def downgrade() -> None:
    for index in _INDEXES:
        op.execute(f'alter index {index} reset (autosummarize)')
