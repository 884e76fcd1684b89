"""drafts of conversations that are to be begun, and of mails that are to be passed on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None

_OLD = 'uq_draft_agent_id_conversation_id_kind'
_NEW = 'uq_draft_agent_id_conversation_id_kind_name'


def upgrade() -> None:
    op.add_column('draft', sa.Column('mailbox_id', sa.BigInteger(), nullable=True))
    op.add_column('draft', sa.Column('name', sa.Text(), server_default='', nullable=False))
    op.alter_column('draft', 'conversation_id', nullable=True)
    op.create_foreign_key(op.f('fk_draft_mailbox_id'), 'draft', 'mailbox', ['mailbox_id'], ['id'], ondelete='CASCADE')
    op.create_index(op.f('ix_draft_mailbox_id'), 'draft', ['mailbox_id'], unique=False)
    op.drop_constraint(op.f('ck_draft_kind'), 'draft', type_='check')
    op.create_check_constraint(op.f('ck_draft_kind'), 'draft', "kind in ('reply', 'note', 'forward', 'new')")
    op.create_check_constraint(
        op.f('ck_draft_home'), 'draft', "case kind when 'new' then mailbox_id is not null and conversation_id is null"
        " else conversation_id is not null end",
    )
    op.drop_constraint(op.f(_OLD), 'draft')
    op.create_unique_constraint(op.f(_NEW), 'draft', ['agent_id', 'conversation_id', 'kind', 'name'])
    op.create_index(
        'ix_draft_begun', 'draft', ['agent_id', 'name'], unique=True, postgresql_where=sa.text("kind = 'new'")
    )


def downgrade() -> None:
    op.execute("delete from draft where kind in ('new', 'forward')")
    op.drop_index('ix_draft_begun', 'draft')
    op.drop_constraint(op.f(_NEW), 'draft')
    op.create_unique_constraint(op.f(_OLD), 'draft', ['agent_id', 'conversation_id', 'kind'])
    op.drop_constraint(op.f('ck_draft_home'), 'draft', type_='check')
    op.drop_constraint(op.f('ck_draft_kind'), 'draft', type_='check')
    op.create_check_constraint(op.f('ck_draft_kind'), 'draft', "kind in ('reply', 'note', 'forward')")
    op.alter_column('draft', 'conversation_id', nullable=False)
    op.drop_column('draft', 'name')
    op.drop_column('draft', 'mailbox_id')
