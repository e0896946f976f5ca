-- Every column of claim, claim_line, claim_diagnosis, rule_set, decision, decision_line, access_event,
-- access_statement, break_glass, break_glass_review, membership, consent_grant and consent_revocation is
-- a field of an anchored statement. Nothing in them ever changes; working state lives in other tables.
-- What is encrypted is so for its cell, under the record's key: see EncryptedRow.
-- Dates and moments are text in the spelling in which they were stated: a month stays a month, and
-- whatever somebody writes into a cell can still be read and reported.

create table claim (
  id                   uuid primary key,
  record               uuid   not null unique, -- shared by the claim and all decisions on it
  organisation         text   not null,        -- alias of the insurer, from its token
  submitted_by         text   not null,        -- subject of that token
  submitted_at         text   not null,        -- RFC 3339, UTC, always six digits of a second
  source_format        text   not null check (source_format in ('json', 'fhir-r4')),
  source_sha256        text   not null,        -- of the body as it came: commits to what has no column
  claim_number         bytea  not null,        -- encrypted
  claim_use            text   not null,
  claim_type           text   not null,
  sub_type             text,
  status               text   not null,
  member_system        text,
  member_value         bytea  not null,        -- encrypted
  member_index         bytea  not null,        -- keyed digest of the member, see MemberIndex
  provider_system      text,
  provider_value       text   not null,
  billable_from        text,
  billable_to          text,
  currency             text,
  total_minor          bigint,
  created              text,
  priority             text,
  coverage             bytea,                  -- encrypted
  related_relationship text,
  related_claim        bytea                   -- encrypted
);
alter table claim enable row level security, force row level security;
create policy own on claim using (sees(organisation));
create function sees_claim(id uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select from claim c where c.id = sees_claim.id); end $$;
create index claim_page on claim (organisation, submitted_at, id);
create index claim_member on claim (organisation, member_index, submitted_at, id);

create table claim_line (
  id               uuid primary key,
  claim_id         uuid    not null references claim,
  ordinal          integer not null, -- order in the claim
  sequence         integer not null,
  detail           integer,
  sub_detail       integer,
  code_system      text,
  code             text    not null,
  modifiers        text,             -- in order, a space between
  serviced_from    text,
  serviced_to      text,
  quantity         text,
  quantity_unit    text,
  factor           text,
  unit_price_minor bigint,
  net_minor        bigint,
  place            text,
  revenue          text,
  body_site        text,
  prescription     bytea             -- encrypted
);
alter table claim_line enable row level security, force row level security;
create policy own on claim_line
  using (sees_all() or sees_claim(claim_id));
create index claim_line_claim on claim_line (claim_id);

create table claim_diagnosis (
  id          uuid primary key,
  claim_id    uuid    not null references claim,
  ordinal     integer not null,
  sequence    integer not null,
  code_system text,
  code        bytea, -- encrypted
  reference   bytea  -- encrypted
);
alter table claim_diagnosis enable row level security, force row level security;
create policy own on claim_diagnosis
  using (sees_all() or sees_claim(claim_id));
create index claim_diagnosis_claim on claim_diagnosis (claim_id);

-- One live claim per exact key: the database settles who was first, on any number of processes.
-- The key goes in before the claim does, hence the deferred reference.
create table exact_key (
  organisation text    not null,
  epoch        integer not null, -- of the match key
  digest       bytea   not null,
  claim_id     uuid    not null references claim deferrable initially deferred,
  primary key (organisation, epoch, digest)
);
alter table exact_key enable row level security, force row level security;
create policy own on exact_key using (sees(organisation));

create table idempotency (
  organisation text  not null,
  key          text  not null,
  body_hash    bytea not null, -- of route and body
  claim_id     uuid  not null references claim deferrable initially deferred,
  primary key (organisation, key)
);
alter table idempotency enable row level security, force row level security;
create policy own on idempotency using (sees(organisation));

