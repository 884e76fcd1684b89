"""mailboxes say how often they confirm, and what becomes of customers who do not answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None

_NUMBERS = {'confirm_daily': (1, 1, 50), 'remind_days': (0, 0, 365), 'close_days': (0, 0, 365)}


def upgrade() -> None:
    for name, (first, low, high) in _NUMBERS.items():
        op.add_column('mailbox', sa.Column(
            name, sa.BigInteger(), server_default=str(first), nullable=False))
        op.create_check_constraint(
            op.f(f'ck_mailbox_{name}'), 'mailbox', f'{name} between {low} and {high}')
    op.add_column('mailbox', sa.Column(
        'tells_closing', sa.Boolean(), server_default='false', nullable=False))


def downgrade() -> None:
    for name in (*_NUMBERS, 'tells_closing'):
        op.drop_column('mailbox', name)
