"""whether somebody was asked if they want a sound, and who wants notifications of the desktop."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column('agent', 'sound', nullable=True, server_default=None)
    op.execute("update agent set sound = null where not sound")
    op.add_column('agent', sa.Column('desktop', sa.Boolean(), server_default='false', nullable=False))


def downgrade() -> None:
    op.drop_column('agent', 'desktop')
    op.execute("update agent set sound = false where sound is null")
    op.alter_column('agent', 'sound', nullable=False, server_default='false')
