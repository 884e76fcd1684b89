"""whose mailbox was confirmed to, so that many ways to write an address are one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'ix_outbound_behind', 'outbound', [sa.text("(draft ->> 'behind')"), 'created_at'],
        postgresql_where=sa.text("kind = 'confirmation'"))


def downgrade() -> None:
    op.drop_index('ix_outbound_behind', table_name='outbound')
