"""jobs have no lanes: what must come one after the other holds a lock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('job_lane', 'job')
    op.drop_column('job', 'lane')


def downgrade() -> None:
    op.add_column('job', sa.Column('lane', sa.Text(), nullable=True))
    op.create_index('job_lane', 'job', ['lane', 'id'], postgresql_where=sa.text('done_at is null and lane is not null'))
