-- Whether a message waits to be sorted: nothing became of it yet, or it was taken away from its case again. Kept with
-- each step that is taken, so that what waits is found without looking at every message of many years.

create function child_deaths_to_sort() returns trigger language plpgsql as $$
begin
  update child_deaths_notification set to_sort = not exists (
    select from child_deaths_notificationstep s
    where s.notification_id = new.notification_id and s.settled <> 'parted' and not exists (
      select from child_deaths_notificationstep l
      where l.notification_id = s.notification_id and l.settled = 'parted' and (l.at, l.created_at) > (s.at, s.created_at)))
  where id = new.notification_id;
  if not found then
    raise exception 'a step of a message is taken by somebody who sees the message' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger to_sort after insert on child_deaths_notificationstep
  for each row execute function child_deaths_to_sort();

-- What is there already. Nobody acts here, so the rules of who sees what and of the line first stand aside for it.
alter table child_deaths_notification no force row level security;
alter table child_deaths_notificationstep no force row level security;
alter table child_deaths_notification disable trigger needs_a_line;
update child_deaths_notification n set to_sort = false
where exists (
  select from child_deaths_notificationstep s
  where s.notification_id = n.id and s.settled <> 'parted' and not exists (
    select from child_deaths_notificationstep l
    where l.notification_id = s.notification_id and l.settled = 'parted' and (l.at, l.created_at) > (s.at, s.created_at)));
alter table child_deaths_notification enable trigger needs_a_line;
alter table child_deaths_notificationstep force row level security;
alter table child_deaths_notification force row level security;
