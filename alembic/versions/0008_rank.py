"""what is due goes by its rank first, so that answers do not wait behind a flood of mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

DUE = sa.text("done_at is null")


def upgrade() -> None:
    op.add_column("job", sa.Column("rank", sa.SmallInteger(), server_default="2", nullable=False))
    op.execute("update job set rank = 1 where kind in ('notify.fan_out', 'outbound.deliver')")
    op.drop_index("job_due", "job")
    op.create_index("job_due", "job", ["rank", "run_at", "id"], postgresql_where=DUE)


def downgrade() -> None:
    op.drop_index("job_due", "job")
    op.create_index("job_due", "job", ["run_at", "id"], postgresql_where=DUE)
    op.drop_column("job", "rank")
