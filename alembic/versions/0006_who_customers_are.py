"""who customers are: organisations, phones, customers who are one; conversations by subject."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from inbox.threading.participants import organisation

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

DOMAINS = sa.text("select distinct split_part(address, '@', 2) from customer_address where address <> ''")
LEARN = sa.text("""
update customer_address set organisation = known.organisation
  from unnest(cast(:domains as text[]), cast(:organisations as text[])) as known(domain, organisation)
 where split_part(address, '@', 2) = known.domain
""")


def upgrade() -> None:
    op.add_column('customer_address', sa.Column('organisation', sa.Text(), server_default='', nullable=False))
    learn_organisations()
    op.create_index('ix_customer_address_organisation', 'customer_address', ['organisation', 'created_at'], unique=False, postgresql_where=sa.text("organisation <> ''"))
    op.create_index('ix_conversation_base_subject', 'conversation', ['base_subject', 'last_message_at'], unique=False, postgresql_where=sa.text("base_subject <> ''"))
    op.create_table(
        'customer_phone',
        sa.Column('customer_id', sa.BigInteger(), nullable=False),
        sa.Column('number', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_customer_phone_customer_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('customer_id', 'number', name=op.f('pk_customer_phone')),
    )
    op.create_table(
        'customer_merge',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('into_id', sa.BigInteger(), nullable=False),
        sa.Column('gone_id', sa.BigInteger(), nullable=False),
        sa.Column('agent_id', sa.BigInteger(), nullable=True),
        sa.Column('addresses', postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column('phones', postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column('conversations', postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['into_id'], ['customer.id'], name=op.f('fk_customer_merge_into_id')),
        sa.ForeignKeyConstraint(['gone_id'], ['customer.id'], name=op.f('fk_customer_merge_gone_id')),
        sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_customer_merge_agent_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_merge')),
    )
    op.create_index('ix_customer_merge_into_id', 'customer_merge', ['into_id'], unique=False)


def learn_organisations() -> None:
    """Say of each known address to which organisation it belongs; by domain, for they are few."""
    db = op.get_bind()
    found = {domain: organisation(f'@{domain}') for domain in db.scalars(DOMAINS)}
    known = {domain: name for domain, name in found.items() if name}
    if known:
        db.execute(LEARN, {'domains': list(known), 'organisations': list(known.values())})


def downgrade() -> None:
    op.drop_index('ix_customer_merge_into_id', table_name='customer_merge')
    op.drop_table('customer_merge')
    op.drop_table('customer_phone')
    op.drop_index('ix_conversation_base_subject', table_name='conversation', postgresql_where=sa.text("base_subject <> ''"))
    op.drop_index('ix_customer_address_organisation', table_name='customer_address', postgresql_where=sa.text("organisation <> ''"))
    op.drop_column('customer_address', 'organisation')
