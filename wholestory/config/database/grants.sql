-- In the database itself, as administrator, before the first migration.
revoke all on schema public from public;
grant usage, create on schema public to wholestory_owner;
grant usage on schema public to wholestory_web, wholestory_worker, wholestory_public, wholestory_backup, wholestory_ledger;
alter default privileges for role wholestory_owner in schema public
  grant select, insert, update, delete on tables to wholestory_web, wholestory_worker;
alter default privileges for role wholestory_owner in schema public
  grant usage, select on sequences to wholestory_web, wholestory_worker;
alter default privileges for role wholestory_owner in schema public grant select on tables to wholestory_backup;
alter default privileges for role wholestory_owner in schema public grant select on sequences to wholestory_backup;
-- A function is for those it is granted to, except the ordinary ones extensions and the queue bring.
