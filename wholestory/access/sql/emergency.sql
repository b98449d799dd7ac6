-- Emergency access. Whoever asks cannot see the record, so it is found by its exact reference, here, for people who
-- hold a seat on the record's board and are not refused it. Two steps, so that the line in the access record is
-- written between them by the caller; the second checks everything again.
create or replace function access_emergency_doors(who uuid) returns int[]
language sql stable security definer set search_path = public, pg_temp as $$
  select array_agg(o.id) from records_office o
  where o.board_id in (
    select s.board_id from partners_seat s join partners_board b on b.id = s.board_id
    cross join lateral (select coalesce(b.example_today, (now() at time zone 'Europe/London')::date) as today) d
    where s.person_id = who and s.group_id is null and s.starts_on <= d.today and (s.ends_on is null or d.today <= s.ends_on)
      and s.role in ('independent_chair', 'member', 'deputy', 'business_manager', 'quality_officer',
        'child_death_coordinator'))
$$;

create or replace function access_emergency_find(asked_for text)
returns table (record uuid, kind text, board uuid, circle bigint, office bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me uuid := nullif(current_setting('app.person', true), '')::uuid;
  my_seat uuid := nullif(current_setting('app.seat', true), '')::uuid;
  doors int[] := access_emergency_doors(me);
begin
  if me is null or doors is null then
    return;
  end if;
  perform set_config('app.offices', doors::text, true), set_config('app.circles', '{}', true),
          set_config('app.refused', '{}', true);
  return query
    select r.id, r.kind::text, r.board_id, r.circle_id, r.office_id from records_record r
    join records_circle k on k.id = r.circle_id
    where r.reference = asked_for
      -- The death of a child, and what is said and written of it, is opened at night by whoever co-ordinates reviews.
      and ((r.kind not like 'child\_deaths.%' and k.kind not like 'death\_%') or exists (
        select from partners_seat s join partners_board b on b.id = s.board_id
        cross join lateral (select coalesce(b.example_today, (now() at time zone 'Europe/London')::date) as today) d
        where s.person_id = me and s.board_id = r.board_id and s.group_id is null and s.role = 'child_death_coordinator'
          and s.starts_on <= d.today and (s.ends_on is null or d.today <= s.ends_on)))
      and not exists (
        select from access_membership m join partners_board b on b.id = m.board_id
        cross join lateral (select coalesce(b.example_today, (now() at time zone 'Europe/London')::date) as today) d
        where m.person_id = me and m.circle_id = r.circle_id and m.refused
          and m.starts_on <= d.today and (m.ends_on is null or d.today <= m.ends_on));
  perform access_act_as(me, my_seat);
end $$;

-- Lets the acting person in for ``minutes`` and notes the reason; null when they may not. The line is written before.
create or replace function access_emergency_take(for_record text, told text, minutes int) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me uuid := nullif(current_setting('app.person', true), '')::uuid;
  my_seat uuid := nullif(current_setting('app.seat', true), '')::uuid;
  r record;
  taken uuid := gen_random_uuid();
  until_then timestamptz := now() + make_interval(mins => minutes);
  day date;
begin
  if minutes not between 1 and 240 then
    raise exception 'emergency access lasts a minute to four hours' using errcode = 'check_violation';
  end if;
  select * into r from access_emergency_find(for_record);
  if not found then
    return null;
  end if;
  select coalesce(b.example_today, (now() at time zone 'Europe/London')::date) into day
  from partners_board b where b.id = r.board;
  perform set_config('app.offices', array[r.office]::text, true), set_config('app.circles', '{}', true),
          set_config('app.refused', '{}', true), set_config('app.read_only', '{}', true);
  update access_grant set withdrawn_at = now()
  where circle_id = r.circle and person_id = me and role = 'emergency' and withdrawn_at is null;
  insert into access_grant (id, created_at, circle_id, office_id, person_id, role, purpose, starts_on, expires_at, given_by_id)
  values (gen_random_uuid(), now(), r.circle, r.office, me, 'emergency', 'emergency', day, until_then, me);
  insert into access_emergencyaccess (id, created_at, circle_id, office_id, record_id, person_id, reason, started_at,
    expires_at, outcome, review_note)
  values (taken, now(), r.circle, r.office, r.record, me, told, now(), until_then, '', '');
  delete from access_membership where person_id = me and circle_id = r.circle and because = 'grant.emergency';
  insert into access_membership (person_id, board_id, circle_id, because, refused, one_at_a_time, starts_on, expires_at)
  values (me, r.board, r.circle, 'grant.emergency', false, false, day, until_then);
  perform access_act_as(me, my_seat);
  return taken;
end $$;
revoke all on function access_emergency_doors(uuid), access_emergency_find(text), access_emergency_take(text, text, int)
  from public;
grant execute on function access_emergency_find(text), access_emergency_take(text, text, int) to wholestory_web;
