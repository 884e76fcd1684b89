"""templates and articles; mails that are passed on to somebody outside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('template',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('mailbox_id', sa.BigInteger(), nullable=True),
    sa.Column('kind', sa.Text(), server_default='template', nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_key', sa.Text(), nullable=False),
    sa.Column('form', sa.Text(), server_default='plain', nullable=False),
    sa.Column('used', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('changed_by', sa.BigInteger(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("kind in ('template', 'article')", name=op.f('ck_template_kind')),
    sa.CheckConstraint("form in ('plain', 'markdown')", name=op.f('ck_template_form')),
    sa.ForeignKeyConstraint(['mailbox_id'], ['mailbox.id'], name=op.f('fk_template_mailbox_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['changed_by'], ['agent.id'], name=op.f('fk_template_changed_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template'))
    )
    op.create_index('ix_template_name_key', 'template', ['kind', 'name_key'], unique=True, postgresql_where=sa.text('mailbox_id is null'))
    op.create_index('ix_template_mailbox_id_name_key', 'template', ['mailbox_id', 'kind', 'name_key'], unique=True, postgresql_where=sa.text('mailbox_id is not null'))
    op.create_table('template_text',
    sa.Column('template_id', sa.BigInteger(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), server_default='', nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['template_id'], ['template.id'], name=op.f('fk_template_text_template_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('template_id', 'language', name=op.f('pk_template_text'))
    )
    op.drop_constraint(op.f('ck_message_kind'), 'message', type_='check')
    op.drop_constraint(op.f('ck_message_note_is_internal'), 'message', type_='check')
    op.create_check_constraint(op.f('ck_message_kind'), 'message', "kind in ('mail', 'reply', 'note', 'auto', 'held', 'forward')")
    op.create_check_constraint(op.f('ck_message_note_is_internal'), 'message', "kind not in ('note', 'held', 'forward') or visibility = 'internal'")


def downgrade() -> None:
    op.execute("update message set kind = 'note' where kind = 'forward'")
    op.drop_constraint(op.f('ck_message_kind'), 'message', type_='check')
    op.drop_constraint(op.f('ck_message_note_is_internal'), 'message', type_='check')
    op.create_check_constraint(op.f('ck_message_kind'), 'message', "kind in ('mail', 'reply', 'note', 'auto', 'held')")
    op.create_check_constraint(op.f('ck_message_note_is_internal'), 'message', "kind not in ('note', 'held') or visibility = 'internal'")
    op.drop_table('template_text')
    op.drop_table('template')
