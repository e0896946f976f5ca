-- Reading the access history is an event of it: of one claim when all that was shown is about it, and of
-- none otherwise.
alter table access_event alter column claim_id drop not null;
alter table access_event drop constraint access_event_action_check;
alter table access_event add constraint access_event_action_check check (action in ('read', 'search',
  'disclose-receipt', 'disclose-evidence', 'decide', 'break-glass', 'read-history'));
alter table access_event add constraint access_event_claim_check
  check (claim_id is not null or action = 'read-history');
