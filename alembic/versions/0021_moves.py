"""finds the few events with which mails went to another conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_event_moves', 'event', ['id'], unique=False, postgresql_where=sa.text("name in ('conversation.split', 'conversation.unmerged', 'message.moved')"))


def downgrade() -> None:
    op.drop_index('ix_event_moves', table_name='event')
