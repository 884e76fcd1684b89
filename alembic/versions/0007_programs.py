"""which program wrote a mail: what its answers bring back depends on it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('message', sa.Column('program', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('message', 'program')
