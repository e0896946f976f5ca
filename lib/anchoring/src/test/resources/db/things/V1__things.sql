create table thing (
  id           uuid primary key,
  record       uuid    not null,
  organisation text    not null,
  title        text    not null,
  amount       bigint  not null,
  bought       date,
  used         boolean not null,
  noticed      timestamptz
);
create table thing_part (
  id       uuid primary key,
  thing_id uuid not null references thing,
  number   integer not null,
  code     text not null,
  note     text
);
create table alert (statement_id uuid not null, message text not null);
grant select, insert on thing, thing_part, alert to "${service}";
