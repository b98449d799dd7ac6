-- Everybody who is, was or will be let into a circle and its office, and everybody kept out, for a reader who is in
-- one of them: "who can see this" would otherwise be half an answer, because a reader sees the memberships only of
-- the door they came in by. Whoever is refused the circle gets nothing.
create or replace function access_around(of_circle bigint, of_office bigint) returns setof access_membership
language sql stable security definer set search_path = public, pg_temp as $$
  select m.* from access_membership m
  where (m.circle_id = of_circle or m.office_id = of_office)
    and (of_circle = any (nullif(current_setting('app.circles', true), '')::int[])
         or of_office = any (nullif(current_setting('app.offices', true), '')::int[]))
    and of_circle <> all (coalesce(nullif(current_setting('app.refused', true), ''), '{}')::int[])
$$;
revoke all on function access_around(bigint, bigint) from public;
grant execute on function access_around(bigint, bigint) to wholestory_web, wholestory_worker;

-- A refusal is not shown to the person it is about, and not lifted by them, even when they run the office.
create policy own_hidden on access_refusal as restrictive for select using (
  current_setting('app.deriving', true) = 'yes'
  or person_id is distinct from nullif(current_setting('app.person', true), '')::uuid);
create policy own_kept on access_refusal as restrictive for update using (
  person_id is distinct from nullif(current_setting('app.person', true), '')::uuid);
