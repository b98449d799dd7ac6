-- The database roles. Run once by an administrator; safe to run again. Passwords are set separately
-- (`alter role wholestory_web password ...`): this file holds none.
do $$
declare r text;
begin
  foreach r in array array['wholestory_owner', 'wholestory_web', 'wholestory_worker', 'wholestory_public', 'wholestory_backup'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I login nosuperuser nocreatedb nocreaterole', r);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'wholestory_ledger') then
    create role wholestory_ledger nologin;
  end if;
end $$;
-- Copies need every row; nothing else may pass by the rules.
alter role wholestory_backup bypassrls;
alter role wholestory_backup set default_transaction_read_only = on;
-- Plans must see the arrays of circles, so none may be cached for all people alike.
alter role wholestory_web set plan_cache_mode = force_custom_plan;
alter role wholestory_worker set plan_cache_mode = force_custom_plan;
alter role wholestory_web set idle_in_transaction_session_timeout = '60s';
alter role wholestory_web set statement_timeout = '30s';
