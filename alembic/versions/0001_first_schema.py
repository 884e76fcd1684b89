"""first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from sqlalchemy.dialects import postgresql
revision = '0001'
down_revision = None
# What SQLAlchemy's models cannot say.
BEYOND_MODELS = (
    """
    create function inbox_notify_job() returns trigger language plpgsql as $$
    begin
        perform pg_notify('inbox_job', '');
        return null;
    end $$
    """,
    """
    create trigger job_notify after insert on job
        for each statement execute function inbox_notify_job()
    """,
    """
    create function inbox_mark_shared() returns trigger language plpgsql as $$
    begin
        update conversation set is_shared = true
         where id = new.conversation_id and not is_shared;
        return null;
    end $$
    """,
    """
    create trigger conversation_mailbox_shared after insert on conversation_mailbox
        for each row execute function inbox_mark_shared()
    """,
)

branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agent',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), server_default='agent', nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('language', sa.Text(), server_default='en', nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("role in ('admin', 'manager', 'agent', 'colleague')", name=op.f('ck_agent_role')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agent')),
    sa.UniqueConstraint('email', name=op.f('uq_agent_email'))
    )
    op.create_table('blob',
    sa.Column('sha256', postgresql.BYTEA(), nullable=False),
    sa.Column('content', postgresql.BYTEA(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blob'))
    )
    op.create_table('customer',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer'))
    )
    op.create_table('job',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('args', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('lane', sa.Text(), nullable=True),
    sa.Column('key', sa.Text(), nullable=True),
    sa.Column('run_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('dead', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    postgresql_with={'fillfactor': '80', 'autovacuum_vacuum_scale_factor': '0.02'}
    )
    op.create_index('job_due', 'job', ['run_at', 'id'], unique=False, postgresql_where=sa.text('done_at is null'))
    op.create_index('job_key', 'job', ['key'], unique=True, postgresql_where=sa.text('done_at is null and key is not null'))
    op.create_index('job_lane', 'job', ['lane', 'id'], unique=False, postgresql_where=sa.text('done_at is null and lane is not null'))
    op.create_table('login_attempt',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_attempt'))
    )
    op.create_index('ix_login_attempt_key_at', 'login_attempt', ['key', 'at'], unique=False)
    op.create_table('mailbox',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), server_default='en', nullable=False),
    sa.Column('time_zone', sa.Text(), server_default='UTC', nullable=False),
    sa.Column('signature', sa.Text(), server_default='', nullable=False),
    sa.Column('confirm', sa.Text(), server_default='proved', nullable=False),
    sa.Column('undo_seconds', sa.BigInteger(), server_default='30', nullable=False),
    sa.Column('customer_token', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('join_policy', sa.Text(), server_default='participants', nullable=False),
    sa.Column('proof', sa.Text(), server_default='learned', nullable=False),
    sa.Column('reopen_days', sa.BigInteger(), server_default='30', nullable=False),
    sa.Column('answer_hours', sa.BigInteger(), server_default='24', nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("confirm in ('off', 'proved', 'all')", name=op.f('ck_mailbox_confirm')),
    sa.CheckConstraint("join_policy in ('participants', 'anyone')", name=op.f('ck_mailbox_join_policy')),
    sa.CheckConstraint("proof in ('learned', 'strict')", name=op.f('ck_mailbox_proof')),
    sa.CheckConstraint('answer_hours between 1 and 1000', name=op.f('ck_mailbox_answer_hours')),
    sa.CheckConstraint('reopen_days between 0 and 3650', name=op.f('ck_mailbox_reopen_days')),
    sa.CheckConstraint('undo_seconds between 0 and 3600', name=op.f('ck_mailbox_undo_seconds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailbox')),
    sa.UniqueConstraint('address', name=op.f('uq_mailbox_address'))
    )
    op.create_table('setting',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('value', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_setting'))
    )
    op.create_table('spool',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('raw', postgresql.BYTEA(), nullable=False),
    sa.Column('sha256', postgresql.BYTEA(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sender', sa.Text(), nullable=False),
    sa.Column('recipients', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('mailboxes', postgresql.ARRAY(sa.Integer()), server_default='{}', nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('peer', sa.Text(), server_default='', nullable=False),
    sa.Column('helo', sa.Text(), server_default='', nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), server_default='waiting', nullable=False),
    sa.Column('error', sa.Text(), nullable=True),
    sa.CheckConstraint("state in ('waiting', 'done', 'set_aside')", name=op.f('ck_spool_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_spool'))
    )
    op.create_index('ix_spool_sha256', 'spool', ['sha256'], unique=False)
    op.create_index('ix_spool_unfinished', 'spool', ['id'], unique=False, postgresql_where=sa.text("state <> 'done'"))
    op.create_table('agent_address',
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('proved_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_agent_address_agent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('address', name=op.f('pk_agent_address'))
    )
    op.create_index(op.f('ix_agent_address_agent_id'), 'agent_address', ['agent_id'], unique=False)
    op.create_table('conversation',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('mailbox_id', sa.BigInteger(), nullable=False),
    sa.Column('customer_id', sa.BigInteger(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('base_subject', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), server_default='open', nullable=False),
    sa.Column('assignee_id', sa.BigInteger(), nullable=True),
    sa.Column('snippet', sa.Text(), server_default='', nullable=False),
    sa.Column('message_count', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('has_files', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('is_shared', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('last_message_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_event_id', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('thread_root', postgresql.BYTEA(), nullable=True),
    sa.Column('thread_index', postgresql.BYTEA(), nullable=False),
    sa.Column('merged_into', sa.BigInteger(), nullable=True),
    sa.Column('refers_to', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("status in ('open', 'waiting', 'closed', 'spam')", name=op.f('ck_conversation_status')),
    sa.ForeignKeyConstraint(['assignee_id'], ['agent.id'], name=op.f('fk_conversation_assignee_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_conversation_customer_id')),
    sa.ForeignKeyConstraint(['mailbox_id'], ['mailbox.id'], name=op.f('fk_conversation_mailbox_id')),
    sa.ForeignKeyConstraint(['merged_into'], ['conversation.id'], name=op.f('fk_conversation_merged_into')),
    sa.ForeignKeyConstraint(['refers_to'], ['conversation.id'], name=op.f('fk_conversation_refers_to')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation'))
    )
    op.create_index('ix_conversation_assignee', 'conversation', ['assignee_id', 'status', 'last_message_at', 'id'], unique=False)
    op.create_index('ix_conversation_customer_newest', 'conversation', ['customer_id', 'last_message_at'], unique=False)
    op.create_index('ix_conversation_list', 'conversation', ['mailbox_id', 'status', 'last_message_at', 'id'], unique=False)
    op.create_index('ix_conversation_shared', 'conversation', ['mailbox_id', 'status', 'last_message_at', 'id'], unique=False, postgresql_where=sa.text('is_shared'))
    op.create_index('ix_conversation_thread_root', 'conversation', ['thread_root'], unique=False, postgresql_where=sa.text('thread_root is not null'))
    op.create_index('ix_conversation_unassigned', 'conversation', ['mailbox_id', 'last_message_at', 'id'], unique=False, postgresql_where=sa.text("assignee_id is null and status = 'open'"))
    op.create_table('customer_address',
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('customer_id', sa.BigInteger(), nullable=False),
    sa.Column('evidence', sa.Text(), server_default='from', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_customer_address_customer_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('address', name=op.f('pk_customer_address'))
    )
    op.create_index(op.f('ix_customer_address_customer_id'), 'customer_address', ['customer_id'], unique=False)
    op.create_table('mailbox_address',
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('mailbox_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['mailbox_id'], ['mailbox.id'], name=op.f('fk_mailbox_address_mailbox_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('address', name=op.f('pk_mailbox_address'))
    )
    op.create_index(op.f('ix_mailbox_address_mailbox_id'), 'mailbox_address', ['mailbox_id'], unique=False)
    op.create_table('membership',
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('mailbox_id', sa.BigInteger(), nullable=False),
    sa.Column('notify', sa.Boolean(), server_default='true', nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_membership_agent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mailbox_id'], ['mailbox.id'], name=op.f('fk_membership_mailbox_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('agent_id', 'mailbox_id', name=op.f('pk_membership'))
    )
    op.create_index(op.f('ix_membership_mailbox_id'), 'membership', ['mailbox_id'], unique=False)
    op.create_table('session',
    sa.Column('token_hash', postgresql.BYTEA(), nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('peer', sa.Text(), server_default='', nullable=False),
    sa.Column('user_agent', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_session_agent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_session'))
    )
    op.create_index('ix_session_agent_id', 'session', ['agent_id'], unique=False)
    op.create_table('conversation_mailbox',
    sa.Column('conversation_id', sa.BigInteger(), nullable=False),
    sa.Column('mailbox_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_conversation_mailbox_conversation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mailbox_id'], ['mailbox.id'], name=op.f('fk_conversation_mailbox_mailbox_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('conversation_id', 'mailbox_id', name=op.f('pk_conversation_mailbox'))
    )
    op.create_index(op.f('ix_conversation_mailbox_mailbox_id'), 'conversation_mailbox', ['mailbox_id'], unique=False)
    op.create_table('message',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('conversation_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('visibility', sa.Text(), nullable=False),
    sa.Column('author_kind', sa.Text(), nullable=False),
    sa.Column('author_id', sa.BigInteger(), nullable=True),
    sa.Column('author_name', sa.Text(), server_default='', nullable=False),
    sa.Column('author_address', sa.Text(), server_default='', nullable=False),
    sa.Column('to', postgresql.JSONB(astext_type=sa.Text()), server_default='[]', nullable=False),
    sa.Column('cc', postgresql.JSONB(astext_type=sa.Text()), server_default='[]', nullable=False),
    sa.Column('subject', sa.Text(), server_default='', nullable=False),
    sa.Column('message_id', sa.Text(), server_default='', nullable=False),
    sa.Column('in_reply_to', sa.Text(), server_default='', nullable=False),
    sa.Column('references', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('date', sa.DateTime(timezone=True), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), server_default='', nullable=False),
    sa.Column('quoted', sa.Text(), server_default='', nullable=False),
    sa.Column('has_html', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('language', sa.Text(), nullable=True),
    sa.Column('proof', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('verdict', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('match', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('defects', postgresql.JSONB(astext_type=sa.Text()), server_default='[]', nullable=False),
    sa.Column('identity', postgresql.BYTEA(), nullable=False),
    sa.Column('also_to', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('spool_id', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("kind in ('mail', 'reply', 'note', 'auto', 'held')", name=op.f('ck_message_kind')),
    sa.CheckConstraint("kind not in ('note', 'held') or visibility = 'internal'", name=op.f('ck_message_note_is_internal')),
    sa.CheckConstraint("visibility in ('public', 'internal')", name=op.f('ck_message_visibility')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_message_conversation_id')),
    sa.ForeignKeyConstraint(['spool_id'], ['spool.id'], name=op.f('fk_message_spool_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    op.create_index('ix_message_conversation_id', 'message', ['conversation_id', 'id'], unique=False)
    op.create_index('ix_message_identity', 'message', ['identity'], unique=True)
    op.create_index('ix_message_spool_id', 'message', ['spool_id'], unique=False)
    op.create_table('message_ref',
    sa.Column('id_hash', postgresql.BYTEA(), nullable=False),
    sa.Column('conversation_id', sa.BigInteger(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("how in ('ours', 'known', 'sibling')", name=op.f('ck_message_ref_how')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_message_ref_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id_hash', 'conversation_id', name=op.f('pk_message_ref'))
    )
    op.create_index(op.f('ix_message_ref_conversation_id'), 'message_ref', ['conversation_id'], unique=False)
    op.create_table('participant',
    sa.Column('conversation_id', sa.BigInteger(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('part', sa.Text(), server_default='cc', nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_participant_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('conversation_id', 'address', name=op.f('pk_participant'))
    )
    op.create_index('ix_participant_address', 'participant', ['address'], unique=False)
    op.create_table('seen',
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('conversation_id', sa.BigInteger(), nullable=False),
    sa.Column('event_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_seen_agent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_seen_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('agent_id', 'conversation_id', name=op.f('pk_seen'))
    )
    op.create_index(op.f('ix_seen_conversation_id'), 'seen', ['conversation_id'], unique=False)
    op.create_table('event',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('conversation_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('actor_kind', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.BigInteger(), nullable=True),
    sa.Column('actor_name', sa.Text(), server_default='', nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('payload', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("actor_kind in ('agent', 'customer', 'rule', 'system')", name=op.f('ck_event_actor_kind')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_event_conversation_id')),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_event_message_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    op.create_index('ix_event_conversation_id', 'event', ['conversation_id', 'id'], unique=False)
    op.create_table('file',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.Column('part', sa.SmallInteger(), nullable=True),
    sa.Column('blob', postgresql.BYTEA(), nullable=True),
    sa.Column('filename', sa.Text(), nullable=False),
    sa.Column('content_type', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', postgresql.BYTEA(), nullable=False),
    sa.Column('content_id', sa.Text(), server_default='', nullable=False),
    sa.Column('inline', sa.Boolean(), server_default='false', nullable=False),
    sa.CheckConstraint('(part is null) <> (blob is null)', name=op.f('ck_file_one_source')),
    sa.ForeignKeyConstraint(['blob'], ['blob.sha256'], name=op.f('fk_file_blob')),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_file_message_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file'))
    )
    op.create_index('ix_file_message_id', 'file', ['message_id'], unique=False)
    op.create_table('held',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('verb', sa.Text(), nullable=False),
    sa.Column('reasons', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('state', sa.Text(), server_default='waiting', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state in ('waiting', 'released', 'dropped')", name=op.f('ck_held_state')),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_held_agent_id')),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_held_message_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_held')),
    sa.UniqueConstraint('message_id', name=op.f('uq_held_message_id'))
    )
    op.create_index(op.f('ix_held_agent_id'), 'held', ['agent_id'], unique=False)
    op.create_table('outbound',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('conversation_id', sa.BigInteger(), nullable=True),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('agent_id', sa.BigInteger(), nullable=True),
    sa.Column('mailbox_id', sa.BigInteger(), nullable=True),
    sa.Column('header_id', sa.Text(), nullable=False),
    sa.Column('sender', sa.Text(), nullable=False),
    sa.Column('draft', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('state', sa.Text(), server_default='waiting', nullable=False),
    sa.Column('run_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('maybe_twice', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state in ('waiting', 'sending', 'sent', 'failed', 'cancelled')", name=op.f('ck_outbound_state')),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_outbound_agent_id')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_outbound_conversation_id')),
    sa.ForeignKeyConstraint(['mailbox_id'], ['mailbox.id'], name=op.f('fk_outbound_mailbox_id')),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_outbound_message_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbound')),
    sa.UniqueConstraint('header_id', name=op.f('uq_outbound_header_id'))
    )
    op.create_index('ix_outbound_conversation_id', 'outbound', ['conversation_id'], unique=False)
    op.create_index('ix_outbound_message_id', 'outbound', ['message_id'], unique=False)
    op.create_index('ix_outbound_unfinished', 'outbound', ['id'], unique=False, postgresql_where=sa.text("state in ('waiting', 'sending')"))
    op.create_table('outbound_recipient',
    sa.Column('outbound_id', sa.BigInteger(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), server_default='waiting', nullable=False),
    sa.Column('reply', sa.Text(), nullable=True),
    sa.CheckConstraint("state in ('waiting', 'sent', 'failed')", name=op.f('ck_outbound_recipient_state')),
    sa.ForeignKeyConstraint(['outbound_id'], ['outbound.id'], name=op.f('fk_outbound_recipient_outbound_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('outbound_id', 'address', name=op.f('pk_outbound_recipient'))
    )
    op.create_index('ix_outbound_recipient_address', 'outbound_recipient', ['address'], unique=False)
    op.create_table('reply_token',
    sa.Column('token_hash', postgresql.BYTEA(), nullable=False),
    sa.Column('conversation_id', sa.BigInteger(), nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=True),
    sa.Column('address', sa.Text(), server_default='', nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('held_id', sa.BigInteger(), nullable=True),
    sa.Column('shown_event_id', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("purpose in ('notice', 'release', 'customer')", name=op.f('ck_reply_token_purpose')),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_reply_token_agent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_reply_token_conversation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['held_id'], ['held.id'], name=op.f('fk_reply_token_held_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_reply_token'))
    )
    op.create_index('ix_reply_token_conversation_id', 'reply_token', ['conversation_id'], unique=False)
    for statement in BEYOND_MODELS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop function inbox_notify_job() cascade")
    op.execute("drop function inbox_mark_shared() cascade")
    op.drop_index('ix_reply_token_conversation_id', table_name='reply_token')
    op.drop_table('reply_token')
    op.drop_index('ix_outbound_recipient_address', table_name='outbound_recipient')
    op.drop_table('outbound_recipient')
    op.drop_index('ix_outbound_unfinished', table_name='outbound', postgresql_where=sa.text("state in ('waiting', 'sending')"))
    op.drop_index('ix_outbound_message_id', table_name='outbound')
    op.drop_index('ix_outbound_conversation_id', table_name='outbound')
    op.drop_table('outbound')
    op.drop_index(op.f('ix_held_agent_id'), table_name='held')
    op.drop_table('held')
    op.drop_index('ix_file_message_id', table_name='file')
    op.drop_table('file')
    op.drop_index('ix_event_conversation_id', table_name='event')
    op.drop_table('event')
    op.drop_index(op.f('ix_seen_conversation_id'), table_name='seen')
    op.drop_table('seen')
    op.drop_index('ix_participant_address', table_name='participant')
    op.drop_table('participant')
    op.drop_index(op.f('ix_message_ref_conversation_id'), table_name='message_ref')
    op.drop_table('message_ref')
    op.drop_index('ix_message_spool_id', table_name='message')
    op.drop_index('ix_message_identity', table_name='message')
    op.drop_index('ix_message_conversation_id', table_name='message')
    op.drop_table('message')
    op.drop_index(op.f('ix_conversation_mailbox_mailbox_id'), table_name='conversation_mailbox')
    op.drop_table('conversation_mailbox')
    op.drop_index('ix_session_agent_id', table_name='session')
    op.drop_table('session')
    op.drop_index(op.f('ix_membership_mailbox_id'), table_name='membership')
    op.drop_table('membership')
    op.drop_index(op.f('ix_mailbox_address_mailbox_id'), table_name='mailbox_address')
    op.drop_table('mailbox_address')
    op.drop_index(op.f('ix_customer_address_customer_id'), table_name='customer_address')
    op.drop_table('customer_address')
    op.drop_index('ix_conversation_unassigned', table_name='conversation', postgresql_where=sa.text("assignee_id is null and status = 'open'"))
    op.drop_index('ix_conversation_thread_root', table_name='conversation', postgresql_where=sa.text('thread_root is not null'))
    op.drop_index('ix_conversation_shared', table_name='conversation', postgresql_where=sa.text('is_shared'))
    op.drop_index('ix_conversation_list', table_name='conversation')
    op.drop_index('ix_conversation_customer_newest', table_name='conversation')
    op.drop_index('ix_conversation_assignee', table_name='conversation')
    op.drop_table('conversation')
    op.drop_index(op.f('ix_agent_address_agent_id'), table_name='agent_address')
    op.drop_table('agent_address')
    op.drop_index('ix_spool_unfinished', table_name='spool', postgresql_where=sa.text("state <> 'done'"))
    op.drop_index('ix_spool_sha256', table_name='spool')
    op.drop_table('spool')
    op.drop_table('setting')
    op.drop_table('mailbox')
    op.drop_index('ix_login_attempt_key_at', table_name='login_attempt')
    op.drop_table('login_attempt')
    op.drop_index('job_lane', table_name='job', postgresql_where=sa.text('done_at is null and lane is not null'))
    op.drop_index('job_key', table_name='job', postgresql_where=sa.text('done_at is null and key is not null'))
    op.drop_index('job_due', table_name='job', postgresql_where=sa.text('done_at is null'))
    op.drop_table('job')
    op.drop_table('customer')
    op.drop_table('blob')
    op.drop_table('agent')
