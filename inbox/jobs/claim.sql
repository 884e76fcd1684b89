-- Lease the next due jobs. Of a lane only the oldest unfinished job may run; a lease that ran out
-- belongs to a worker that died, and its job is free again.
with due as (
  select j.id from job j
   where j.done_at is null and j.run_at <= now()
     and (j.leased_until is null or j.leased_until < now())
     and not exists (select 1 from job b
                      where b.lane = j.lane and b.done_at is null and b.id < j.id)
   order by j.run_at, j.id
   limit :limit
   for update skip locked)
update job set leased_until = now() + make_interval(secs => :lease), attempts = attempts + 1
  from due where job.id = due.id
returning job.id, job.kind, job.args, job.attempts
