"""Who writes Markdown in the web view."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('agent', sa.Column('markdown', sa.Boolean(), server_default='false', nullable=False))


def downgrade() -> None:
    op.drop_column('agent', 'markdown')