-- What an alert found, once for each side. Another insurer's claim is known by its id here and by
-- nothing else; the id never leaves the service.
create table match_alert (
  id             uuid primary key,
  claim_id       uuid not null references claim,
  organisation   text not null,
  other_claim_id uuid not null references claim,
  kind           text not null check (kind in ('other-insurer', 'possible-duplicate')),
  code_system    text not null,
  code           text not null,
  service_day    text not null,
  found_at       text not null,
  unique (claim_id, other_claim_id, code_system, code, service_day)
);
alter table match_alert enable row level security, force row level security;
create policy own on match_alert using (sees(organisation));
create index match_alert_page on match_alert (organisation, found_at, id);

create table rule_set (
  id           uuid primary key,
  record       uuid not null,
  organisation text not null,
  name         text not null,
  sha256       text not null unique,
  adopted_at   text not null
);
alter table rule_set enable row level security, force row level security;
create policy own on rule_set using (sees(organisation));

create table decision (
  id                uuid primary key,
  record            uuid    not null,
  claim_id          uuid    not null references claim,
  organisation      text    not null,
  number            integer not null,
  outcome           text    not null check (outcome in ('paid', 'reduced', 'denied', 'pended', 'proposed')),
  rule              text    not null, -- what decided: a rule's name, or 'adjudicator'
  reason            bytea   not null, -- encrypted
  rule_set_sha256   text    not null references rule_set (sha256),
  alert_overridden  boolean not null,
  decided_by        text    not null,
  decided_at        text    not null,
  approves          uuid    unique references decision, -- the proposal that this makes effective
  signer_name       bytea,            -- of whoever signed with a passkey; encrypted
  currency          text,
  billed_minor      bigint,
  allowed_minor     bigint,
  paid_minor        bigint,
  contractual_minor bigint,
  patient_minor     bigint,
  denied_minor      bigint,
  unique (claim_id, number),
  check (approves is null or outcome in ('paid', 'reduced')),
  check (approves is null or signer_name is not null),
  -- A pended claim has no amounts; any other outcome accounts for every minor unit that was billed.
  check (
    case outcome
      when 'pended' then
        num_nonnulls(billed_minor, allowed_minor, paid_minor, contractual_minor, patient_minor,
          denied_minor) = 0
      else num_nonnulls(currency, billed_minor, allowed_minor, paid_minor, contractual_minor,
          patient_minor, denied_minor) = 7
        and billed_minor = paid_minor + contractual_minor + patient_minor + denied_minor
        and paid_minor between 0 and allowed_minor and allowed_minor <= billed_minor
        and least(contractual_minor, patient_minor, denied_minor) >= 0
    end)
);
alter table decision enable row level security, force row level security;
create policy own on decision using (sees(organisation));
create function sees_decision(id uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select from decision d where d.id = sees_decision.id); end $$;

create table decision_line (
  id                uuid primary key,
  decision_id       uuid    not null references decision,
  ordinal           integer not null,
  line_sequence     integer not null,
  rule              text    not null,
  billed_minor      bigint  not null,
  allowed_minor     bigint  not null,
  paid_minor        bigint  not null,
  contractual_minor bigint  not null,
  patient_minor     bigint  not null,
  denied_minor      bigint  not null,
  check (billed_minor = paid_minor + contractual_minor + patient_minor + denied_minor),
  check (paid_minor between 0 and allowed_minor and allowed_minor <= billed_minor),
  check (least(contractual_minor, patient_minor, denied_minor) >= 0)
);
alter table decision_line enable row level security, force row level security;
create policy own on decision_line
  using (sees_all() or sees_decision(decision_id));
create index decision_line_decision on decision_line (decision_id);

-- Whoever has a code, of no organisation, takes the row away by its digest; nobody reads it otherwise.
create table member_invitation (
  id            uuid primary key,      -- of its data key too, which goes with it
  code_sha256   bytea not null unique, -- the code itself is told once and kept nowhere
  organisation  text not null,
  member_system text,
  member_value  bytea not null,        -- encrypted
  invited_by    text not null,         -- subject of the insurer's token
  invited_at    text not null,
  expires_at    text not null
);
create index member_invitation_expiry on member_invitation (expires_at);
alter table member_invitation enable row level security, force row level security;
create policy own on member_invitation using (sees(organisation));

