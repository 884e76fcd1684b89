"""to how many outside the answers go that one of us gives in one mail, as to a digest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('ordered', sa.Column('people', sa.BigInteger(), server_default='0', nullable=False))
    op.create_index('ix_ordered_spool_id', 'ordered', ['spool_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_ordered_spool_id', table_name='ordered')
    op.drop_column('ordered', 'people')
