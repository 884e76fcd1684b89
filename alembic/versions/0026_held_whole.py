"""an answer that is held keeps the form of its approved text, and whom nobody else sees."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('held', sa.Column('html', sa.Text(), server_default='', nullable=False))
    op.add_column('held', sa.Column('bcc', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False))


def downgrade() -> None:
    op.drop_column('held', 'bcc')
    op.drop_column('held', 'html')
