"""who of us is away until when, who wants what is given to them in the calendar, and what for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('agent', sa.Column('away_until', sa.DateTime(timezone=True), nullable=True))
    op.add_column('agent', sa.Column('tasks', sa.Boolean(), server_default='false', nullable=False))
    op.add_column('conversation', sa.Column('promised_until', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('conversation', 'promised_until')
    op.drop_column('agent', 'tasks')
    op.drop_column('agent', 'away_until')
