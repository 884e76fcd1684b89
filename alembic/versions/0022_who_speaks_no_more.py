"""who does not speak for a department any more, which answering for it does not change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('list_member', sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute('delete from list_member where removed_at is not null')
    op.drop_column('list_member', 'removed_at')
