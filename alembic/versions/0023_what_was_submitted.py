"""finds what one of us has handed over lately by signing in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_spool_submitted_by', 'spool', ['submitted_by', 'received_at'], unique=False, postgresql_where=sa.text('submitted_by is not null'))


def downgrade() -> None:
    op.drop_index('ix_spool_submitted_by', table_name='spool', postgresql_where=sa.text('submitted_by is not null'))
