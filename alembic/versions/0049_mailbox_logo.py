"""a picture below the signature of a mailbox, kept as long as a mail may need it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'logo',
        sa.Column('sha256', postgresql.BYTEA(), nullable=False),
        sa.Column('content', postgresql.BYTEA(), nullable=False),
        sa.Column('content_type', sa.Text(), nullable=False),
        sa.Column('width', sa.BigInteger(), nullable=False),
        sa.Column('height', sa.BigInteger(), nullable=False),
        sa.Column(
            'created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'),
            nullable=False),
        sa.PrimaryKeyConstraint('sha256', name=op.f('pk_logo')),
    )
    op.add_column('mailbox', sa.Column('logo', postgresql.BYTEA(), nullable=True))
    op.create_foreign_key(
        op.f('fk_mailbox_logo_logo'), 'mailbox', 'logo', ['logo'], ['sha256'])


def downgrade() -> None:
    op.drop_constraint(op.f('fk_mailbox_logo_logo'), 'mailbox', type_='foreignkey')
    op.drop_column('mailbox', 'logo')
    op.drop_table('logo')
