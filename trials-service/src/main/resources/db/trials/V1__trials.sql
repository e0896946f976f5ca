-- Every column here is a field of an anchored statement; what changes as work goes on lives elsewhere.
-- Dates and moments are text: a month stays a month, and a row loads whatever somebody writes into it.

create table protocol_version (
  id                           uuid primary key,
  protocol_id                  uuid   not null,
  organisation                 text   not null,
  number                       bigint not null,
  previous_version_id          uuid references protocol_version (id),
  source                       text   not null,
  submitted_by                 text   not null,
  received_at                  text   not null,
  sponsor_protocol_number      text,
  public_title                 text   not null,
  scientific_title             text,
  sponsor_name                 text   not null,
  study_type                   text   not null,
  phase                        text,
  start_date                   text,
  start_date_type              text,
  primary_completion_date      text,
  primary_completion_date_type text,
  completion_date              text,
  completion_date_type         text,
  sample_size                  bigint,
  sample_size_type             text,
  -- Gap-free numbers and one winner among concurrent amendments.
  constraint protocol_version_number unique (protocol_id, number)
);
alter table protocol_version enable row level security, force row level security;
create policy own on protocol_version using (sees(organisation));
create function sees_version(id uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select from protocol_version v where v.id = sees_version.id); end $$;

create index protocol_version_received on protocol_version (organisation, received_at);

create table registry_id (
  id         uuid primary key,
  version_id uuid   not null references protocol_version (id),
  position   bigint not null,
  system     text   not null,
  value      text   not null,
  normalised text   not null,
  -- One trial per registry id, across all organisations.
  constraint registry_id_once unique (system, normalised)
);
alter table registry_id enable row level security, force row level security;
create policy own on registry_id
  using (sees_all() or sees_version(version_id));

create index registry_id_version on registry_id (version_id);
create index registry_id_normalised on registry_id (normalised);

create table outcome (
  id          uuid primary key,
  version_id  uuid   not null references protocol_version (id),
  position    bigint not null,
  element_id  text   not null,
  level       text   not null,
  measure     text   not null,
  metric      text,
  aggregation text,
  time_frame  text,
  description text
);
alter table outcome enable row level security, force row level security;
create policy own on outcome
  using (sees_all() or sees_version(version_id));

create index outcome_version on outcome (version_id);

create table amendment (
  id             uuid primary key,
  version_id     uuid not null references protocol_version (id),
  number         text not null,
  summary        text not null,
  primary_reason text not null,
  approved_on    text not null,
  constraint amendment_version unique (version_id)
);
alter table amendment enable row level security, force row level security;
create policy own on amendment
  using (sees_all() or sees_version(version_id));

create table amendment_change (
  id         uuid primary key,
  version_id uuid   not null references protocol_version (id),
  position   bigint not null,
  element_id text   not null,
  rationale  text   not null
);
alter table amendment_change enable row level security, force row level security;
create policy own on amendment_change
  using (sees_all() or sees_version(version_id));

create index amendment_change_version on amendment_change (version_id);

create table result_set (
  id                           uuid primary key,
  protocol_id                  uuid   not null,
  organisation                 text   not null,
  number                       bigint not null,
  cited_version_id             uuid   not null references protocol_version (id),
  previous_result_id           uuid references result_set (id),
  correction_reason            text,
  source                       text   not null,
  submitted_by                 text   not null,
  received_at                  text   not null,
  start_date                   text,
  start_date_type              text,
  primary_completion_date      text,
  primary_completion_date_type text,
  enrolled                     bigint,
  constraint result_set_number unique (protocol_id, number)
);
alter table result_set enable row level security, force row level security;
create policy own on result_set using (sees(organisation));
create function sees_result(id uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select from result_set r where r.id = sees_result.id); end $$;

create table reported_outcome (
  id            uuid primary key,
  result_id     uuid   not null references result_set (id),
  position      bigint not null,
  element_id    text,
  level         text   not null,
  measure       text   not null,
  metric        text,
  aggregation   text,
  time_frame    text,
  description   text,
  unit          text,
  value_summary text
);
alter table reported_outcome enable row level security, force row level security;
create policy own on reported_outcome
  using (sees_all() or sees_result(result_id));

create index reported_outcome_result on reported_outcome (result_id);

create table rule_set (
  id         uuid primary key,
  sha256     text   not null,
  name       text   not null,
  version    bigint not null,
  content    text   not null,
  adopted_at text   not null,
  constraint rule_set_once unique (sha256)
);
-- The rules are nobody's. Requests know them from the code.
alter table rule_set enable row level security, force row level security;
create policy own on rule_set using (sees_all());

create table finding_report (
  id                  uuid primary key,
  protocol_id         uuid not null,
  organisation        text not null,
  subject_kind        text not null,
  subject_id          uuid not null,
  baseline_version_id uuid not null references protocol_version (id),
  baseline_state      text not null,
  rule_set_sha256     text not null references rule_set (sha256),
  made_at             text not null,
  constraint finding_report_subject unique (subject_id)
);
alter table finding_report enable row level security, force row level security;
create policy own on finding_report using (sees(organisation));
create function sees_report(id uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select from finding_report r where r.id = sees_report.id); end $$;

create index finding_report_protocol on finding_report (protocol_id);

create table finding (
  id          uuid primary key,
  report_id   uuid   not null references finding_report (id),
  position    bigint not null,
  code        text   not null,
  element_id  text   not null,
  declaration text   not null,
  declared_by uuid,
  phase       text   not null,
  severity    text   not null,
  rule        text   not null,
  before_text text,
  after_text  text
);
alter table finding enable row level security, force row level security;
create policy own on finding
  using (sees_all() or sees_report(report_id));

create index finding_report_id on finding (report_id);
