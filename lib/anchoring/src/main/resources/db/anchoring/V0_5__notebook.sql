-- The audit walks along the log.
create index refusal_original on refusal (original_index);

-- What an audit notes (see Notebook) goes into temporary tables of its transaction, which PostgreSQL lets
-- a read-only one fill. The service's login may make no table, or it could put one before a real one: it
-- may ask for these.
create function open_notebook() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$ begin
    create temporary table accounted (tbl text, key text) on commit drop;
    create temporary table signed_head (size bigint, root bytea, primary key (size, root)) on commit drop;
    create temporary table erased_subject (subject text primary key) on commit drop;
    grant select, insert on accounted, signed_head, erased_subject to "${service}";
  end $$;
revoke execute on function open_notebook() from public;
