-- Lease the next due jobs, the better rank first; a lease that ran out belongs to a worker that
-- died, and its job is free again. No rank takes all for itself: while a relay hangs, the mail for
-- it becomes due again and again.
with share (rank, most) as (
  values (0, (cast(:limit as int) + 3) / 4),
         (1, (cast(:limit as int) + 1) / 2),
         (2, cast(:limit as int))
), due as (
  select found.id
    from share cross join lateral (
         select j.id from job j
          where j.rank = share.rank and j.done_at is null and j.run_at <= now()
            and (j.leased_until is null or j.leased_until < now())
          order by j.run_at, j.id
          limit share.most
          for update skip locked) as found
   order by share.rank
   limit cast(:limit as int)
)
update job set leased_until = now() + make_interval(secs => :lease), attempts = attempts + 1
  from due where job.id = due.id
returning job.id, job.kind, job.args, job.attempts, job.rank, job.run_at
