"""a connection that keeps quiet says no NOTIFY for its jobs."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TRIGGER = """
create trigger job_notify after insert on job
    for each statement {when} execute function inbox_notify_job()
"""
WHEN = "when (current_setting('inbox.quiet', true) is distinct from 'on')"


def upgrade() -> None:
    op.execute("drop trigger job_notify on job")
    op.execute(TRIGGER.format(when=WHEN))


def downgrade() -> None:
    op.execute("drop trigger job_notify on job")
    op.execute(TRIGGER.format(when=""))
