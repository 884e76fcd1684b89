"""the id of each mail that waits, so that its answers wait for it and for nothing else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('spool', sa.Column('id_hash', sa.LargeBinary(), nullable=True))
    op.create_index('ix_spool_id_hash', 'spool', ['id_hash'], postgresql_where=sa.text("state = 'waiting' and id_hash is not null"))


def downgrade() -> None:
    op.drop_index('ix_spool_id_hash', 'spool')
    op.drop_column('spool', 'id_hash')
