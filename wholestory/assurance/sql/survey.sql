-- The open survey. Whoever has its link has no account, so nobody acts and the protected tables show nothing. Two
-- functions are the whole door: one gives what was published, one takes a reply. They are all that the role for open
-- pages may do, and they look at nothing but the link, the survey it opens, and the day of its board.

-- The open survey behind a link, or no row: unknown, ended, not open and past its last day are all the same. It looks
-- through the offices for self-audits for this one look, and leaves only the survey's own office open behind it.
create function assurance_survey_behind(link text)
returns table (survey uuid, circle bigint, office bigint, day date, published jsonb)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_one record;
begin
  perform set_config('app.circles', '{}', true), set_config('app.refused', '{}', true),
          set_config('app.read_only', '{}', true),
          set_config('app.offices', (select coalesce(array_agg(o.id), '{}')::text from records_office o
            where o.key = 'assurance'), true);
  select s.id, s.circle_id, s.office_id, d.today, s.published into found_one
  from assurance_surveylink l
  join assurance_survey s on s.id = l.survey_id
  join partners_board b on b.id = s.board_id
  cross join lateral (select coalesce(b.example_today, (now() at time zone 'Europe/London')::date) as today) d
  where l.token = link and l.ended_on is null and s.state = 'open' and d.today <= s.last_day_on;
  perform set_config('app.offices', case when found_one.office_id is null then '{}'
    else array[found_one.office_id]::text end, true);
  if found_one.id is not null then
    return query select found_one.id::uuid, found_one.circle_id::bigint, found_one.office_id::bigint,
      found_one.today::date, found_one.published::jsonb;
  end if;
end $$;

-- What the acting person (nobody, on the open page) could see before, and that again after. Unset counts as empty.
create function assurance_survey_before() returns text[] language sql stable as $$
  select array[coalesce(current_setting('app.circles', true), ''), coalesce(current_setting('app.offices', true), ''),
    coalesce(current_setting('app.refused', true), ''), coalesce(current_setting('app.read_only', true), ''),
    coalesce(current_setting('app.ledgered', true), '')]
$$;
create function assurance_survey_done(before text[]) returns void language sql as $$
  select set_config('app.circles', before[1], true), set_config('app.offices', before[2], true),
    set_config('app.refused', before[3], true), set_config('app.read_only', before[4], true),
    set_config('app.ledgered', before[5], true)
$$;

-- What the page shows, with the board's day; null when the link opens nothing.
create function assurance_survey_shown(link text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before text[] := assurance_survey_before();
  shown jsonb;
begin
  select b.published || jsonb_build_object('day', b.day) into shown from assurance_survey_behind(link) b;
  perform assurance_survey_done(before);
  return shown;
end $$;

-- Takes one reply; false when the link opens nothing. The same key sent twice is one reply. Only what the survey
-- offers is taken. No line is written in the access record: a line has a time, and a reply must not.
create function assurance_survey_answer(link text, reply uuid, of_agency uuid, of_group text, given jsonb, words text)
returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before text[] := assurance_survey_before();
  behind record;
begin
  select * into behind from assurance_survey_behind(link);
  if behind.survey is null then
    perform assurance_survey_done(before);
    return false;
  end if;
  if not exists (select from jsonb_array_elements(behind.published -> 'groups') g where g ->> 0 = of_group)
    or (of_agency is not null and not exists (
      select from jsonb_array_elements(behind.published -> 'agencies') a where a ->> 0 = of_agency::text))
    or jsonb_typeof(given) <> 'object' or length(words) > 1000
    or exists (
      select from jsonb_each_text(given) e
      where e.value not in ('strongly_agree', 'agree', 'neither', 'disagree', 'strongly_disagree', 'dont_know')
        or not exists (
          select from jsonb_array_elements(behind.published -> 'statements') t where t ->> 0 = e.key))
  then
    raise exception 'the survey does not offer that' using errcode = 'check_violation';
  end if;
  perform set_config('app.ledgered', 'yes', true);
  insert into assurance_surveyreply
    (id, created_at, circle_id, office_id, survey_id, agency_id, staff_group, answers, remark, sealed)
  values (reply, behind.day::timestamp at time zone 'UTC', behind.circle, behind.office, behind.survey, of_agency,
    of_group, given, words, true)
  on conflict do nothing;
  perform assurance_survey_done(before);
  return true;
end $$;

-- How many replies there are while the survey runs: in fives, and nothing below the minimum, so that two looks a
-- minute apart do not show who replied in between. For whoever may see the survey; null to everybody else.
create function assurance_survey_count(which uuid) returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select case when count(r.id) >= s.minimum then (count(r.id) / 5 * 5)::int end
  from assurance_survey s left join assurance_surveyreply r on r.survey_id = s.id
  where s.id = which group by s.id, s.minimum
$$;

-- Breaks the seal of a closed survey: every reply under a new key, in an order that says nothing of how they came.
-- Does nothing for whoever may not see the survey.
create function assurance_survey_unseal(which uuid) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moved int;
begin
  if not exists (select from assurance_survey where id = which and state = 'closed') then
    return 0;
  end if;
  with gone as (
    delete from assurance_surveyreply where survey_id = which and sealed returning *
  )
  insert into assurance_surveyreply
    (id, created_at, circle_id, office_id, survey_id, agency_id, staff_group, answers, remark, sealed)
  select gen_random_uuid(), created_at, circle_id, office_id, survey_id, agency_id, staff_group, answers, remark, false
  from gone order by random();
  get diagnostics moved = row_count;
  return moved;
end $$;

revoke all on function assurance_survey_behind(text), assurance_survey_before(), assurance_survey_done(text[]),
  assurance_survey_shown(text),
  assurance_survey_answer(text, uuid, uuid, text, jsonb, text), assurance_survey_count(uuid), assurance_survey_unseal(uuid)
  from public;
grant execute on function assurance_survey_shown(text), assurance_survey_answer(text, uuid, uuid, text, jsonb, text)
  to wholestory_web, wholestory_public;
grant execute on function assurance_survey_count(uuid), assurance_survey_unseal(uuid) to wholestory_web, wholestory_worker;

-- Replies are written by the functions above only; of a reply that can be read, only its remark may be changed (to
-- take out what should not have been said). The worker removes them when their time is up.
revoke insert, update, delete on assurance_surveyreply from wholestory_web;
revoke insert, update on assurance_surveyreply from wholestory_worker;
grant update (remark) on assurance_surveyreply to wholestory_web;
create policy sealed_until_closed on assurance_surveyreply as restrictive for select
  to wholestory_web, wholestory_worker using (not sealed);
alter table assurance_surveyreply add constraint assurance_surveyreply_has_no_time
  check (mod(extract(epoch from created_at), 86400) = 0);
-- A reply belongs to the circle and office of its survey.
alter table assurance_survey add constraint assurance_survey_doors unique (id, circle_id, office_id);
alter table assurance_surveyreply add constraint assurance_surveyreply_same_doors
  foreign key (survey_id, circle_id, office_id) references assurance_survey (id, circle_id, office_id);
