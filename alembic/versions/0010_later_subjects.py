"""under what later subjects, and by what series, a conversation is found again."""

from __future__ import annotations

from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f('ck_message_ref_how'), 'message_ref', type_='check')
    op.create_check_constraint(op.f('ck_message_ref_how'), 'message_ref', "how in ('ours', 'known', 'sibling', 'subject', 'series')")


def downgrade() -> None:
    op.execute("delete from message_ref where how in ('subject', 'series')")
    op.drop_constraint(op.f('ck_message_ref_how'), 'message_ref', type_='check')
    op.create_check_constraint(op.f('ck_message_ref_how'), 'message_ref', "how in ('ours', 'known', 'sibling')")