-- Whose claims a patient may read.
create table membership (
  id            uuid primary key,
  record        uuid not null,
  organisation  text not null,     -- the insurer
  subject       text not null,     -- of the patient's token
  member_system text,
  member_value  bytea not null,    -- encrypted
  member_index  bytea not null,
  invited_by    text not null,
  invited_at    text not null,
  since         text not null
);
create index membership_subject on membership (subject, since, id);
alter table membership enable row level security, force row level security;
create policy own on membership using (sees(organisation) or is_caller(subject));
-- A patient sees the member's claims, and what belongs to them.
create function is_member(organisation text, member bytea)
  returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (
    select from membership m
    where m.organisation = is_member.organisation and m.member_index = member
      and is_caller(m.subject)); end $$;
create policy by_member on claim for select using (is_member(organisation, member_index));
create policy of_claim on decision for select using (sees_claim(claim_id));
create policy of_claim on match_alert for select using (sees_claim(claim_id));
create function sees_record(record uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select from claim c where c.record = sees_record.record); end $$;
create policy of_claim on record_key for select using (sees_record(id));
create function has_membership(record uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (
    select from membership m
    where m.record = has_membership.record and is_caller(m.subject)); end $$;
create policy of_membership on record_key for select using (has_membership(id));
create policy of_claim on anchored_statement for select using (sees_claim(id) or sees_decision(id));

-- How often somebody tried codes in an hour.
create table redemption_attempt (
  subject  text    not null,
  hour     text    not null,
  attempts integer not null,
  primary key (subject, hour)
);
alter table redemption_attempt enable row level security, force row level security;
create policy own on redemption_attempt using (sees_all() or is_caller(subject));

-- What a patient allows or forbids (FHIR R4 Consent.provision). The organisation in recipient has it
-- weighed when it asks for the member's claims.
create table consent_grant (
  id             uuid primary key,
  record         uuid not null unique, -- shared by the grant and its revocation
  organisation   text not null,        -- the insurer that has the claims
  granted_by     text not null,        -- subject of the patient's token
  granted_at     text not null,
  provision_type text not null check (provision_type in ('permit', 'deny')),
  member_system  text,
  member_value   bytea not null,       -- encrypted
  member_index   bytea not null,
  recipient      text not null check (recipient <> organisation),
  purpose        text not null,        -- HL7 v3 PurposeOfUse
  valid_from     text not null,
  valid_until    text not null,        -- the first moment after
  records_from   text,                 -- of the claims' submission; all of them when absent
  records_until  text,
  check (valid_from < valid_until),
  check (num_nulls(records_from, records_until) in (0, 2)),
  check (records_from < records_until)
);
create index consent_grant_member on consent_grant (recipient, organisation, member_index);
create index consent_grant_patient on consent_grant (granted_by, granted_at, id);
alter table consent_grant enable row level security, force row level security;
create policy own on consent_grant for select
  using (sees(organisation) or sees(recipient) or is_caller(granted_by));
create policy by_member on consent_grant for insert
  with check (sees_all() or is_caller(granted_by));
create function sees_grant(id uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select from consent_grant g where g.id = sees_grant.id); end $$;
create function has_granted(id uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (
    select from consent_grant g
    where (g.id = has_granted.id or g.record = has_granted.id) and is_caller(g.granted_by)); end $$;
create policy of_grant on anchored_statement using (has_granted(id));
create policy of_grant on record_key using (has_granted(id));

create table consent_revocation (
  id           uuid primary key,
  record       uuid not null,
  grant_id     uuid not null unique references consent_grant,
  organisation text not null,          -- as in the grant
  revoked_by   text not null,
  revoked_at   text not null
);
alter table consent_revocation enable row level security, force row level security;
create policy own on consent_revocation for select
  using (sees_all() or sees_grant(grant_id));
create policy by_member on consent_revocation for insert
  with check (sees_all() or is_caller(revoked_by));
create function has_revoked(id uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (
    select from consent_revocation r where r.id = has_revoked.id and is_caller(r.revoked_by)); end $$;
create policy of_revocation on anchored_statement using (has_revoked(id));

-- What was decided when somebody asked for another insurer's claim.
create table consent_decision (
  id              uuid primary key,
  claim_id        uuid not null references claim,
  organisation    text not null,       -- that asked
  decided_at      text not null,
  verdict         text not null check (verdict in ('permit', 'deny')),
  rule_set_sha256 text not null references rule_set (sha256),
  document        bytea not null,      -- consent.decision/v1, encrypted: by its hash of the inputs
                                       -- the member's number could be guessed
  inputs          bytea not null       -- consent.inputs/v1, encrypted
);
create index consent_decision_claim on consent_decision (claim_id, decided_at, id);
alter table consent_decision enable row level security, force row level security;
create policy own on consent_decision using (sees(organisation));
create policy of_claim on consent_decision for select using (sees_claim(claim_id));

-- Somebody was given something of one claim: one row for each claim shown. Written in the transaction
-- of the read, and never changed. It names no patient: claim_id leads to one while the claim is there,
-- and to nobody once it is erased.
create table access_event (
  id                 uuid primary key,
  claim_id           uuid not null,    -- no reference: the event outlives the claim
  organisation       text not null,    -- whose claim it is
  actor              text not null,    -- subject of the token
  actor_organisation text,
  role               text not null,    -- that the right rests on
  action             text not null check (action in ('read', 'search', 'disclose-receipt',
                       'disclose-evidence', 'decide', 'break-glass')),
  purpose            text not null,    -- code of HL7's PurposeOfUse
  access_right       text not null check (access_right in ('own-organisation', 'self', 'grant',
                       'break-glass')),
  right_id           uuid,
  accessed_at        text not null
);
-- Whoever may see the claim writes the event, and may see it.
alter table access_event enable row level security, force row level security;
create policy own on access_event
  using (sees(organisation) or sees_claim(claim_id));
create index access_event_page on access_event (organisation, accessed_at, id);
create function sees_access(id uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select from access_event e where e.id = sees_access.id); end $$;
create index access_event_claim on access_event (claim_id, accessed_at, id);

-- Which events are one statement, see AccessStatement.
create table access_statement (
  id           uuid primary key,
  record       uuid    not null, -- shared by all statements of the organisation
  organisation text    not null,
  number       integer not null,
  hour         text    not null, -- of its events, UTC
  sealed_at    text    not null,
  unique (organisation, number)
);
alter table access_statement enable row level security, force row level security;
create policy own on access_statement using (sees(organisation));

-- Where an event is. It waits under the service's seal until it is in a statement, which is once:
-- whoever takes it is the only one to change its row from null.
create table access_sealing (
  id           uuid primary key references access_event,
  statement_id uuid references access_statement,
  seal         text              -- base64; null once a statement vouches for the event
);
alter table access_sealing enable row level security, force row level security;
create policy own on access_sealing
  using (sees_all() or sees_access(id))
  with check (true); -- comes with its event, which cannot be seen yet
create index access_sealing_statement on access_sealing (statement_id)
  where statement_id is not null;
create index access_sealing_waiting on access_sealing (id) where statement_id is null;

-- Anchored too. Somebody who oversees insurers gave themselves an hour's right to read one claim.
-- Both tables are erased with the claim: explanations may name a person.
create table break_glass (
  id                 uuid primary key,
  record             uuid not null, -- the claim's
  claim_id           uuid not null references claim,
  organisation       text not null, -- whose claim it is
  actor              text not null, -- subject of the token
  actor_organisation text,
  reason             text not null, -- a code
  explanation        bytea not null, -- encrypted
  broken_at          text not null,
  expires_at         text not null
);
alter table break_glass enable row level security, force row level security;
create policy own on break_glass using (sees(organisation) or is_caller(actor));
-- For how long, the service says; the database, that the glass was broken.
create function has_broken_glass(claim uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (
    select from break_glass g where g.claim_id = claim and is_caller(g.actor)); end $$;
create policy by_breaker on claim for select using (has_broken_glass(id));
create index break_glass_claim on break_glass (claim_id, actor);
create index break_glass_page on break_glass (organisation, broken_at, id);

create table break_glass_review (
  id             uuid primary key,
  break_glass_id uuid not null unique references break_glass,
  record         uuid not null, -- the claim's
  organisation   text not null,
  finding        text not null check (finding in ('justified', 'unjustified')),
  reviewed_by    text not null,
  reviewed_at    text not null
);
alter table break_glass_review enable row level security, force row level security;
create policy own on break_glass_review using (sees(organisation));
